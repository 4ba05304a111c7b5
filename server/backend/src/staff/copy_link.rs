use domain::{InvitationId, Permission, Refusal, activity::Event, staff::LinkVerdict};

use super::{invitation::load, invite::require_may_give};
use crate::{Access, Backend, Result, activity};

/// The address that the invited person got by mail. Whoever holds it can join in their place, so handing it out is recorded, and
/// takes the same rights as inviting.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::FreshProofNeeded`] for an Admin's; [`Refusal::NotFound`]; [`Refusal::LinkNotValid`]
/// when it would not work.
pub async fn copy_link(backend: &Backend, access: &Access, id: InvitationId) -> Result<String> {
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
    Ok(stored.address(backend, access.account()))
}
