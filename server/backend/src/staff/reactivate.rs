use domain::{MemberId, Permission, Role, activity::Event};

use super::{
    acted_on::{ActedOn, act_on, not_yourself},
    queries,
};
use crate::{Access, Backend, Result, activity, permissions::note_given};

/// Lets a deactivated member in again, with the role they had. Somebody active stays so.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] (also for a member with more rights than one's own), `NotToYourself`, `NotFound`,
/// `NotActive` for somebody removed, `FreshProofNeeded` for an Admin: it gives somebody an Admin's rights.
pub async fn reactivate(backend: &Backend, access: &Access, id: MemberId) -> Result<()> {
    access.require(Permission::SettingsEditStaff)?;
    not_yourself(access, id)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let ActedOn { member, standing, .. } =
        act_on(&mut tx, backend, access, Permission::SettingsEditStaff, id).await?;
    let after = standing.reactivated()?;
    if after == standing {
        return Ok(());
    }
    if member.assignment.role == Role::Admin {
        access.require_fresh_proof()?;
    }
    queries::member::set_state(&mut tx, access.account(), id, after.state).await?;
    let event = Event::StaffReactivated { member: id, name: member.name.full() };
    let now = backend.clock.now();
    note_given(&mut tx, access.account(), id, access.member_id(), now).await?;
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}
