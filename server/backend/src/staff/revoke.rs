use domain::{
    InvitationId, Permission, Refusal,
    activity::Event,
    staff::{InvitationState, may_invite_as},
};

use super::{invitation::load, invite::inviting, queries::invitation as queries};
use crate::{Access, Backend, Result, activity, db::Tx};

/// Makes the link worthless and takes the person off My Staff. Doing it again only clears what they asked for meanwhile.
///
/// # Errors
/// [`Refusal::PermissionMissing`], also for a role above the own rights; [`Refusal::NotFound`]; [`Refusal::ChangedMeanwhile`] when
/// the person has joined.
pub async fn revoke(backend: &Backend, access: &Access, id: InvitationId) -> Result<()> {
    let mut tx = backend.db.tenant(access.account()).await?;
    revoke_in(&mut tx, backend, access, id).await?;
    tx.commit().await?;
    Ok(())
}

/// [`revoke`] as a part of something larger.
pub(super) async fn revoke_in(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    id: InvitationId,
) -> Result<()> {
    access.require(Permission::SettingsInviteStaff)?;
    let access = &inviting(tx, backend, access).await?;
    let before = load(tx, access.account(), id).await?.details;
    may_invite_as(access.permissions(), access.grantable(), &before.assignment)?;
    if before.state == InvitationState::Accepted {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    queries::revoke(tx, access.account(), id).await?;
    if before.state == InvitationState::Open {
        let event =
            Event::InvitationRevoked { invitation: id, name: before.name.full(), email: before.email };
        activity::record(tx, access, backend.clock.now(), &event).await?;
    }
    Ok(())
}
