use std::{ops::RangeInclusive, str::FromStr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::rules::whole_number;
use crate::{MemberId, Problem};

/// How much of a round robin may go to one host, compared with the others; 0 for nothing.
pub const WEIGHTS: RangeInclusive<u32> = 0..=100;
/// Weeks in which a newcomer's weight may rise.
pub const RAMP_UP_WEEKS: RangeInclusive<u32> = 0..=26;

/// Parts of one unit of weight, so that a rising weight is a whole number as well.
const PARTS: i64 = 1_000;

/// Who is asked first. The hosts of a lower priority get a booking only when nobody of a higher one is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    High,
    Medium,
    Low,
}

impl Priority {
    /// The first to be asked first.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// As stored and sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::High => "High",
            Self::Medium => "Medium",
            Self::Low => "Low",
        }
    }
}

impl FromStr for Priority {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|priority| priority.key() == key).ok_or(Problem::InvalidChoice)
    }
}

/// Somebody whom the bookings of a calendar can go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host {
    pub member: MemberId,
    /// One of [`WEIGHTS`].
    pub weight: u32,
    pub priority: Priority,
    /// When they came into this calendar.
    pub joined_at: DateTime<Utc>,
    /// One of [`RAMP_UP_WEEKS`]; 0 for the full weight from the first day.
    pub ramp_up_weeks: u32,
}

impl Host {
    /// Their weight at an instant, in thousandths. It rises by the same amount with each day of 24 hours: already on the first day they
    /// get some, and after the last week everything.
    #[must_use]
    pub fn weight_at(&self, now: DateTime<Utc>) -> i64 {
        let days = 7 * i64::from(self.ramp_up_weeks);
        let passed = (now - self.joined_at).num_days().clamp(0, days);
        i64::from(self.weight) * PARTS * (passed + 1) / (days + 1)
    }

    /// Whether a round robin gives them anything.
    #[must_use]
    pub const fn takes_bookings(&self) -> bool {
        self.weight > 0
    }
}

/// # Errors
/// [`Problem::Required`], [`Problem::OutOfRange`].
pub fn check_weight(typed: &str) -> Result<u32, Problem> {
    whole_number(typed, WEIGHTS)
}

/// # Errors
/// [`Problem::Required`], [`Problem::OutOfRange`].
pub fn check_ramp_up_weeks(typed: &str) -> Result<u32, Problem> {
    whole_number(typed, RAMP_UP_WEEKS)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_newcomers_weight_rises_day_by_day() {
        let joined_at = DateTime::UNIX_EPOCH;
        let host = Host {
            member: MemberId::default(),
            weight: 29,
            priority: Priority::Medium,
            joined_at,
            ramp_up_weeks: 4,
        };
        let weight = |hours| host.weight_at(joined_at + TimeDelta::hours(hours));
        assert_eq!([weight(0), weight(23), weight(24)], [1_000, 1_000, 2_000]);
        assert_eq!([weight(27 * 24), weight(28 * 24), weight(900 * 24)], [28_000, 29_000, 29_000]);
        assert_eq!(weight(-48), 1_000, "a clock that went back");
        let at_once = Host { ramp_up_weeks: 0, ..host };
        assert_eq!(at_once.weight_at(joined_at), 29_000);
        let nothing = Host { weight: 0, ..host };
        assert!(nothing.weight_at(joined_at) == 0 && !nothing.takes_bookings());
    }

    #[test]
    fn priorities_come_back_from_what_is_stored_and_weights_from_what_is_typed() {
        for priority in Priority::ALL {
            assert_eq!(priority.key().parse(), Ok(priority));
        }
        assert!(Priority::ALL.is_sorted());
        assert_eq!((check_weight("0"), check_ramp_up_weeks("26")), (Ok(0), Ok(26)));
        assert_eq!(check_weight("101"), Err(Problem::OutOfRange { min: 0, max: 100 }));
        assert_eq!(check_ramp_up_weeks("-1"), Err(Problem::OutOfRange { min: 0, max: 26 }));
    }
}
