//! Into which calendars, and with whom, somebody may book.

use domain::{
    CalendarId, MemberId, Permission, Problem, Refusal,
    calendars::{Calendar, CalendarChoice, CalendarKind, CalendarName, CalendarSettings, HostName},
};

use crate::{
    Access, Result,
    calendars::{queries, sight::Sight},
    db::Tx,
};

/// A calendar that the actor may book into, with its rules.
///
/// Whoever sees only their own books with nobody but themselves: they would not see what came of it otherwise.
///
/// # Errors
/// [`Refusal::NotFound`], also for a calendar that one may not see; [`Refusal::PermissionMissing`] for whoever sees only their own and is
/// no host of it.
pub(super) async fn choice(
    tx: &mut Tx,
    access: &Access,
    id: CalendarId,
) -> Result<(CalendarChoice, Calendar, CalendarSettings)> {
    let (account, sight) = (access.account(), Sight::of(access));
    let found = queries::calendar::find(tx, account, id).await?;
    let (calendar, settings) = found.ok_or(Refusal::NotFound)?;
    let hosts = queries::listing::hosts_in(tx, account, id, sight.owner).await?;
    if sight.viewer.is_some() && hosts.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    // Whoever manages calendars sees those of others, too.
    if sight.owner.is_some() && hosts.is_empty() {
        return Err(Refusal::PermissionMissing(Permission::CalendarsAllRecords).into());
    }
    let by_turn = sight.owner.is_none() && calendar.kind == CalendarKind::RoundRobin;
    let name = CalendarName { id, name: calendar.name.clone(), colour: calendar.colour, kind: calendar.kind };
    let choice = CalendarChoice { calendar: name, hosts, questions: settings.questions.clone(), by_turn };
    Ok((choice, calendar, settings))
}

/// The host that was typed, if it can be booked with; none for whose turn it is, and where there is nothing to choose.
///
/// # Errors
/// [`Refusal::Invalid`] for `host`; [`Refusal::PermissionMissing`] for whoever sees only their own and leaves it open.
pub(super) fn chosen_host(choice: &CalendarChoice, typed: &str) -> Result<Option<MemberId>> {
    let is_host = |member: MemberId| choice.hosts.iter().any(|host: &HostName| host.member == member);
    match (choice.calendar.kind, typed.trim()) {
        (CalendarKind::RoundRobin, "") if !choice.by_turn => {
            Err(Refusal::PermissionMissing(Permission::CalendarsAllRecords).into())
        }
        (_, "") | (CalendarKind::Collective | CalendarKind::Personal, _) => Ok(None),
        (CalendarKind::RoundRobin, typed) => {
            let member = typed.parse().ok().filter(|member| is_host(*member));
            Ok(Some(member.ok_or_else(|| Refusal::field("host", Problem::NotHost))?))
        }
    }
}
