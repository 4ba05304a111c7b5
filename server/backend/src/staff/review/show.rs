use domain::{
    AccessReviewId, Page, Permission, Refusal,
    staff::{ReviewFilter, ReviewLine, ReviewState, ReviewSummary, StaffId},
};

use crate::{
    Access, Backend, Result, permissions,
    staff::queries::{review as queries, review_line},
};

/// A review and one page of its people, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewPage {
    pub review: ReviewSummary,
    pub lines: Page<ReviewLine>,
}

/// One review. Whoever is still to be decided upon comes with how they use what they have, in as many statements for all as for one.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn review(
    backend: &Backend,
    access: &Access,
    id: AccessReviewId,
    filter: &ReviewFilter,
) -> Result<ReviewPage> {
    access.require(Permission::ReviewAccess)?;
    let account = access.account();
    let mut tx = backend.db.tenant_filtering(account).await?;
    let review = queries::summaries(&mut tx, account, Some(id), 1).await?.pop().ok_or(Refusal::NotFound)?;
    // When it is finished there is nothing to decide, but everything to read.
    let open_only = filter.open_only && review.finished.is_none();
    let filter = &ReviewFilter { open_only, ..filter.clone() };
    let now = backend.clock.now();
    let mut lines = review_line::page(&mut tx, account, id, filter, now).await?;
    if lines.rows.is_empty() && filter.page > 1 {
        // The last of a page was decided upon meanwhile.
        let first = ReviewFilter { page: 1, ..filter.clone() };
        lines = review_line::page(&mut tx, account, id, &first, now).await?;
    }
    let open: Vec<_> = lines.rows.iter().filter(|line| line.state == ReviewState::Open).collect();
    let members: Vec<_> = open
        .iter()
        .filter_map(|line| match line.who {
            StaffId::Member(member) => Some(member),
            StaffId::Invitation(_) => None,
        })
        .collect();
    if !members.is_empty() {
        let mut uses = permissions::by_member(&mut tx, account, now, &members).await?;
        for line in &mut lines.rows {
            let StaffId::Member(member) = line.who else { continue };
            if let Some(used) = uses.remove(&member) {
                line.given_since = used.given_since;
                line.unused = used.unused;
                line.kept = used.kept;
            }
        }
    }
    tx.commit().await?;
    Ok(ReviewPage { review, lines })
}
