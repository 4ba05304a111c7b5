use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Permission, Problem};

/// What somebody can hold that others depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldKind {
    /// Booked, and not begun.
    Appointments,
    Opportunities,
    /// Those of which they are a host.
    Calendars,
    /// Those that they are in.
    Pipelines,
}

impl HeldKind {
    pub const ALL: [Self; 4] = [Self::Appointments, Self::Opportunities, Self::Calendars, Self::Pipelines];

    /// As stored and sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Appointments => "appointments",
            Self::Opportunities => "opportunities",
            Self::Calendars => "calendars",
            Self::Pipelines => "pipelines",
        }
    }

    /// What it takes to decide about them: all of it, since whoever sees only some would give away what they do not see.
    #[must_use]
    pub const fn deciders(self) -> &'static [Permission] {
        match self {
            Self::Appointments => &[Permission::CalendarsEditAny, Permission::CalendarsAllRecords],
            Self::Opportunities => &[
                Permission::OpportunitiesAssign,
                Permission::OpportunitiesAllRecords,
                Permission::OpportunitiesManagePipelines,
            ],
            Self::Calendars => &[Permission::CalendarsManage, Permission::CalendarsManageRoundRobin],
            Self::Pipelines => &[Permission::OpportunitiesManagePipelines],
        }
    }

    /// What whoever gets them has to hold, or they would not see what is theirs.
    #[must_use]
    pub const fn receiver_needs(self) -> Permission {
        match self {
            Self::Appointments | Self::Calendars => Permission::CalendarsView,
            Self::Opportunities | Self::Pipelines => Permission::OpportunitiesView,
        }
    }

    /// One of them.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Appointments => "Appointment",
            Self::Opportunities => "Opportunity",
            Self::Calendars => "Calendar",
            Self::Pipelines => "Pipeline",
        }
    }

    /// "1 appointment to come", "3 pipelines".
    #[must_use]
    pub fn counted(self, count: u64) -> String {
        let (one, many) = match self {
            Self::Appointments => ("appointment to come", "appointments to come"),
            Self::Opportunities => ("opportunity", "opportunities"),
            Self::Calendars => ("calendar", "calendars"),
            Self::Pipelines => ("pipeline", "pipelines"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}

impl FromStr for HeldKind {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|kind| kind.key() == key).ok_or(Problem::InvalidChoice)
    }
}
