use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Permission, PermissionSet};
use crate::Problem;

/// The eleven areas of the owner's product that access is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    Dashboard,
    Contacts,
    Conversations,
    Opportunities,
    Calendars,
    Sites,
    Marketing,
    Automations,
    Reporting,
    Payments,
    Settings,
}

impl Section {
    pub const ALL: [Self; 11] = [
        Self::Dashboard,
        Self::Contacts,
        Self::Conversations,
        Self::Opportunities,
        Self::Calendars,
        Self::Sites,
        Self::Marketing,
        Self::Automations,
        Self::Reporting,
        Self::Payments,
        Self::Settings,
    ];

    /// As it stands in addresses and forms, and before the dot of its permissions' keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Dashboard => "dashboard",
            Self::Contacts => "contacts",
            Self::Conversations => "conversations",
            Self::Opportunities => "opportunities",
            Self::Calendars => "calendars",
            Self::Sites => "sites",
            Self::Marketing => "marketing",
            Self::Automations => "automations",
            Self::Reporting => "reporting",
            Self::Payments => "payments",
            Self::Settings => "settings",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Dashboard => "Dashboard",
            Self::Contacts => "Contacts",
            Self::Conversations => "Conversations",
            Self::Opportunities => "Opportunities",
            Self::Calendars => "Calendars",
            Self::Sites => "Sites",
            Self::Marketing => "Marketing",
            Self::Automations => "Automations",
            Self::Reporting => "Reporting",
            Self::Payments => "Payments",
            Self::Settings => "Settings",
        }
    }

    /// What the section is for, in one sentence.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Dashboard => "How the business is doing, at a glance.",
            Self::Contacts => "The people and companies you do business with.",
            Self::Conversations => "Messages and calls with them, in one place.",
            Self::Opportunities => "Deals on their way through your pipelines.",
            Self::Calendars => "Appointments, and who takes them.",
            Self::Sites => "Your websites, pages and forms.",
            Self::Marketing => "Campaigns, social posts, ads and reviews.",
            Self::Automations => "What happens by itself, and for whom.",
            Self::Reporting => "Figures about the work and its results.",
            Self::Payments => "Invoices, and the money your customers pay you.",
            Self::Settings => "How the account is run: staff, profiles, activity.",
        }
    }

    /// Whether an application of the owner can stand behind it. The other two are Steward's own.
    #[must_use]
    pub const fn is_connectable(self) -> bool {
        !matches!(self, Self::Dashboard | Self::Settings)
    }

    /// The permission to work with everybody's records, in sections whose records have an owner.
    #[must_use]
    pub fn scope(self) -> Option<Permission> {
        PermissionSet::section(self).intersection(PermissionSet::ALL_RECORDS).iter().next()
    }
}

impl FromStr for Section {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|section| section.key() == key).ok_or(Problem::InvalidChoice)
    }
}
