use chrono::{DateTime, Duration, Utc};
use domain::{AccountId, Refusal};

use super::{
    carry_out::carry_out,
    queries,
    stored::{ANSWER_SECONDS, Outside, Stored},
};
use crate::{Access, Backend, Result};

/// Seconds after which an account is looked at again in which something went wrong.
const FAILED_SECONDS: i64 = 60;
/// Accounts that are looked up at a time.
const BATCH: i64 = 100;

/// Does all that is due now, in every account, and answers how many accounts that were. Any number of workers may do it at once: who
/// comes second to an account finds nothing due any more.
///
/// # Errors
/// [`crate::Error::Internal`] when nothing can be read; what goes wrong in one account is logged and does not keep the others.
pub async fn tick(backend: &Backend) -> Result<usize> {
    let mut done = 0;
    let mut after: Option<(DateTime<Utc>, AccountId)> = None;
    loop {
        let now = backend.clock.now();
        let mut tx = backend.db.operator().await?;
        let due = queries::book::due(&mut tx, now, after, BATCH).await?;
        tx.commit().await?;
        let Some(last) = due.last() else { return Ok(done) };
        // Who fails stays due, and is not looked at again in this round.
        after = Some(*last);
        for (_, account) in due {
            match tick_account(backend, account).await {
                Ok(()) => done += 1,
                Err(error) => {
                    tracing::error!(%account, %error, "billing of an account failed; trying again in a minute");
                    wait(backend, account).await?;
                }
            }
        }
    }
}

/// What cannot be done is not tried twice a second.
async fn wait(backend: &Backend, account: AccountId) -> Result<()> {
    let mut tx = backend.db.tenant(account).await?;
    let until = backend.clock.now() + Duration::seconds(FAILED_SECONDS);
    queries::book::postpone(&mut tx, account, until).await?;
    tx.commit().await?;
    Ok(())
}

/// Does all that is due now in one account, a step a transaction: whatever is interrupted goes on from the last step.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(super) async fn tick_account(backend: &Backend, account: AccountId) -> Result<()> {
    let access = Access::steward(account);
    loop {
        let now = backend.clock.now();
        let mut tx = backend.db.tenant(account).await?;
        let mut stored = Stored::lock(&mut tx, backend, account).await?;
        if stored.parked.is_some() {
            return Ok(());
        }
        if let Some(outside) = lost(&mut tx, &stored, now).await? {
            stored.save(&mut tx, backend, &access, &[], now).await?;
            tx.commit().await?;
            carry_out(backend, &access, vec![outside], None).await?;
            continue;
        }
        match stored.book.step(now, &stored.zone) {
            Ok(None) => {
                stored.save(&mut tx, backend, &access, &[], now).await?;
                tx.commit().await?;
                return Ok(());
            }
            Ok(Some(step)) => {
                let outside = stored.save(&mut tx, backend, &access, &step.effects, now).await?;
                tx.commit().await?;
                carry_out(backend, &access, outside, Some(step.moment)).await?;
            }
            Err(Refusal::BillingParked(why)) => {
                drop(tx);
                return park(backend, account, &why).await;
            }
            Err(refusal) => return Err(refusal.into()),
        }
    }
}

/// A charge that was sent, and whose sender never came back with an answer.
async fn lost(tx: &mut crate::db::Tx, stored: &Stored, now: DateTime<Utc>) -> Result<Option<Outside>> {
    let Some(attempt) = stored.book.attempt.filter(|attempt| attempt.is_in_flight) else { return Ok(None) };
    let waited = now - Duration::seconds(ANSWER_SECONDS);
    let is_lost = queries::attempt::take_up(tx, stored.id(), attempt.number, waited, now).await?;
    Ok(is_lost.then_some(Outside::Ask { attempt: attempt.number }))
}

/// Nothing more happens in an account until the operator has looked.
async fn park(backend: &Backend, account: AccountId, why: &str) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(account).await?;
    let mut stored = Stored::lock(&mut tx, backend, account).await?;
    stored.parked = Some(why.to_owned());
    stored.save(&mut tx, backend, &Access::steward(account), &[], now).await?;
    tx.commit().await?;
    metrics::counter!("steward_billing_parked_total").increment(1);
    tracing::error!(%account, why, "billing of an account is parked: look at it, then run `server operator unpark`");
    Ok(())
}
