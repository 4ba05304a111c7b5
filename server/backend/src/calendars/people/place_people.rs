use domain::{
    CalendarId, MemberId, Refusal,
    activity::Event,
    calendars::{CalendarKind, HostTermsForm},
    pipelines::MembershipChoice,
    staff::MemberState,
};

use super::set_member::write;
use crate::{
    Access, Backend, Result,
    calendars::{edit::edit_people, queries, sight::require_people},
    db::Tx,
};

/// Puts several people into a calendar, on the terms of whoever is let in without saying otherwise, or takes them out; answers what is
/// to be recorded once all of the action is written. Whoever is there as wanted already stays as they are.
///
/// # Errors
/// [`Refusal::PermissionMissing`] as in [`super::set_rule`]; [`Refusal::NotFound`] for the calendar or a member;
/// [`Refusal::NotActive`] for somebody removed; [`Refusal::OneHost`] for a personal calendar.
pub(crate) async fn place_people(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    calendar: CalendarId,
    people: &[(MemberId, bool)],
) -> Result<Vec<Event>> {
    require_people(access)?;
    let (account, now) = (access.account(), backend.clock.now());
    let (calendar, settings) = edit_people(tx, backend, access, calendar).await?;
    if calendar.kind == CalendarKind::Personal {
        return Err(Refusal::OneHost.into());
    }
    let members: Vec<_> = people.iter().map(|(member, _)| *member).collect();
    let standings = queries::crossing::standings(tx, account, calendar.id, &members).await?;
    let usual = HostTermsForm::default().check(settings.ramp_up_weeks)?;
    let mut events = Vec::new();
    for (member, is_in) in people {
        let standing = standings.iter().find(|standing| standing.member == *member);
        let standing = standing.ok_or(Refusal::NotFound)?;
        if standing.state == MemberState::Removed {
            return Err(Refusal::NotActive.into());
        }
        let Some(choice) = standing.choice_for(*is_in) else { continue };
        let terms = (choice == MembershipChoice::In).then_some(usual);
        let person = (*member, standing.name.clone());
        events.extend(write(tx, account, now, &calendar, person, choice, terms).await?);
    }
    Ok(events)
}
