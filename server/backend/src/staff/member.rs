use domain::{
    MemberId, Permission, Refusal,
    calendars::Readiness,
    identity::SessionRow,
    staff::{MemberDetails, MemberState, leaving::LeavingSummary},
};

use super::{
    leaving, queries,
    readiness::{self, PlacesToJoin, places_to_join},
};
use crate::{Access, Backend, Result, identity};

/// Somebody of the account. Somebody removed is still found: their history stays under their name.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn member(backend: &Backend, access: &Access, id: MemberId) -> Result<MemberDetails> {
    access.require(Permission::SettingsViewStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let details = queries::member::details(&mut tx, access.account(), id, backend.clock.now()).await?;
    tx.commit().await?;
    details.ok_or(Refusal::NotFound.into())
}

/// What a member's page shows to somebody.
#[derive(Debug)]
pub struct MemberPage {
    pub member: MemberDetails,
    /// Where they are signed in to this account: what they have open in other accounts is nobody's business here. Only an Admin learns
    /// that, and about oneself one's profile tells more: none for everybody else.
    pub sessions: Option<Vec<SessionRow>>,
    /// Whether they can work: to themselves, and to whoever edits staff. Nothing of somebody who cannot sign in.
    pub readiness: Vec<Readiness>,
    /// Where the viewer could put them, who are nowhere yet.
    pub places: PlacesToJoin,
    /// When they left, and what became of what they held.
    pub leaving: LeavingSummary,
}

/// [`member`], with what else their page shows.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn member_page(backend: &Backend, access: &Access, id: MemberId) -> Result<MemberPage> {
    access.require(Permission::SettingsViewStaff)?;
    let (account, now) = (access.account(), backend.clock.now());
    let is_own = access.member_id() == Some(id);
    let mut tx = backend.db.tenant(account).await?;
    let found = queries::member::find(&mut tx, account, id, now).await?.ok_or(Refusal::NotFound)?;
    let member = found.details;
    let readiness = match member.state == MemberState::Active && (is_own || readiness::may_see(access)) {
        true => domain::calendars::readiness(&found.places.of_member(member.assignment.permissions)),
        false => vec![],
    };
    let places = places_to_join(&mut tx, account, access, &readiness).await?;
    let sessions = match access.permissions().contains(Permission::RemovePeople) && !is_own {
        true => Some(identity::sessions_in_account(&mut tx, now, member.login_id, account).await?),
        false => None,
    };
    let leaving = leaving::summary(&mut tx, backend, access, &member).await?;
    tx.commit().await?;
    Ok(MemberPage { member, sessions, readiness, places, leaving })
}
