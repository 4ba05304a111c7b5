use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Problem;

/// The part of the product an event belongs to; the filter of the activity page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    Account,
    Identity,
    Staff,
    Permissions,
    Calendars,
    Pipelines,
    Billing,
    Activity,
}

impl Area {
    pub const ALL: [Self; 8] = [
        Self::Account,
        Self::Identity,
        Self::Staff,
        Self::Permissions,
        Self::Calendars,
        Self::Pipelines,
        Self::Billing,
        Self::Activity,
    ];

    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Identity => "identity",
            Self::Staff => "staff",
            Self::Permissions => "permissions",
            Self::Calendars => "calendars",
            Self::Pipelines => "pipelines",
            Self::Billing => "billing",
            Self::Activity => "activity",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Account => "Account",
            Self::Identity => "Signing in",
            Self::Staff => "Staff",
            Self::Permissions => "Permission profiles",
            Self::Calendars => "Calendars and appointments",
            Self::Pipelines => "Pipelines and opportunities",
            Self::Billing => "Billing",
            Self::Activity => "Activity log",
        }
    }
}

impl FromStr for Area {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|area| area.key() == key).ok_or(Problem::InvalidChoice)
    }
}
