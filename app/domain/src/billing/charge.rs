//! Charges and their answers. An answer that is lost is no decline: it is asked for again, and nothing is charged meanwhile.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Decline;

/// Which card is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Default,
    Backup,
}

/// Who caused a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A renewal or the timetable.
    Schedule,
    /// Somebody who waits for the outcome.
    Person,
}

/// One charge, from the intent until its outcome is known. Its number goes into the idempotency key, so the same attempt may be
/// sent any number of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Counts the attempts of the account.
    pub number: u32,
    /// [`super::Invoice::number`].
    pub invoice: u32,
    pub method: Method,
    pub cause: Cause,
    /// Set once an answer was lost.
    pub doubt: Option<Doubt>,
    /// Sent to the gateway, and not answered yet.
    pub is_in_flight: bool,
}

/// What the gateway says of a charge, at once or when it is asked later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Paid,
    Declined(Decline),
    /// No answer, or none that tells: the money may have moved.
    Unknown,
    /// Only when asked: it never heard of the charge.
    NeverArrived,
}

/// A charge whose outcome is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    pub since: DateTime<Utc>,
    /// How often it was asked about.
    pub asked: u32,
}

impl Doubt {
    /// After 5 minutes, after an hour, then every day.
    #[must_use]
    pub fn ask_at(&self) -> DateTime<Utc> {
        self.since
            + match self.asked {
                0 => TimeDelta::minutes(5),
                1 => TimeDelta::hours(1),
                more => TimeDelta::days(i64::from(more) - 1),
            }
    }
}
