use domain::{
    CalendarId, MemberId, Refusal,
    activity::CalendarAct,
    calendars::{CalendarKind, HostTermsForm},
    pipelines::MembershipChoice,
    staff::MemberState,
};

use crate::{
    Access, Backend, Result,
    calendars::{
        edit::{edit_people, record},
        queries,
        sight::require_people,
    },
};

/// Says by hand whether somebody is a host of a calendar, and on which terms, or leaves it to the rules; the terms count for
/// [`MembershipChoice::In`] alone. Appointments that they have stay theirs. In a personal calendar the one who is let in takes the
/// place of the host.
///
/// # Errors
/// [`Refusal::PermissionMissing`] as in [`super::set_rule`]; [`Refusal::NotFound`] for the calendar or the member;
/// [`Refusal::NotActive`] for somebody removed, and in a personal calendar for whoever is not active; [`Refusal::Invalid`] for `weight`, `priority` and `ramp_up_weeks`;
/// [`Refusal::OneHost`] to take the host of a personal calendar away.
pub async fn set_member(
    backend: &Backend,
    access: &Access,
    calendar: CalendarId,
    member: MemberId,
    choice: MembershipChoice,
    terms: &HostTermsForm,
) -> Result<()> {
    require_people(access)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let (calendar, settings) = edit_people(&mut tx, backend, access, calendar).await?;
    let (name, state) = queries::person::find(&mut tx, account, member).await?.ok_or(Refusal::NotFound)?;
    let is_personal = calendar.kind == CalendarKind::Personal;
    // All bookings of a personal calendar would go to nobody.
    if state == MemberState::Removed || (is_personal && state != MemberState::Active) {
        return Err(Refusal::NotActive.into());
    }
    if is_personal && choice != MembershipChoice::In {
        return Err(Refusal::OneHost.into());
    }
    let terms = match choice {
        MembershipChoice::In => Some(terms.check(settings.ramp_up_weeks)?),
        MembershipChoice::Excluded | MembershipChoice::AsRules => None,
    };
    if is_personal {
        queries::person::forget_others(&mut tx, account, calendar.id, member).await?;
    }
    let changed = match choice {
        MembershipChoice::AsRules => queries::person::forget(&mut tx, account, calendar.id, member).await?,
        _ => queries::person::put(&mut tx, account, calendar.id, member, terms, now).await?,
    };
    if !changed {
        return Ok(());
    }
    let did = CalendarAct::MemberSet { member, member_name: name, choice, terms };
    record(&mut tx, backend, access, calendar, did).await?;
    tx.commit().await?;
    Ok(())
}
