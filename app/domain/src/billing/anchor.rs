use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use super::{Interval, Period};

/// The day on the calendar of an account.
#[must_use]
pub fn local_day<Z: TimeZone>(at: DateTime<Utc>, zone: &Z) -> NaiveDate {
    zone.from_utc_datetime(&at.naive_utc()).date_naive()
}

/// The first instant of a day on that calendar: where the clocks jump over midnight that is the jump, and where the whole day is left
/// out the beginning of the next.
#[must_use]
pub fn start_of_day<Z: TimeZone>(day: NaiveDate, zone: &Z) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    // All jumps end on a quarter of an hour, and the longest leave out a day.
    let quarters = (0..=192).map(|quarter| midnight + TimeDelta::minutes(15 * quarter));
    let first = quarters.filter_map(|local| zone.from_local_datetime(&local).earliest()).next();
    first.map_or_else(|| midnight.and_utc(), |instant| instant.to_utc())
}

/// A point in time, and the day that it falls on in the account's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
}

impl Moment {
    #[must_use]
    pub fn new<Z: TimeZone>(at: DateTime<Utc>, zone: &Z) -> Self {
        Self { day: local_day(at, zone), at }
    }

    /// The beginning of a day.
    #[must_use]
    pub fn start_of<Z: TimeZone>(day: NaiveDate, zone: &Z) -> Self {
        Self { day, at: start_of_day(day, zone) }
    }
}

/// The day on which periods begin: kept for ever and clamped each month, so that the 31st is the 28th in February and the 31st again
/// in March.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Day of the month, 1 to 31.
    pub day: u32,
    /// The month, 1 to 12, in which years begin.
    pub month: u32,
}

impl Anchor {
    /// Periods begin on this date.
    #[must_use]
    pub fn on(date: NaiveDate) -> Self {
        Self { day: date.day(), month: date.month() }
    }

    /// Periods begin on a chosen day of the month, the first of them on the first such day not before `date`.
    #[must_use]
    pub fn from_day(day: u32, date: NaiveDate) -> Self {
        let anchor = Self { day: day.clamp(1, 31), month: date.month() };
        let first = if anchor.begins(date) { date } else { anchor.next_month(date) };
        Self { month: first.month(), ..anchor }
    }

    /// For years that begin on `date`. The day stays where it falls on `date` already: who is billed on the 31st and changes on
    /// 28 February goes on being billed on the last of the month.
    #[must_use]
    pub fn year_from(self, date: NaiveDate) -> Self {
        let day = if self.begins(date) { self.day } else { date.day() };
        Self { day, month: date.month() }
    }

    /// The first beginning of a period after `date`.
    #[must_use]
    pub fn next(self, interval: Interval, date: NaiveDate) -> NaiveDate {
        match interval {
            Interval::Month => self.next_month(date),
            Interval::Year => {
                let this_year = clamped(date.year(), self.month, self.day);
                if this_year > date { this_year } else { clamped(date.year() + 1, self.month, self.day) }
            }
        }
    }

    /// The period that begins on `date` and ends where the next one does. When `date` is no beginning it is a short one.
    #[must_use]
    pub fn period(self, interval: Interval, date: NaiveDate) -> Period {
        let to = self.next(interval, date);
        let full_from = match interval {
            Interval::Month if to.month() == 1 => clamped(to.year() - 1, 12, self.day),
            Interval::Month => clamped(to.year(), to.month() - 1, self.day),
            Interval::Year => clamped(to.year() - 1, self.month, self.day),
        };
        Period { from: date, to, of_days: super::days_between(full_from, to) }
    }

    /// Whether months begin on `date`.
    fn begins(self, date: NaiveDate) -> bool {
        clamped(date.year(), date.month(), self.day) == date
    }

    fn next_month(self, date: NaiveDate) -> NaiveDate {
        let this_month = clamped(date.year(), date.month(), self.day);
        match date.month() {
            _ if this_month > date => this_month,
            12 => clamped(date.year() + 1, 1, self.day),
            month => clamped(date.year(), month + 1, self.day),
        }
    }
}

/// The day of a month, or the month's last where it has no such day.
fn clamped(year: i32, month: u32, day: u32) -> NaiveDate {
    let date = |day| NaiveDate::from_ymd_opt(year, month, day);
    (0..4).find_map(|less| date(day.saturating_sub(less))).unwrap_or(NaiveDate::MAX)
}
/// So many days later.
pub(super) fn after(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// So many days earlier.
pub(super) fn before(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}
