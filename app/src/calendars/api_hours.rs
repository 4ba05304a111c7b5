#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    MemberId, TimeOffId, When,
    account::Choice,
    calendars::{HoursForm, HoursLine, TimeOff, TimeOffForm},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done};

/// When somebody works in a usual week, as the form shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HoursView {
    pub member: MemberId,
    pub name: String,
    /// IANA name of their own; empty for the account's.
    pub time_zone: String,
    pub account_time_zone: String,
    /// In order.
    pub lines: Vec<HoursLine>,
    /// 0 before any were set.
    pub version: i32,
    pub time_zones: Vec<Choice>,
}

#[server(prefix = "/api", endpoint = "availability/hours")]
pub async fn read_hours(id: MemberId) -> Result<HoursView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let stored = backend::calendars::hours(&backend, &access, id).await?;
    Ok(HoursView {
        member: stored.member,
        name: stored.name,
        time_zone: stored.time_zone.unwrap_or_default(),
        account_time_zone: stored.account_time_zone,
        lines: stored.hours.lines(),
        version: stored.version,
        time_zones: backend::account::place_choices().time_zones,
    })
}

/// `time_zone` is empty for the account's. Lines with neither start nor end are passed over.
#[server(prefix = "/api", endpoint = "availability/set-hours")]
pub async fn set_hours(
    id: MemberId,
    version: i32,
    #[server(default)] time_zone: String,
    #[server(default)] lines: Vec<HoursLine>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let form = HoursForm { time_zone, lines };
    backend::calendars::set_hours(&backend, &access, id, version, &form).await?;
    Ok(Done::stay().say("The working hours are saved. What is booked already stays."))
}

/// Somebody's times off that are not over, in words, on the clock of where they are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimesOff {
    pub member: MemberId,
    pub time_zone: String,
    pub lines: Vec<TimeOffLine>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeOffLine {
    pub id: TimeOffId,
    pub time: When,
    /// May be empty.
    pub reason: String,
}

#[server(prefix = "/api", endpoint = "availability/time-off")]
pub async fn read_time_off(id: MemberId) -> Result<TimesOff, AppError> {
    let (backend, access) = crate::request::reading()?;
    let off = backend::calendars::time_off(&backend, &access, id).await?;
    let local = |at| backend::account::local(at, &off.time_zone);
    let lines = off.times.iter().map(|time| time_off_line(time, local)).collect();
    Ok(TimesOff { member: off.member, lines, time_zone: off.time_zone })
}

pub fn time_off_line(off: &TimeOff, local: impl Fn(DateTime<Utc>) -> When) -> TimeOffLine {
    let (starts, ends) = (local(off.starts_at), local(off.ends_at));
    let last = local(off.ends_at - TimeDelta::seconds(1));
    let text = time_off_text(&starts.text, &ends.text, &last.text);
    TimeOffLine { id: off.id, time: When { exact: starts.exact, text }, reason: off.reason.clone() }
}

/// Whole days without their hours: "30 Nov 2026 – 4 Dec 2026". `last` is the last moment of it.
fn time_off_text(starts: &str, ends: &str, last: &str) -> String {
    let day = |text: &str| text.split(", ").next().unwrap_or_default().to_owned();
    let begins_a_day = |text: &str| text.ends_with(", 00:00");
    match (begins_a_day(starts) && begins_a_day(ends), day(starts) == day(last)) {
        (true, true) => day(starts),
        (true, false) => format!("{} – {}", day(starts), day(last)),
        (false, true) => format!("{starts} – {}", ends.split(", ").last().unwrap_or_default()),
        (false, false) => format!("{starts} – {ends}"),
    }
}

/// Times are on the clock of where the person is; an empty one is the beginning or the end of its day.
#[server(prefix = "/api", endpoint = "availability/add-time-off")]
pub async fn add_time_off(
    id: MemberId,
    first_day: String,
    #[server(default)] start: String,
    #[server(default)] last_day: String,
    #[server(default)] end: String,
    #[server(default)] reason: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let form = TimeOffForm { first_day, start, last_day, end, reason };
    let added = backend::calendars::add_time_off(&backend, &access, id, &form).await?;
    Ok(Done::stay().say(blocked_words(added.appointments)))
}

/// What was booked before stays, so it is told.
pub fn blocked_words(appointments: u64) -> String {
    match appointments {
        0 => "The time is blocked.".to_owned(),
        1 => "The time is blocked. One appointment is booked in it: it stays until somebody moves it."
            .to_owned(),
        n => format!(
            "The time is blocked. {n} appointments are booked in it: they stay until somebody moves them."
        ),
    }
}

#[server(prefix = "/api", endpoint = "availability/remove-time-off")]
pub async fn remove_time_off(id: TimeOffId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::calendars::remove_time_off(&backend, &access, id).await?;
    Ok(Done::stay().say("The time can be booked again."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_days_are_told_without_their_hours() {
        assert_eq!(
            time_off_text("30 Nov 2026, 00:00", "1 Dec 2026, 00:00", "30 Nov 2026, 23:59"),
            "30 Nov 2026"
        );
        assert_eq!(
            time_off_text("30 Nov 2026, 00:00", "5 Dec 2026, 00:00", "4 Dec 2026, 23:59"),
            "30 Nov 2026 – 4 Dec 2026"
        );
    }

    #[test]
    fn parts_of_days_are_told_with_them() {
        assert_eq!(
            time_off_text("30 Nov 2026, 09:00", "30 Nov 2026, 12:00", "30 Nov 2026, 11:59"),
            "30 Nov 2026, 09:00 – 12:00"
        );
        assert_eq!(
            time_off_text("30 Nov 2026, 17:00", "2 Dec 2026, 09:00", "2 Dec 2026, 08:59"),
            "30 Nov 2026, 17:00 – 2 Dec 2026, 09:00"
        );
    }

    #[test]
    fn what_is_booked_in_blocked_time_is_told() {
        assert_eq!(blocked_words(0), "The time is blocked.");
        assert!(blocked_words(1).contains("One appointment is booked in it"));
        assert!(blocked_words(3).contains("3 appointments are booked in it"));
    }
}
