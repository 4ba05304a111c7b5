use domain::{AccessReviewId, Permission, Refusal, activity::Event};

use super::reviewer;
use crate::{
    Access, Backend, Result, activity, id,
    staff::queries::{review as queries, review_line},
};

/// Begins a review of everybody who has access now; answers the one that runs already, if one does.
///
/// # Errors
/// [`Refusal::PermissionMissing`].
pub async fn start_review(backend: &Backend, access: &Access) -> Result<AccessReviewId> {
    access.require(Permission::ReviewAccess)?;
    let by = access.member_id().ok_or(Refusal::NotFound)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    reviewer(&mut tx, backend, access).await?;
    if let Some(running) = queries::running(&mut tx, account).await? {
        return Ok(running);
    }
    let now = backend.clock.now();
    let review = id::new(now);
    queries::insert(&mut tx, account, review, by, now).await?;
    let people = review_line::insert(&mut tx, account, review).await?;
    activity::record(&mut tx, access, now, &Event::AccessReviewStarted { review, people }).await?;
    tx.commit().await?;
    Ok(review)
}
