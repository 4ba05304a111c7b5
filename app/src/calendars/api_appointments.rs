#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use chrono::{Datelike, Days, NaiveDate};
use domain::{
    AppointmentId, CalendarId, Page, Problem, Refusal, When,
    calendars::{
        AppointmentDetails, AppointmentRow, AppointmentState, BookingForm, CalendarChoice, CalendarName,
        HostName, OfferAsked, StaffBookingForm, Week, WeekAsked, WeekEntry, WeekEntryKind,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    appointment_query::{AppointmentQuery, known_day},
    offer::OfferText,
};
use crate::{AppError, Done, paths};

/// One line of the list, with its time in the account's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AppointmentLine {
    pub row: AppointmentRow,
    /// From its start to its end.
    pub time: When,
}

/// The list, with what it can be filtered by.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AppointmentLines {
    pub appointments: Page<AppointmentLine>,
    pub calendars: Vec<CalendarName>,
    /// Empty for whoever sees only their own.
    pub hosts: Vec<HostName>,
}

#[server(prefix = "/api", endpoint = "appointments/list")]
pub async fn read_appointments(query: AppointmentQuery) -> Result<AppointmentLines, AppError> {
    let (backend, access) = crate::request::reading()?;
    let filter = query.filter(crate::request::local_day(backend.clock.now()));
    let list = backend::calendars::appointments::list(&backend, &access, &filter).await?;
    let Page { rows, page, total } = list.appointments;
    let local = crate::request::local;
    let line = |row: AppointmentRow| AppointmentLine {
        time: period(local(row.starts_at), &local(row.ends_at)),
        row,
    };
    let appointments = Page { rows: rows.into_iter().map(line).collect(), page, total };
    Ok(AppointmentLines { appointments, calendars: list.calendars, hosts: list.hosts })
}

/// "30 Nov 2026, 09:00 – 09:30": the day once where it is the same.
pub fn period(starts: When, ends: &When) -> When {
    let parts = |when: &When| when.text.split_once(", ").map(|(day, time)| (day.to_owned(), time.to_owned()));
    let end = match (parts(&starts), parts(ends)) {
        (Some((first, _)), Some((last, time))) if first == last => time,
        _ => ends.text.clone(),
    };
    When { text: format!("{} – {end}", starts.text), exact: starts.exact }
}

/// A week in words, in the account's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WeekText {
    /// For example "30 November – 6 December 2026".
    pub title: String,
    pub time_zone: String,
    pub days: Vec<DayText>,
    pub is_this_week: bool,
    /// Whose week it is; none for the team's.
    pub member: Option<HostName>,
    /// Whose weeks can be looked at; empty for whoever sees only their own.
    pub hosts: Vec<HostName>,
    /// A day of the week before, and of the one after, as they stand in addresses.
    pub previous: String,
    pub next: String,
    /// Hours of the day between which there is something, 0 to 23; at least the usual ones.
    pub first_hour: u16,
    pub last_hour: u16,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DayText {
    /// For example "Mon 30 Nov".
    pub label: String,
    pub is_today: bool,
    /// In order of their start.
    pub entries: Vec<EntryText>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EntryText {
    /// In which it begins, 0 to 23; none for what takes the whole day.
    pub hour: Option<u16>,
    pub time: When,
    pub hosts: Vec<HostName>,
    pub what: WeekEntryKind,
}

/// `day` is any of the week; a member or a day that cannot be read asks for the team, or for this week.
#[server(prefix = "/api", endpoint = "appointments/week")]
pub async fn read_week(member: Option<String>, day: Option<String>) -> Result<WeekText, AppError> {
    let (backend, access) = crate::request::reading()?;
    let asked = WeekAsked {
        member: member.and_then(|member| member.parse().ok()),
        day: day.as_deref().and_then(known_day),
    };
    Ok(week_text(backend::calendars::appointments::week(&backend, &access, &asked).await?))
}

const DAY_MINUTES: u16 = 24 * 60;
/// Hours that the week shows in any case: the first one, and the last one.
const USUAL_HOURS: (u16, u16) = (8, 17);

pub fn week_text(week: Week) -> WeekText {
    let Week { time_zone, days, today, member, hosts, entries } = week;
    let first = days.first().copied().unwrap_or_default();
    let last = days.last().copied().unwrap_or_default();
    let timed = entries.iter().filter(|entry| !is_whole_day(entry));
    let hours = timed.map(|entry| (entry.start_minute / 60, entry.end_minute.saturating_sub(1) / 60));
    let (first_hour, last_hour) = hours.fold(USUAL_HOURS, |all, one| (all.0.min(one.0), all.1.max(one.1)));
    let day_text = |day: &NaiveDate| DayText {
        label: day.format("%a %-d %b").to_string(),
        is_today: today == Some(*day),
        entries: entries.iter().filter(|entry| entry.day == *day).map(entry_text).collect(),
    };
    WeekText {
        title: week_title(first, last),
        time_zone,
        days: days.iter().map(day_text).collect(),
        is_this_week: today.is_some(),
        member,
        hosts,
        previous: first.checked_sub_days(Days::new(7)).unwrap_or(first).to_string(),
        next: first.checked_add_days(Days::new(7)).unwrap_or(first).to_string(),
        first_hour,
        last_hour,
    }
}

fn week_title(first: NaiveDate, last: NaiveDate) -> String {
    let begin = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => first.format("%-d"),
        (true, false) => first.format("%-d %B"),
        (false, _) => first.format("%-d %B %Y"),
    };
    format!("{begin} – {}", last.format("%-d %B %Y"))
}

fn is_whole_day(entry: &WeekEntry) -> bool {
    entry.start_minute == 0 && entry.end_minute == DAY_MINUTES
}

fn entry_text(entry: &WeekEntry) -> EntryText {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let is_whole_day = is_whole_day(entry);
    let text = match is_whole_day {
        true => "All day".to_owned(),
        false => format!("{} – {}", clock(entry.start_minute), clock(entry.end_minute)),
    };
    EntryText {
        hour: (!is_whole_day).then_some(entry.start_minute / 60),
        time: When { exact: entry.starts_at.to_rfc3339(), text },
        hosts: entry.hosts.clone(),
        what: entry.what.clone(),
    }
}

/// An appointment with its times in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AppointmentView {
    pub details: AppointmentDetails,
    pub time: When,
    /// The same in the visitor's zone.
    pub visitor_time: When,
    pub created: When,
    /// Booked, and not begun.
    pub is_open: bool,
}

#[server(prefix = "/api", endpoint = "appointments/show")]
pub async fn read_appointment(id: AppointmentId) -> Result<AppointmentView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let details = backend::calendars::appointments::find(&backend, &access, id).await?;
    let local = crate::request::local;
    let visitors = |at| backend::account::local(at, &details.visitor_time_zone);
    let (starts_at, ends_at) = (details.row.starts_at, details.row.ends_at);
    Ok(AppointmentView {
        time: period(local(starts_at), &local(ends_at)),
        visitor_time: period(visitors(starts_at), &visitors(ends_at)),
        created: local(details.created_at),
        is_open: details.row.state == AppointmentState::Booked && backend.clock.now() < starts_at,
        details,
    })
}

/// Without a zone the account's counts.
pub fn offer_asked(from: Option<&str>) -> OfferAsked {
    OfferAsked { from: from.and_then(known_day), time_zone: String::new() }
}

/// An appointment with the times to which it can be moved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OtherTimes {
    pub row: AppointmentRow,
    pub time: When,
    pub version: i32,
    pub offer: OfferText,
}

/// `from` is the first day that is looked at; none for today.
#[server(prefix = "/api", endpoint = "appointments/other-times")]
pub async fn read_other_times(id: AppointmentId, from: Option<String>) -> Result<OtherTimes, AppError> {
    use backend::calendars::appointments;
    let (backend, access) = crate::request::reading()?;
    let details = appointments::find(&backend, &access, id).await?;
    let offer = appointments::other_times(&backend, &access, id, &offer_asked(from.as_deref())).await?;
    let local = crate::request::local;
    let time = period(local(details.row.starts_at), &local(details.row.ends_at));
    Ok(OtherTimes { time, version: details.version, row: details.row, offer: offer.into() })
}

/// `starts_at` is one of the offered times.
#[server(prefix = "/api", endpoint = "appointments/reschedule")]
pub async fn reschedule_appointment(
    id: AppointmentId,
    version: i32,
    starts_at: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::calendars::appointments::reschedule(&backend, &access, id, version, &starts_at).await?;
    Ok(Done::to(paths::appointment(id)).say("The appointment is moved. Everybody in it hears of it by mail."))
}

#[server(prefix = "/api", endpoint = "appointments/cancel")]
pub async fn cancel_appointment(id: AppointmentId, version: i32) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::calendars::appointments::cancel(&backend, &access, id, version).await?;
    Ok(Done::to(paths::appointment(id))
        .say("The appointment is cancelled. Everybody in it hears of it by mail."))
}

/// `host` is the id of another host of the calendar.
#[server(prefix = "/api", endpoint = "appointments/reassign")]
pub async fn reassign_appointment(
    id: AppointmentId,
    version: i32,
    #[server(default)] host: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let problem = if host.is_empty() { Problem::Required } else { Problem::InvalidChoice };
    let host = host.parse().map_err(|_no_id| Refusal::field("host", problem))?;
    backend::calendars::appointments::reassign(&backend, &access, id, version, host).await?;
    Ok(Done::stay().say("The appointment is given away. Everybody in it hears of it by mail."))
}

/// The calendars that the viewer may book visitors into.
#[server(prefix = "/api", endpoint = "appointments/calendars")]
pub async fn read_bookable_calendars() -> Result<Vec<CalendarName>, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::calendars::appointments::calendar_choices(&backend, &access).await?)
}

/// A calendar with its free times, for somebody of the staff who books for a visitor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StaffBooking {
    pub choice: CalendarChoice,
    pub offer: OfferText,
    /// Goes with the form, so that it books once however often it is sent.
    pub request_key: String,
}

/// `host` is a member's id, or none for whose turn it is; `from` the first day that is looked at.
#[server(prefix = "/api", endpoint = "appointments/free-times")]
pub async fn read_free_times(
    calendar: CalendarId,
    host: Option<String>,
    from: Option<String>,
) -> Result<StaffBooking, AppError> {
    let (backend, access) = crate::request::reading()?;
    let (host, asked) = (host.unwrap_or_default(), offer_asked(from.as_deref()));
    let page =
        backend::calendars::appointments::booking_page(&backend, &access, calendar, &host, &asked).await?;
    Ok(StaffBooking { choice: page.calendar, offer: page.offer.into(), request_key: page.request_key })
}

/// `host` is a member's id, or empty for whose turn it is; `answers` are in the order of the calendar's questions.
#[server(prefix = "/api", endpoint = "appointments/book")]
pub async fn book_appointment(
    calendar: CalendarId,
    #[server(default)] host: String,
    starts_at: String,
    name: String,
    email: String,
    #[server(default)] phone: String,
    #[server(default)] notes: String,
    #[server(default)] answers: Vec<String>,
    #[server(default)] request_key: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let said = format!("{} is booked. Everybody in it hears of it by mail.", name.trim());
    let time_zone = String::new();
    let booking = BookingForm { starts_at, name, email, phone, notes, answers, time_zone, request_key };
    let form = StaffBookingForm { booking, host };
    let id = backend::calendars::appointments::book(&backend, &access, calendar, &form).await?;
    Ok(Done::to(paths::appointment(id)).say(said))
}

#[cfg(test)]
mod tests {
    use domain::TimeOffId;

    use super::*;

    fn when(text: &str) -> When {
        When { exact: String::new(), text: text.into() }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn entry(on: &str, start_minute: u16, end_minute: u16) -> WeekEntry {
        WeekEntry {
            day: day(on),
            start_minute,
            end_minute,
            starts_at: chrono::DateTime::UNIX_EPOCH,
            ends_at: chrono::DateTime::UNIX_EPOCH,
            hosts: vec![],
            what: WeekEntryKind::TimeOff { id: TimeOffId::default(), reason: String::new() },
        }
    }

    fn week(entries: Vec<WeekEntry>) -> WeekText {
        let monday = day("2026-11-30");
        week_text(Week {
            time_zone: "UTC".into(),
            days: monday.iter_days().take(7).collect(),
            today: Some(day("2026-12-01")),
            member: None,
            hosts: vec![],
            entries,
        })
    }

    #[test]
    fn a_period_names_a_day_once() {
        let told = |from: &str, to: &str| period(when(from), &when(to)).text;
        assert_eq!(told("30 Nov 2026, 09:00", "30 Nov 2026, 09:30"), "30 Nov 2026, 09:00 – 09:30");
        assert_eq!(told("30 Nov 2026, 23:30", "1 Dec 2026, 00:30"), "30 Nov 2026, 23:30 – 1 Dec 2026, 00:30");
    }

    #[test]
    fn a_week_shows_the_usual_hours_and_those_with_something() {
        let usual = week(vec![entry("2026-11-30", 0, DAY_MINUTES)]);
        assert_eq!((usual.first_hour, usual.last_hour), USUAL_HOURS);
        assert_eq!(
            (usual.days[0].entries[0].hour, usual.days[0].entries[0].time.text.as_str()),
            (None, "All day")
        );
        let long =
            week(vec![entry("2026-12-01", 6 * 60 + 30, 7 * 60), entry("2026-12-06", 1200, DAY_MINUTES)]);
        assert_eq!((long.first_hour, long.last_hour), (6, 23));
        let texts: Vec<_> = long.days.iter().flat_map(|day| &day.entries).map(|one| &one.time.text).collect();
        assert_eq!(texts, ["06:30 – 07:00", "20:00 – 24:00"]);
        assert_eq!((long.days[1].label.as_str(), long.days[1].is_today), ("Tue 1 Dec", true));
    }

    #[test]
    fn a_week_is_called_by_its_days_and_leads_to_its_neighbours() {
        let this = week(vec![]);
        assert_eq!(this.title, "30 November – 6 December 2026");
        assert_eq!((this.previous.as_str(), this.next.as_str()), ("2026-11-23", "2026-12-07"));
        assert_eq!(week_title(day("2026-11-02"), day("2026-11-08")), "2 – 8 November 2026");
        assert_eq!(week_title(day("2026-12-28"), day("2027-01-03")), "28 December 2026 – 3 January 2027");
    }
}
