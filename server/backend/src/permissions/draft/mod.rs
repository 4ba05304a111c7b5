//! Drafts: changes of a profile that one editor collects, looks at and applies in one step.
//!
//! A draft is its editor's alone and changes nothing for anybody. It keeps the version that it was begun from, and is always shown
//! and applied against the profile as it is now, so it never undoes what somebody else did meanwhile.

mod apply;
mod change;
mod discard;
mod narrow;
mod put;
mod review;

use domain::{
    MemberId, Refusal,
    permissions::{Profile, ProfileDraft, rebased},
};

pub use self::{apply::apply, change::change, discard::discard, narrow::narrow, put::put, review::review};
use super::queries;
use crate::{Access, Result, db::Tx};

/// The draft of who acts, over the profile as it is now.
pub(super) async fn own(tx: &mut Tx, access: &Access, profile: &Profile) -> Result<Option<ProfileDraft>> {
    let Some(editor) = access.member_id() else { return Ok(None) };
    let kept = queries::draft::find(tx, access.account(), profile.id, editor).await?;
    Ok(kept.map(|kept| ProfileDraft {
        rebased: rebased(kept.base, kept.wanted, profile.permissions),
        begun_from: (kept.base_version != profile.version).then_some(kept.base),
        changed_at: kept.changed_at,
        profile: profile.clone(),
    }))
}

/// Drafts belong to people.
fn editor_of(access: &Access) -> Result<MemberId, Refusal> {
    access.member_id().ok_or(Refusal::SignInNeeded)
}
