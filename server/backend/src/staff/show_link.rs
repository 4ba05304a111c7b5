use domain::{InvitationId, Permission, Refusal, activity::Event, staff::LinkVerdict};

use super::{invitation::load, invite::require_may_give};
use crate::{Access, Backend, Result, activity};

/// A link to hand over when the mail does not arrive. Joining takes more than this link, but it tells who is invited to what, so
/// showing it is recorded, and takes the same rights as inviting.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::FreshProofNeeded`] for an Admin's; [`Refusal::NotFound`]; [`Refusal::LinkNotValid`]
/// when it would not work.
pub async fn show_link(backend: &Backend, access: &Access, id: InvitationId) -> Result<String> {
    access.require(Permission::SettingsInviteStaff)?;
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(access.account()).await?;
    let stored = load(&mut tx, access.account(), id).await?;
    require_may_give(access, &stored.details.assignment)?;
    if stored.verdict(stored.details.version, now) != LinkVerdict::Good {
        return Err(Refusal::LinkNotValid.into());
    }
    let event = Event::InvitationLinkCopied { invitation: id, name: stored.details.name.full() };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(stored.shown_address(backend, access.account()))
}
