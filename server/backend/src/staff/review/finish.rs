use domain::{AccessReviewId, Permission, Refusal, activity::Event};

use super::reviewer;
use crate::{Access, Backend, Result, activity, staff::queries::review as queries};

/// Closes a review in which nobody is left to decide upon; its verdicts do not change any more. Finishing it again is harmless.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`], [`Refusal::ReviewUnfinished`].
pub async fn finish_review(backend: &Backend, access: &Access, id: AccessReviewId) -> Result<()> {
    access.require(Permission::ReviewAccess)?;
    let by = access.member_id().ok_or(Refusal::NotFound)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    reviewer(&mut tx, backend, access).await?;
    let review = queries::summaries(&mut tx, account, Some(id), 1).await?.pop().ok_or(Refusal::NotFound)?;
    if review.finished.is_some() {
        return Ok(());
    }
    if review.open() > 0 {
        return Err(Refusal::ReviewUnfinished { open: review.open() }.into());
    }
    let now = backend.clock.now();
    queries::finish(&mut tx, account, id, by, now).await?;
    let event = Event::AccessReviewFinished { review: id, people: review.total };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}
