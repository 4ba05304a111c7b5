use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{LastDay, PhoneNumber};
use crate::{Email, LoginId, MemberId, PersonName, Problem, permissions::Assignment};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    Active,
    /// Cannot enter the account; keeps everything for the day they come back.
    Deactivated,
    /// Gone from the account; only their history stays.
    Removed,
}

impl MemberState {
    pub const ALL: [Self; 3] = [Self::Active, Self::Deactivated, Self::Removed];

    /// As stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deactivated => "deactivated",
            Self::Removed => "removed",
        }
    }
}

impl FromStr for MemberState {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|state| state.key() == key).ok_or(Problem::InvalidChoice)
    }
}

/// Everything a member's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDetails {
    pub id: MemberId,
    pub login_id: LoginId,
    pub name: PersonName,
    pub email: Email,
    pub phone: Option<PhoneNumber>,
    pub assignment: Assignment,
    pub state: MemberState,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub joined_at: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub last_active_at: Option<DateTime<Utc>>,
    /// Counts changes, so that two editors notice each other.
    pub version: i32,
    pub photo_version: Option<i32>,
    /// Of a guest.
    pub last_day: Option<LastDay>,
}

/// What was typed into a member's edit page, unchecked. The e-mail is the person's own and is not here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberForm {
    /// [`MemberDetails::version`] as the editor saw it.
    pub version: i32,
    pub first_name: String,
    pub last_name: String,
    /// May be empty, and may be in the national form of the account's country.
    pub phone: String,
    /// [`crate::Role::key`].
    pub role: String,
    /// A [`crate::ProfileId`]; empty for the built-in set.
    pub profile: String,
    /// Not empty for "only what is assigned to them".
    pub only_assigned: String,
    /// A [`LastDay`]; empty for everybody but guests.
    pub last_day: String,
    /// Where they should be by hand, and where the form showed them, as [`super::Moves::check`] reads it.
    pub places: Vec<String>,
    pub shown_places: Vec<String>,
}
