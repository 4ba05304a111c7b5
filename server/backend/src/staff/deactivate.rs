use domain::{MemberId, Permission, Role, activity::Event};

use super::acted_on::{ActedOn, act_on, not_yourself, shut_out};
use crate::{Access, Backend, Result, activity, db::Tx, permissions::note_given};

/// Shuts a member out at once: their sessions in this account end in the same transaction. They keep everything for the day they
/// come back. Somebody shut out already stays so.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] (also for a member with more rights than one's own), `NotToYourself`, `NotFound`,
/// `NotActive` for somebody removed, `LastAdmin`, `FreshProofNeeded` for an Admin.
pub async fn deactivate(backend: &Backend, access: &Access, id: MemberId) -> Result<()> {
    let mut tx = backend.db.tenant(access.account()).await?;
    deactivate_in(&mut tx, backend, access, id).await?;
    tx.commit().await?;
    Ok(())
}

/// [`deactivate`] as a part of something larger.
pub(super) async fn deactivate_in(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    id: MemberId,
) -> Result<()> {
    access.require(Permission::SettingsEditStaff)?;
    not_yourself(access, id)?;
    let ActedOn { member, standing, .. } =
        act_on(tx, backend, access, Permission::SettingsEditStaff, id).await?;
    let after = standing.deactivated()?;
    if after == standing {
        return Ok(());
    }
    if member.assignment.role == Role::Admin {
        access.require_fresh_proof()?;
    }
    shut_out(tx, access, &member, after).await?;
    let event = Event::StaffDeactivated { member: id, name: member.name.full() };
    let now = backend.clock.now();
    note_given(tx, access.account(), id, access.member_id(), now).await?;
    activity::record(tx, access, now, &event).await
}
