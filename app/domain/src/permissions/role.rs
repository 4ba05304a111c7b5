use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Permission as P, PermissionSet};
use crate::Problem;

/// What a member is in an account. Profiles fine-tune Users; they never touch the floor below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything.
    Admin,
    /// Operational access; never billing changes, account settings or removing people.
    User,
}

/// What a User without a profile may do: daily work, nothing that deletes, exports, sends to many or administers.
const STANDARD_USER: PermissionSet = PermissionSet::of(&[
    P::DashboardView,
    P::ContactsView,
    P::ContactsCreate,
    P::ContactsEdit,
    P::ContactsManageTags,
    P::ContactsAllRecords,
    P::ConversationsView,
    P::ConversationsReply,
    P::ConversationsStart,
    P::ConversationsInternalNotes,
    P::ConversationsAllRecords,
    P::OpportunitiesView,
    P::OpportunitiesCreate,
    P::OpportunitiesEdit,
    P::OpportunitiesMoveStage,
    P::OpportunitiesAllRecords,
    P::CalendarsView,
    P::CalendarsBook,
    P::CalendarsBlockTime,
    P::CalendarsAllRecords,
    P::ReportingView,
    P::ReportingOwnFigures,
    P::SettingsView,
    P::SettingsViewStaff,
]);

impl Role {
    pub const ALL: [Self; 2] = [Self::Admin, Self::User];

    /// The permissions of this role without a profile.
    #[must_use]
    pub const fn permissions(self) -> PermissionSet {
        match self {
            Self::Admin => PermissionSet::everything(),
            Self::User => STANDARD_USER,
        }
    }

    /// As stored and sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::User => "user",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Admin => "Admin",
            Self::User => "User",
        }
    }

    /// One sentence for the person who chooses.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Admin => "Full access, including billing, account settings and removing people.",
            Self::User => "Operational access. Cannot change billing or account settings, or remove people.",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl FromStr for Role {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.key() == key).ok_or(Problem::InvalidChoice)
    }
}
