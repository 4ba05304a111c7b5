use domain::{
    AccessReviewId, Permission, Refusal, ReviewLineId,
    activity::Event,
    staff::{ReviewState, StaffId, Verdict, check_verdict_note},
};

use super::reviewer;
use crate::{
    Access, Backend, Result, activity,
    db::Tx,
    staff::{
        deactivate::deactivate_in,
        queries::{review as queries, review_line},
        revoke::revoke_in,
    },
};

/// Says what should become of somebody's access. [`Verdict::End`] also does it, at once and in the same transaction. While the review
/// runs, a later verdict takes the place of an earlier one; what was ended stays ended.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`], [`Refusal::Invalid`] for `note`, [`Refusal::ChangedMeanwhile`] when the
/// review is finished, [`Refusal::AccessGone`] for somebody who has no access any more; for [`Verdict::End`] whatever deactivating
/// and revoking are refused for.
pub async fn decide(
    backend: &Backend,
    access: &Access,
    review: AccessReviewId,
    line: ReviewLineId,
    verdict: Verdict,
    note: &str,
) -> Result<()> {
    access.require(Permission::ReviewAccess)?;
    let note = check_verdict_note(note)?;
    let by = access.member_id().ok_or(Refusal::NotFound)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    reviewer(&mut tx, backend, access).await?;
    let summary = queries::summaries(&mut tx, account, Some(review), 1).await?.pop();
    if summary.ok_or(Refusal::NotFound)?.finished.is_some() {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let now = backend.clock.now();
    let found = review_line::find(&mut tx, account, review, line, now).await?.ok_or(Refusal::NotFound)?;
    let ended = matches!(&found.line.state, ReviewState::Decided(before) if before.verdict == Verdict::End);
    if ended && verdict == Verdict::End {
        return Ok(());
    }
    if !found.has_access {
        return Err(Refusal::AccessGone.into());
    }
    if verdict == Verdict::End {
        end(&mut tx, backend, access, found.line.who).await?;
    }
    let (name, who) = (found.line.name.clone(), found.line.who);
    review_line::decide(&mut tx, account, review, &found.line, (verdict, &note), by, now).await?;
    let member = match who {
        StaffId::Member(member) => Some(member),
        StaffId::Invitation(_) => None,
    };
    let event = Event::AccessReviewed { review, name, member, verdict, note };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}

async fn end(tx: &mut Tx, backend: &Backend, access: &Access, who: StaffId) -> Result<()> {
    match who {
        StaffId::Member(member) => deactivate_in(tx, backend, access, member).await,
        StaffId::Invitation(invitation) => revoke_in(tx, backend, access, invitation).await,
    }
}
