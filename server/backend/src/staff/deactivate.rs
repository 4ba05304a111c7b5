use domain::{MemberId, Permission, Role, activity::Event, staff::leaving::LeavingWay};

use super::{
    acted_on::{ActedOn, act_on, not_yourself, shut_out},
    leaving::end_with_nothing,
};
use crate::{Access, Backend, Result, activity, db::Tx, permissions::note_given};

/// Shuts a member out at once on whom nothing depends: their sessions in this account end in the same transaction. For everybody else
/// there is [`super::leaving::end`]. Somebody shut out already stays so.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] (also for a member with more rights than one's own), `NotToYourself`, `NotFound`,
/// `NotActive` for somebody removed, `LastAdmin`, `FreshProofNeeded` for an Admin, `ReceiversNeeded` for whoever holds anything.
pub async fn deactivate(backend: &Backend, access: &Access, id: MemberId) -> Result<()> {
    end_with_nothing(backend, access, id, LeavingWay::Deactivate).await
}

/// Shuts a member out as a part of something larger, in which nobody can be asked: what they hold stays theirs.
///
/// # Errors
/// As [`deactivate`], but for what they hold.
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
    let now = backend.clock.now();
    shut_out(tx, access, &member, after, now).await?;
    let event = Event::StaffDeactivated { member: id, name: member.name.full() };
    note_given(tx, access.account(), id, access.member_id(), now).await?;
    activity::record(tx, access, now, &event).await
}
