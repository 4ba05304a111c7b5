//! What the pages about profiles show.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Permission, PermissionSet, Profile, Unused};
use crate::{LoginId, MemberId, ProfileId};

/// When something was changed, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub at: DateTime<Utc>,
    /// None when Steward itself did it.
    pub by: Option<String>,
}

/// Somebody who holds a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileHolder {
    pub member: MemberId,
    pub name: String,
    /// With the login's id, the address of the photo; none for people without one.
    pub photo: Option<(LoginId, i32)>,
}

/// One line of the list of profiles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileRow {
    pub profile: Profile,
    /// Members who hold it, deactivated ones included.
    pub people: u64,
    /// The first few of them.
    pub faces: Vec<ProfileHolder>,
    pub changed: Changed,
    /// Whether who looks has a draft of it.
    pub has_draft: bool,
}

/// Everything a profile's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileDetails {
    pub profile: Profile,
    /// Members who hold it, deactivated ones included.
    pub people: u64,
    /// Open invitations to it.
    pub invited: u64,
    /// The first few members by name.
    pub holders: Vec<ProfileHolder>,
    pub changed: Changed,
    /// What the profile would hold with the draft of who looks; none without one.
    pub draft: Option<PermissionSet>,
}

/// A state that a profile has been in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileVersion {
    pub version: i32,
    pub name: String,
    pub description: String,
    pub permissions: PermissionSet,
    pub changed: Changed,
}

/// A profile that somebody could be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileChoice {
    pub id: ProfileId,
    pub name: String,
    pub permissions: PermissionSet,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    pub label: String,
    pub permissions: PermissionSet,
}

/// A permission that is kept although nobody used it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub permission: Permission,
    /// Why.
    pub note: String,
    pub changed: Changed,
}

/// What a profile opens and nobody uses, as far as Steward can see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileUse {
    /// What is not kept on purpose.
    pub unused: Vec<Unused>,
    pub kept: Vec<Kept>,
    /// The day from which on it is known what is used; none when nothing is yet.
    pub recorded_since: Option<NaiveDate>,
}

impl ProfileUse {
    /// Everything in [`Self::unused`].
    #[must_use]
    pub fn idle(&self) -> PermissionSet {
        self.unused.iter().map(|unused| unused.permission).collect()
    }
}
