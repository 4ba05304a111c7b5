//! What the plan of an account includes.

use domain::{AccountId, Refusal, billing::Limited};

use super::queries;
use crate::{Result, db::Tx};

/// How many more of `what` the plan includes; none for any number, as without a subscription. Ask under the account's lock.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn room(tx: &mut Tx, account: AccountId, what: Limited) -> Result<Option<u32>> {
    Ok(left(tx, account, what).await?.map(|(left, _)| left))
}

/// # Errors
/// [`Refusal::PlanFull`] when there is no room for one more.
pub(crate) async fn require_room(tx: &mut Tx, account: AccountId, what: Limited) -> Result<()> {
    match left(tx, account, what).await? {
        Some((0, limit)) => Err(Refusal::PlanFull { what, limit }.into()),
        _ => Ok(()),
    }
}

/// What is left, and of how many.
async fn left(tx: &mut Tx, account: AccountId, what: Limited) -> Result<Option<(u32, u32)>> {
    let Some(limits) = queries::book::limits(tx, account).await? else { return Ok(None) };
    let Some(limit) = limits.of(what) else { return Ok(None) };
    let used = queries::usage::usage(tx, account).await?.of(what);
    Ok(Some((limit.saturating_sub(used), limit)))
}
