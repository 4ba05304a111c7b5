use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::PhoneNumber;
use crate::{Email, LoginId, MemberId, PersonName, Role};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    Active,
    /// Cannot enter the account; keeps everything for the day they come back.
    Deactivated,
    /// Gone from the account; only their history stays.
    Removed,
}

/// Everything a member's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDetails {
    pub id: MemberId,
    pub login_id: LoginId,
    pub name: PersonName,
    pub email: Email,
    pub phone: Option<PhoneNumber>,
    pub role: Role,
    pub state: MemberState,
    pub joined_at: DateTime<Utc>,
    pub last_active_at: Option<DateTime<Utc>>,
    /// Counts changes, so that two editors notice each other.
    pub version: i32,
    pub photo_version: Option<i32>,
}
