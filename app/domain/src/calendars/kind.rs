use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Permission, Problem};

/// Whom a booking in a calendar goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarKind {
    RoundRobin,
    Collective,
    Personal,
}

impl CalendarKind {
    pub const ALL: [Self; 3] = [Self::RoundRobin, Self::Collective, Self::Personal];

    /// As stored and sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::RoundRobin => "round_robin",
            Self::Collective => "collective",
            Self::Personal => "personal",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::RoundRobin => "Round robin",
            Self::Collective => "Collective",
            Self::Personal => "Personal",
        }
    }

    /// What it takes to change who is in such a calendar.
    #[must_use]
    pub const fn people_permission(self) -> Permission {
        match self {
            Self::RoundRobin => Permission::CalendarsManageRoundRobin,
            Self::Collective | Self::Personal => Permission::CalendarsManage,
        }
    }

    /// One sentence for the person who chooses.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::RoundRobin => "Each booking goes to one of the members, in turn and by weight.",
            Self::Collective => "All members take part, so only times when everybody is free are offered.",
            Self::Personal => "All bookings go to one person.",
        }
    }
}

impl FromStr for CalendarKind {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|kind| kind.key() == key).ok_or(Problem::InvalidChoice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_come_back_from_what_is_stored() {
        for kind in CalendarKind::ALL {
            assert_eq!(kind.key().parse(), Ok(kind));
        }
        assert!("square_robin".parse::<CalendarKind>().is_err());
    }
}
