use std::collections::VecDeque;

use domain::{
    AccountId, Refusal,
    billing::{Answer, Effect, Moment},
};

use super::{
    gateway::{Charge, Charged},
    queries,
    stored::{Outside, Stored},
};
use crate::{Access, Backend, Result, db::Tx};

/// Sends charges to the gateway and asks about them, one after the other, until nothing is left to be done. Each was written down and
/// committed before; each answer is a transaction of its own. `moment` is when what led to it was due, if not now.
///
/// # Errors
/// [`crate::Error::Internal`]; whatever was on its way is asked about later.
pub(super) async fn carry_out(
    backend: &Backend,
    access: &Access,
    outside: Vec<Outside>,
    moment: Option<Moment>,
) -> Result<()> {
    let mut waiting = VecDeque::from(outside);
    while let Some(next) = waiting.pop_front() {
        let (Outside::Charge { attempt } | Outside::Ask { attempt }) = next;
        let mut tx = backend.db.tenant(access.account()).await?;
        let found = queries::attempt::find(&mut tx, access.account(), attempt).await?;
        tx.commit().await?;
        let gateway = &backend.billing.gateway;
        let charge = found.charge(access.account(), attempt);
        let charged = match next {
            Outside::Charge { .. } => gateway.charge(backend, &charge).await,
            Outside::Ask { .. } => gateway.look_up(backend, &charge, found.reference.as_deref()).await,
        };
        metrics::counter!("steward_charges_total", "answer" => answer_key(charged.answer)).increment(1);
        waiting.extend(settle(backend, access, attempt, &charged, moment).await?);
        if charged.said_twice {
            waiting.extend(settle(backend, access, attempt, &charged, moment).await?);
        }
    }
    Ok(())
}

/// Notes what the gateway says of a charge: of two answers the first counts, but money that turns up is never overlooked.
///
/// # Errors
/// [`Refusal::NotFound`] without such an attempt.
pub(super) async fn settle(
    backend: &Backend,
    access: &Access,
    attempt: u32,
    charged: &Charged,
    moment: Option<Moment>,
) -> Result<Vec<Outside>> {
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let mut stored = Stored::lock(&mut tx, backend, account).await?;
    let at = moment.unwrap_or_else(|| stored.moment(now));
    let effects = match stored.book.settle(attempt, charged.answer, at) {
        Ok(effects) => effects,
        Err(Refusal::ChangedMeanwhile) => {
            match turned_up(&mut tx, &mut stored, account, attempt, charged, at).await? {
                Some(effects) => effects,
                None => return Ok(Vec::new()),
            }
        }
        Err(refusal) => return Err(refusal.into()),
    };
    queries::attempt::answer(&mut tx, account, attempt, charged, answer_key(charged.answer)).await?;
    let outside = stored.save(&mut tx, backend, access, &effects, now).await?;
    tx.commit().await?;
    Ok(outside)
}

/// A payment for an attempt that counted as declined, or as never arrived.
async fn turned_up(
    tx: &mut Tx,
    stored: &mut Stored,
    account: AccountId,
    attempt: u32,
    charged: &Charged,
    at: Moment,
) -> Result<Option<Vec<Effect>>> {
    let found = queries::attempt::find(tx, account, attempt).await?;
    if charged.answer != Answer::Paid || found.is_paid {
        return Ok(None);
    }
    let invoice = queries::invoice::find(tx, account, found.invoice).await?.ok_or(Refusal::NotFound)?;
    let number = invoice.number;
    stored.recall(invoice);
    Ok(Some(stored.book.received(number, at)?))
}

pub(super) const fn answer_key(answer: Answer) -> &'static str {
    use domain::billing::Decline;
    match answer {
        Answer::Paid => "paid",
        Answer::Declined(Decline::Soft) => "soft",
        Answer::Declined(Decline::Hard) => "hard",
        Answer::Unknown => "unknown",
        Answer::NeverArrived => "never_arrived",
    }
}

impl queries::attempt::Found {
    fn charge(&self, account: AccountId, attempt: u32) -> Charge {
        Charge {
            key: charge_key(account, attempt),
            customer: self.customer.clone(),
            card: self.card.clone(),
            amount_minor: self.amount_minor,
            currency: self.currency.clone(),
            description: queries::invoice::serial_text(self.serial),
        }
    }
}

/// The idempotency key of an attempt.
pub(super) fn charge_key(account: AccountId, attempt: u32) -> String {
    format!("{account}-{attempt}")
}

/// The attempt with that key; none for a key that is not ours.
pub(super) fn attempt_of(key: &str) -> Option<(AccountId, u32)> {
    let (account, attempt) = key.rsplit_once('-')?;
    let found = (account.parse().ok()?, attempt.parse().ok()?);
    (charge_key(found.0, found.1) == key).then_some(found)
}
