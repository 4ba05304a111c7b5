//! What people ask for beside a plan: to end it, to keep it, to pay.

use domain::{
    Permission, Refusal,
    billing::{CancelWhen, Effect, Moment, Next},
};

use super::{carry_out::carry_out, stored::Stored, tick::tick_account};
use crate::{Access, Backend, Result};

/// Does what somebody asked for, after what was due by then, and what follows from it at the gateway.
async fn order(
    backend: &Backend,
    access: &Access,
    act: impl FnOnce(&mut Stored, Moment) -> Result<Vec<Effect>, Refusal>,
) -> Result<()> {
    let account = access.account();
    tick_account(backend, account).await?;
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(account).await?;
    let mut stored = Stored::lock(&mut tx, backend, account).await?;
    stored.acting()?;
    let moment = stored.moment(now);
    let effects = act(&mut stored, moment)?;
    let outside = stored.save(&mut tx, backend, access, &effects, now).await?;
    tx.commit().await?;
    carry_out(backend, access, outside, None).await
}

/// Ends the subscription at the end of what is paid for.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::FreshProofNeeded`], and why it cannot end: see `Book::cancel`.
pub async fn cancel(backend: &Backend, access: &Access) -> Result<()> {
    access.require(Permission::ChangeBilling)?;
    access.require_fresh_proof()?;
    order(backend, access, |stored, now| stored.book.cancel(CancelWhen::PeriodEnd, now)).await
}

/// Drops whatever was to happen at the end of the period.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::AlreadyChosen`] when there is nothing to drop.
pub async fn keep_plan(backend: &Backend, access: &Access) -> Result<()> {
    access.require(Permission::ChangeBilling)?;
    order(backend, access, |stored, now| {
        let subscription = stored.book.subscription.as_ref().ok_or(Refusal::NoSubscription)?;
        if subscription.next == Next::Renew {
            return Err(Refusal::AlreadyChosen);
        }
        let terms = subscription.terms.clone();
        stored.book.change(terms, now)
    })
    .await
}

/// Pays all that is owed with the default card, now. Answers what is still owed, in the smallest unit: 0 when all is paid.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NothingOwed`], [`Refusal::PaymentUnderWay`], [`Refusal::CardNeeded`].
pub async fn pay_now(backend: &Backend, access: &Access) -> Result<Paid> {
    access.require(Permission::ChangeBilling)?;
    pay(backend, access).await
}

/// What became of paying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paid {
    All,
    /// The card was declined.
    Declined,
    /// The answer is awaited.
    Awaited,
}

/// As [`pay_now`], for whoever has the right to by other means.
pub(super) async fn pay(backend: &Backend, access: &Access) -> Result<Paid> {
    order(backend, access, |stored, now| {
        if stored.book.card.is_none() && stored.book.owed_minor() > 0 {
            return Err(Refusal::CardNeeded);
        }
        stored.book.pay(now)
    })
    .await?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let stored = Stored::read(&mut tx, backend, access.account()).await?;
    tx.commit().await?;
    Ok(match (stored.book.owed_minor(), stored.book.attempt) {
        (0, _) => Paid::All,
        (_, Some(_)) => Paid::Awaited,
        (_, None) => Paid::Declined,
    })
}
