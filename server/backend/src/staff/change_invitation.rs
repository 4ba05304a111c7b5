use domain::{
    InvitationId, Permission, Refusal,
    activity::{Change, Event, changes},
    both,
    permissions::Assignment,
    staff::{Employee, EmployeeForm, InvitationDetails, InvitationState, LastDay, may_invite_as},
};

use super::{
    check_guest, guest,
    invitation::load,
    invite::{expiry, inviter, inviting, require_may_give},
    places::Asked,
    queries::invitation as queries,
    reassigned::reassigned,
};
use crate::{Access, Backend, Result, account, account::zone::local_day, activity, permissions};

/// Changes name, phone, role, profile, scope and last day of an open invitation; its link stays good. The address stays too: who is invited is what an
/// invitation is about, so `form.email` is not read.
///
/// # Errors
/// [`Refusal::PermissionMissing`], also when the old or the new role is above the own rights; [`Refusal::FreshProofNeeded`] to
/// make it Admin; [`Refusal::NotFound`]; [`Refusal::ChangedMeanwhile`] when it is not open any more; [`Refusal::Invalid`].
pub async fn change_invitation(
    backend: &Backend,
    access: &Access,
    id: InvitationId,
    form: &EmployeeForm,
) -> Result<()> {
    access.require(Permission::SettingsInviteStaff)?;
    let place = account::account(backend, access).await?;
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(access.account()).await?;
    let access = &inviting(&mut tx, backend, access).await?;
    let before = load(&mut tx, access.account(), id).await?.details;
    if before.state != InvitationState::Open {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    may_invite_as(access.permissions(), access.grantable(), &before.assignment)?;
    let form = EmployeeForm { email: before.email.to_string(), ..form.clone() };
    let answer = Asked::of(&mut tx, access).await?.answer(&form.places);
    let typed = check_guest(&form, &place.country, local_day(now, &place.time_zone), before.last_day);
    let (after, answer) = both(typed, answer)?;
    let mut backed_by = before.invited_by;
    let offered = permissions::resolve(&mut tx, access.account(), after.choice).await?;
    if offered.choice() != before.assignment.choice() {
        require_may_give(access, &offered)?;
        // Who gives it stands behind it.
        backed_by = inviter(access)?;
    }
    if after.last_day != before.last_day {
        guest::require_may_give(&mut tx, access, after.last_day).await?;
        backed_by = inviter(access)?;
    }
    let mut changes = differences(&before, &after, &offered);
    if let Some(answer) = &answer {
        // Also where nothing changes: who answers stands behind it from now on.
        answer.write(&mut tx, access.account(), id, inviter(access)?).await?;
        changes.extend(answer.differs_from(&before));
    }
    if !changes.is_empty() {
        // A dead link stays dead until it is sent anew.
        let expires_at = match after.last_day.map(|day| guest::end_of(day, &place.time_zone)) {
            end if now < before.expires_at => expiry(before.invited_at, end),
            _ => before.expires_at,
        };
        queries::change(&mut tx, access.account(), id, &after, backed_by, expires_at).await?;
        let event = Event::InvitationChanged { invitation: id, name: after.name.full(), changes };
        activity::record(&mut tx, access, now, &event).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn differences(before: &InvitationDetails, after: &Employee, offered: &Assignment) -> Vec<Change> {
    let phone = |number: &Option<domain::staff::PhoneNumber>| {
        number.as_ref().map(ToString::to_string).unwrap_or_default()
    };
    let day = |day: Option<LastDay>| day.map(LastDay::words).unwrap_or_default();
    let mut all = changes(&[
        ("first name", before.name.first.clone(), after.name.first.clone()),
        ("last name", before.name.last.clone(), after.name.last.clone()),
        ("phone", phone(&before.phone), phone(&after.phone)),
        ("last day", day(before.last_day), day(after.last_day)),
    ]);
    all.extend(reassigned(&before.assignment, offered));
    all
}
