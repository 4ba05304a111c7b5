use domain::{
    AccountId, InvitationId, Permission, Refusal,
    calendars::{Readiness, readiness as judged},
    staff::{InvitationDetails, InvitationState},
};

use super::{
    places::Asked,
    queries::invitation::{self as queries, StoredInvitation},
    readiness,
};
use crate::{Access, Backend, Result, db::Tx};

/// What the page of an invitation shows to somebody.
#[derive(Debug)]
pub struct InvitationPage {
    /// Of its places those into which one may put people.
    pub details: InvitationDetails,
    /// Whether they could work, while the invitation is open; for whoever edits staff.
    pub readiness: Vec<Readiness>,
}

/// Everything about one invitation.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for another account's.
pub async fn invitation(backend: &Backend, access: &Access, id: InvitationId) -> Result<InvitationPage> {
    access.require(Permission::SettingsViewStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let stored = load(&mut tx, access.account(), id).await?;
    let mut details = stored.details;
    if !details.places.is_empty() {
        // What somebody is not in is not there for them, unless they manage it.
        let asked = Asked::of(&mut tx, access).await?;
        details.places.retain(|place| asked.has(place.place));
    }
    tx.commit().await?;
    let readiness = match details.state == InvitationState::Open && readiness::may_see(access) {
        true => judged(&stored.facts.of_invited(details.assignment.permissions)),
        false => vec![],
    };
    Ok(InvitationPage { details, readiness })
}

/// # Errors
/// [`Refusal::NotFound`], also for another account's.
pub(super) async fn load(tx: &mut Tx, account: AccountId, id: InvitationId) -> Result<StoredInvitation> {
    Ok(queries::find(tx, account, id).await?.ok_or(Refusal::NotFound)?)
}
