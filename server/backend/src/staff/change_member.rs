use domain::{
    MemberId, Permission, Refusal,
    activity::{Change, Event, changes},
    both,
    permissions::Assignment,
    staff::{Employee, EmployeeForm, LastDay, MemberDetails, MemberForm, PhoneNumber, may_reassign},
};

use super::{
    acted_on::{ActedOn, act_on},
    check_guest, guest,
    places::Asked,
    queries,
    reassigned::reassigned,
};
use crate::{
    Access, Backend, Result,
    account::{self, zone::local_day},
    activity, permissions,
};

/// Changes a member's name, phone (also in the national form of the account's country), role, profile, scope and last day, and where
/// they are by hand. Writing the same values again does nothing.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (also for a member, a role or a profile with more rights than one's own), [`Refusal::NotFound`],
/// [`Refusal::NotActive`] for somebody removed, [`Refusal::ChangedMeanwhile`], [`Refusal::Invalid`], [`Refusal::LastAdmin`],
/// [`Refusal::FreshProofNeeded`] to make somebody an Admin or an Admin a User. `places` has to be answered by a form that asks.
pub async fn change_member(
    backend: &Backend,
    access: &Access,
    id: MemberId,
    typed: &MemberForm,
) -> Result<()> {
    access.require(Permission::SettingsEditStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let ActedOn { member, standing, own, acting, .. } =
        act_on(&mut tx, backend, access, Permission::SettingsEditStaff, id).await?;
    let place = account::load(&mut tx, access.account()).await?;
    let now = backend.clock.now();
    let form = employee_form(&member, typed);
    let checked = check_guest(&form, &place.country, local_day(now, &place.time_zone), member.last_day);
    let (wanted, moving) = both(checked, Asked::of(&mut tx, &acting).await?.moves(typed))?;
    standing.with_role(wanted.choice.role)?;
    let after = permissions::resolve(&mut tx, access.account(), wanted.choice).await?;
    if after.choice() != member.assignment.choice() {
        may_reassign(own, &member.assignment, &after)?;
    }
    if wanted.last_day != member.last_day {
        guest::require_may_give(&mut tx, access, wanted.last_day).await?;
    }
    if after.role != member.assignment.role {
        // One of the two is Admin.
        access.require_fresh_proof()?;
    }
    let mut changes = differences(&member, &wanted, &after);
    if !changes.is_empty()
        && !queries::member::change(&mut tx, access.account(), id, typed.version, &wanted).await?
    {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    // With the profile that they have now, whose rules may take them in.
    changes.extend(moving.make(&mut tx, access.account(), id, now).await?);
    if changes.is_empty() {
        return Ok(());
    }
    if after.choice() != member.assignment.choice() {
        permissions::note_given(&mut tx, access.account(), id, access.member_id(), now).await?;
        permissions::tell_reassigned(&mut tx, access.account(), id, &member.assignment, now).await?;
    }
    if let Some(last_day) = wanted.last_day
        && member.last_day != wanted.last_day
    {
        guest::plan(&mut tx, access.account(), id, access.member_id(), last_day, now).await?;
    }
    let event = Event::StaffChanged { member: id, name: member.name.full(), changes };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}

/// What was typed, with what stays as it is.
fn employee_form(member: &MemberDetails, typed: &MemberForm) -> EmployeeForm {
    let typed = typed.clone();
    EmployeeForm {
        first_name: typed.first_name,
        last_name: typed.last_name,
        email: member.email.to_string(),
        phone: typed.phone,
        role: typed.role,
        profile: typed.profile,
        only_assigned: typed.only_assigned,
        last_day: typed.last_day,
        places: vec![],
    }
}

fn differences(before: &MemberDetails, after: &Employee, given: &Assignment) -> Vec<Change> {
    let phone = |phone: &Option<PhoneNumber>| phone.as_ref().map(ToString::to_string).unwrap_or_default();
    let day = |day: Option<LastDay>| day.map(LastDay::words).unwrap_or_default();
    let mut all = changes(&[
        ("first name", before.name.first.clone(), after.name.first.clone()),
        ("last name", before.name.last.clone(), after.name.last.clone()),
        ("phone", phone(&before.phone), phone(&after.phone)),
        ("last day", day(before.last_day), day(after.last_day)),
    ]);
    all.extend(reassigned(&before.assignment, given));
    all
}
