use domain::{
    Permission,
    staff::{Reviews, review_due_at},
};

use crate::{Access, Backend, Result, staff::queries::review as queries};

/// Reviews that the page lists: five years of them.
const LISTED: i64 = 20;

/// The running review, the past ones, and when the next is due.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn reviews(backend: &Backend, access: &Access) -> Result<Reviews> {
    access.require(Permission::ReviewAccess)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let all = queries::summaries(&mut tx, account, None, LISTED).await?;
    let last = queries::state(&mut tx, account).await?.last_finished;
    tx.commit().await?;
    let (past, running): (Vec<_>, Vec<_>) = all.into_iter().partition(|review| review.finished.is_some());
    Ok(Reviews { running: running.into_iter().next(), past, due_at: review_due_at(last) })
}
