use chrono::{DateTime, Utc};
use domain::{
    MemberId, Permission, Role,
    activity::{Event, changes},
    billing::Limited,
    staff::{LastDay, MemberDetails, MemberState},
};

use super::{
    acted_on::{ActedOn, act_on, not_yourself},
    guest::{self, is_over},
    queries,
};
use crate::{Access, Backend, Result, account, activity, billing, db::Tx, permissions::note_given};

/// Lets a deactivated member in again, with the role they had. A guest whose last day is over is let in without one. Somebody active
/// stays so.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] (also for a member with more rights than one's own), `NotToYourself`, `NotFound`,
/// `NotActive` for somebody removed, `FreshProofNeeded` for an Admin: it gives somebody an Admin's rights; `Invalid` for `last_day` when
/// the one who acts is a guest and would let somebody in for longer; `PlanFull` without a free seat.
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
    let now = backend.clock.now();
    let_in(&mut tx, access, &member, now).await?;
    let event = Event::StaffReactivated { member: id, name: member.name.full() };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes somebody active again, as they were. A last day that is over is taken from them: it would shut them out at once.
///
/// # Errors
/// [`domain::Refusal::Invalid`] for `last_day` when the one who acts is a guest and would let somebody in for longer;
/// [`domain::Refusal::PlanFull`] without a free seat.
pub(super) async fn let_in(
    tx: &mut Tx,
    access: &Access,
    member: &MemberDetails,
    now: DateTime<Utc>,
) -> Result<()> {
    let (account, id) = (access.account(), member.id);
    billing::require_room(tx, account, Limited::Seats).await?;
    queries::member::set_state(tx, account, id, MemberState::Active, now).await?;
    if is_over(member, &account::time_zone(tx, account).await?, now) {
        guest::require_may_give(tx, access, None).await?;
        queries::member::forget_last_day(tx, account, id).await?;
        let last_day = member.last_day.map(LastDay::words).unwrap_or_default();
        let changes = changes(&[("last day", last_day, String::new())]);
        let event = Event::StaffChanged { member: id, name: member.name.full(), changes };
        activity::record(tx, access, now, &event).await?;
    }
    note_given(tx, account, id, access.member_id(), now).await
}
