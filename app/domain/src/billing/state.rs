use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Dunning, Terms};

/// Where a subscription stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Trialing,
    Active,
    /// A payment failed, and the timetable runs.
    PastDue(Dunning),
    /// The last try failed: everything is read-only until the debt is paid.
    Paused {
        since: NaiveDate,
    },
    /// Cancelled for the end of the period or of the trial.
    Ending {
        in_trial: bool,
    },
    Ended {
        on: NaiveDate,
    },
}

/// The state without what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    Trialing,
    Active,
    PastDue,
    Paused,
    Ending,
    Ended,
}

/// What happens when the period ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    Renew,
    Change {
        terms: Terms,
        /// Reminders of earlier days are over.
        remind_from: NaiveDate,
    },
    End,
}

/// How a subscription begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    pub on: NaiveDate,
    pub trial_days: u32,
    /// Without, periods begin on the day of the month on which the first paid one does.
    pub anchor_day: Option<u32>,
}

impl State {
    #[must_use]
    pub fn name(&self) -> StateName {
        match self {
            Self::Trialing => StateName::Trialing,
            Self::Active => StateName::Active,
            Self::PastDue(_) => StateName::PastDue,
            Self::Paused { .. } => StateName::Paused,
            Self::Ending { .. } => StateName::Ending,
            Self::Ended { .. } => StateName::Ended,
        }
    }
}

impl StateName {
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Trialing => "trialing",
            Self::Active => "active",
            Self::PastDue => "past_due",
            Self::Paused => "paused",
            Self::Ending => "ending",
            Self::Ended => "ended",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Trialing => "Trial",
            Self::Active => "Active",
            Self::PastDue => "Past due",
            Self::Paused => "Paused",
            Self::Ending => "Ending",
            Self::Ended => "Ended",
        }
    }
}
