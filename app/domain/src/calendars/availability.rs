use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::{HoursLine, WorkingHours};
use crate::{Checks, MemberId, Problem, Refusal, TimeOffId, person_name::text};

/// Characters that the reason of a time off may have.
pub const REASON_MAX_CHARS: usize = 120;
/// Times off that somebody may have ahead of them.
pub const TIMES_OFF_MAX: u32 = 200;

/// When somebody works, as the form shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberHours {
    pub member: MemberId,
    pub name: String,
    /// IANA name of their own; none for the account's.
    pub time_zone: Option<String>,
    pub account_time_zone: String,
    pub hours: WorkingHours,
    /// 0 before any were set; else counts changes, so that two editors notice each other.
    pub version: i32,
}

/// What was typed about somebody's hours, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursForm {
    /// IANA name; empty for the account's.
    #[serde(default)]
    pub time_zone: String,
    #[serde(default)]
    pub lines: Vec<HoursLine>,
}

/// Time in which somebody cannot be booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeOff {
    pub id: TimeOffId,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub starts_at: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub ends_at: DateTime<Utc>,
    /// May be empty.
    pub reason: String,
}

/// Somebody's times off that are not over, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberTimeOff {
    pub member: MemberId,
    pub name: String,
    /// Where they are: their own or the account's (IANA name).
    pub time_zone: String,
    pub times: Vec<TimeOff>,
}

/// What was typed about a time off, on the clock of where the person is, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeOffForm {
    /// Like "2026-11-30".
    pub first_day: String,
    /// Like "09:00"; empty for the beginning of the day.
    #[serde(default)]
    pub start: String,
    /// Empty for the same day.
    #[serde(default)]
    pub last_day: String,
    /// Empty for the end of the day.
    #[serde(default)]
    pub end: String,
    #[serde(default)]
    pub reason: String,
}

/// A checked [`TimeOffForm`]: from a local time to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTimeOff {
    pub first_day: NaiveDate,
    /// None for the beginning of the day.
    pub start: Option<NaiveTime>,
    pub last_day: NaiveDate,
    /// None for the end of the day.
    pub end: Option<NaiveTime>,
    pub reason: String,
}

/// What adding a time off came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeOffAdded {
    pub id: TimeOffId,
    /// Booked appointments that lie in it: they stay.
    pub appointments: u64,
}

impl TimeOffForm {
    /// # Errors
    /// [`Refusal::Invalid`] for `first_day`, `start`, `last_day`, `end` and `reason`, all at once.
    pub fn check(&self) -> Result<LocalTimeOff, Refusal> {
        let mut checks = Checks::default();
        let first_day = checks.note("first_day", day(&self.first_day));
        let last_day = match self.last_day.trim() {
            "" => first_day,
            typed => checks.note("last_day", day(typed)),
        };
        let start = checks.note("start", time(&self.start));
        let end = checks.note("end", time(&self.end));
        let reason = checks.note("reason", text(&self.reason, REASON_MAX_CHARS, false));
        let times = first_day.zip(last_day).zip(start.zip(end));
        let checked = times.zip(reason).map(|(((first_day, last_day), (start, end)), reason)| LocalTimeOff {
            first_day,
            start,
            last_day,
            end,
            reason,
        });
        if let Some(checked) = &checked {
            checked.check_order(&mut checks);
        }
        checks.finish(checked)
    }
}

impl LocalTimeOff {
    fn check_order(&self, checks: &mut Checks) {
        let is_backwards = match (self.start, self.end) {
            _ if self.last_day != self.first_day => self.last_day < self.first_day,
            (start, Some(end)) => end <= start.unwrap_or(NaiveTime::MIN),
            (_, None) => false,
        };
        if is_backwards {
            checks.add("last_day", Problem::EndsBeforeItStarts);
        }
    }
}

/// What a database can store and clocks can be worked out for.
const STORED_YEARS: RangeInclusive<i32> = 1900..=9998;

fn day(typed: &str) -> Result<NaiveDate, Problem> {
    match typed.trim() {
        "" => Err(Problem::Required),
        typed => {
            let day = typed.parse().ok().filter(|day: &NaiveDate| STORED_YEARS.contains(&day.year()));
            day.ok_or(Problem::InvalidDay)
        }
    }
}

fn time(typed: &str) -> Result<Option<NaiveTime>, Problem> {
    match typed.trim() {
        "" => Ok(None),
        typed => NaiveTime::parse_from_str(typed, "%H:%M").map(Some).map_err(|_no_time| Problem::InvalidTime),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(first_day: &str, start: &str, last_day: &str, end: &str) -> TimeOffForm {
        let [first_day, start, last_day, end] = [first_day, start, last_day, end].map(str::to_owned);
        TimeOffForm { first_day, start, last_day, end, reason: "Dentist".into() }
    }

    #[test]
    fn whole_days_and_parts_of_days_can_be_off() {
        let off = form("2026-11-30", "", "", "").check().unwrap();
        assert_eq!((off.first_day, off.start, off.end), (off.last_day, None, None));
        assert!(form("2026-11-30", "09:00", "", "09:30").check().is_ok());
        assert!(form("2026-11-30", "17:00", "2026-12-04", "09:00").check().is_ok());
    }

    #[test]
    fn what_ends_before_it_starts_is_refused_and_all_problems_are_told() {
        for (start, last, end) in [("09:00", "", "09:00"), ("", "2026-11-29", ""), ("", "", "00:00")] {
            let refusal = form("2026-11-30", start, last, end).check().unwrap_err();
            assert_eq!(
                refusal.problem("last_day"),
                Some(&Problem::EndsBeforeItStarts),
                "{start} {last} {end}"
            );
        }
        let refusal = form("", "9 o’clock", "soon", "25:00").check().unwrap_err();
        for field in ["first_day", "start", "last_day", "end"] {
            assert!(refusal.problem(field).is_some(), "{field}");
        }
    }
}
