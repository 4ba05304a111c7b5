use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Delivery, LastDay};
use crate::{Email, InvitationId, LoginId, MemberId, Problem, ProfileId, Role};

/// Members and invited people stand in one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffId {
    Member(MemberId),
    Invitation(InvitationId),
}

/// One line of My Staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRow {
    pub id: StaffId,
    pub name: String,
    pub email: Email,
    pub role: Role,
    /// The profile's name; none for Admins and for the built-in set.
    pub profile: Option<String>,
    pub status: StaffStatus,
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub last_active_at: Option<DateTime<Utc>>,
    /// With the login's id, the address of the photo; none for people without one.
    pub photo: Option<(LoginId, i32)>,
    /// The invited person asked for a new link.
    pub asked_again: bool,
    /// Of a guest.
    pub last_day: Option<LastDay>,
    /// What they miss to be able to work, in words; empty for nothing, and where that is not for the viewer.
    pub missing: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffStatus {
    Active,
    Invited {
        #[serde(with = "chrono::serde::ts_microseconds")]
        expires_at: DateTime<Utc>,
        delivery: Delivery,
    },
    Expired {
        #[serde(with = "chrono::serde::ts_microseconds")]
        expired_at: DateTime<Utc>,
    },
    /// Listed only while the person's request for a new link waits for an answer.
    Revoked,
    Deactivated,
}

impl StaffStatus {
    /// Whole days until an invitation dies; none for everybody else.
    #[must_use]
    pub fn days_left(&self, now: DateTime<Utc>) -> Option<i64> {
        match self {
            Self::Invited { expires_at, .. } => super::invitation::days_left(*expires_at, now),
            _ => None,
        }
    }
}

/// What My Staff shows, as it stands in the address of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffFilter {
    /// Part of a name or an address; empty for everybody.
    pub search: String,
    pub status: Option<StatusFilter>,
    pub role: Option<Role>,
    /// Only those who hold this profile, or are invited to it.
    pub profile: Option<ProfileId>,
    /// For whoever edits staff; nobody else learns who is ready.
    pub readiness: Option<ReadinessFilter>,
    pub sort: StaffSort,
    pub direction: SortDirection,
    /// Counted from 1.
    pub page: u32,
}

macro_rules! keyed {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $key:literal $label:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { #[default] $($variant),* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As it stands in addresses.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
        }
        impl FromStr for $name {
            type Err = Problem;
            fn from_str(key: &str) -> Result<Self, Problem> {
                Self::ALL.iter().copied().find(|v| v.key() == key).ok_or(Problem::InvalidChoice)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.label())
            }
        }
    };
}

keyed! {
    /// Which part of the list.
    StatusFilter {
        Active "active" "Active",
        Invited "invited" "Invited",
        Expired "expired" "Invitation expired",
        Deactivated "deactivated" "Deactivated",
        AskedAgain "asked" "Asked for a new link",
    }
}

keyed! {
    /// Whether they can work.
    ReadinessFilter {
        Red "red" "Not ready",
        Green "green" "Ready",
    }
}

keyed! {
    /// By which column.
    StaffSort {
        Name "name" "Name",
        Email "email" "E-mail",
        Role "role" "Role",
        Status "status" "Status",
        LastActive "last_active" "Last active",
    }
}

keyed! {
    SortDirection {
        Ascending "asc" "Ascending",
        Descending "desc" "Descending",
    }
}
