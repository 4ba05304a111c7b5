use domain::{
    AccountId, InvitationId, Permission, Refusal,
    calendars::{Readiness, readiness as judged},
    staff::{InvitationDetails, InvitationState},
};

use super::{
    places::may_place,
    queries::invitation::{self as queries, StoredInvitation},
    readiness,
};
use crate::{Access, Backend, Result, db::Tx};

/// What the page of an invitation shows to somebody.
#[derive(Debug)]
pub struct InvitationPage {
    /// With its places only for whoever may put people anywhere.
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
    tx.commit().await?;
    let mut details = stored.details;
    let readiness = match details.state == InvitationState::Open && readiness::may_see(access) {
        true => judged(&stored.facts.of_invited(details.assignment.permissions)),
        false => vec![],
    };
    // Pipelines that somebody is not in are not there for them.
    details.places.retain(|_| may_place(access));
    Ok(InvitationPage { details, readiness })
}

/// # Errors
/// [`Refusal::NotFound`], also for another account's.
pub(super) async fn load(tx: &mut Tx, account: AccountId, id: InvitationId) -> Result<StoredInvitation> {
    Ok(queries::find(tx, account, id).await?.ok_or(Refusal::NotFound)?)
}
