use serde::{Deserialize, Serialize};

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
}
