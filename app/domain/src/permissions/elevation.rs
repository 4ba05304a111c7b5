//! One permission beside what somebody's profile opens: asked for by them, given for a time or for good by somebody who holds it.

use std::str::FromStr;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{Permission, PermissionSet, may_grant};
use crate::{ElevationId, MemberId, Problem, Refusal};

/// Characters that the reason of a request may have.
pub const ELEVATION_NOTE_MAX_CHARS: usize = 300;
/// Requests of one person that may wait at a time.
pub const ELEVATIONS_OPEN_MAX: u32 = 10;

/// For how long a permission is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElevationTime {
    Hour,
    Day,
    ForGood,
}

impl ElevationTime {
    pub const ALL: [Self; 3] = [Self::Hour, Self::Day, Self::ForGood];

    /// As sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::ForGood => "for_good",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hour => "for an hour",
            Self::Day => "for a day",
            Self::ForGood => "for good",
        }
    }

    /// When it ends if it is given now; none for what has no end.
    #[must_use]
    pub fn ends_at(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Hour => Some(now + Duration::hours(1)),
            Self::Day => Some(now + Duration::days(1)),
            Self::ForGood => None,
        }
    }
}

impl FromStr for ElevationTime {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|time| time.key() == key).ok_or(Problem::InvalidChoice)
    }
}

/// Whether anybody could give this to a User beside their profile.
///
/// # Errors
/// [`Refusal::NotElevated`] for what only Admins may do, and for the scopes: which records somebody sees is no act for a time.
pub fn may_be_elevated(permission: Permission) -> Result<(), Refusal> {
    match permission.admin_only() || permission.is_scope() {
        true => Err(Refusal::NotElevated(permission)),
        false => Ok(()),
    }
}

/// Whether somebody who may give on `own` may give this to somebody else, refuse it to them or take it back.
///
/// # Errors
/// [`Refusal::NotElevated`]; [`Refusal::PermissionMissing`] naming what they lack.
pub fn may_elevate(own: PermissionSet, permission: Permission) -> Result<(), Refusal> {
    may_be_elevated(permission)?;
    may_grant(own, PermissionSet::EMPTY.switched_on(permission))
}

/// Why somebody asks, trimmed; may be empty.
///
/// # Errors
/// [`Refusal::Invalid`] for `note`.
pub fn check_elevation_note(note: &str) -> Result<String, Refusal> {
    super::profile::words(note, ELEVATION_NOTE_MAX_CHARS, false)
        .map_err(|problem| Refusal::field("note", problem))
}

/// What one person asked for, as it concerns them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberElevation {
    pub permission: Permission,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub asked_at: DateTime<Utc>,
    /// None while nobody has answered.
    pub given: Option<GivenElevation>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenElevation {
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub at: DateTime<Utc>,
    pub by: String,
    /// None for good.
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub ends_at: Option<DateTime<Utc>>,
}

/// What whoever decides about requests sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elevations {
    /// The oldest first.
    pub open: Vec<Elevation>,
    /// What is given now: what has no end, then the first to end first.
    pub running: Vec<Elevation>,
    /// There are more of one of them than are told.
    pub is_cut: bool,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elevation {
    pub id: ElevationId,
    pub member: MemberId,
    pub name: String,
    pub permission: Permission,
    /// Why they ask; may be empty.
    pub note: String,
    pub asked_at: DateTime<Utc>,
    /// None while nobody has answered.
    pub given: Option<GivenElevation>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back_from_what_is_sent_and_end_when_they_say() {
        let now = DateTime::UNIX_EPOCH;
        for time in ElevationTime::ALL {
            assert_eq!(time.key().parse(), Ok(time));
        }
        assert!("week".parse::<ElevationTime>().is_err());
        assert_eq!(ElevationTime::Hour.ends_at(now), Some(now + Duration::minutes(60)));
        assert_eq!(ElevationTime::Day.ends_at(now), Some(now + Duration::hours(24)));
        assert_eq!(ElevationTime::ForGood.ends_at(now), None);
    }

    #[test]
    fn what_only_admins_may_do_and_scopes_are_nobodys_to_give() {
        for permission in Permission::ALL.iter().copied() {
            let never = permission.admin_only() || permission.is_scope();
            let everything = may_elevate(PermissionSet::everything(), permission);
            assert_eq!(everything, if never { Err(Refusal::NotElevated(permission)) } else { Ok(()) });
        }
    }

    #[test]
    fn a_reason_may_be_empty_but_not_endless() {
        assert_eq!(check_elevation_note("  "), Ok(String::new()));
        assert!(check_elevation_note(&"x".repeat(301)).is_err());
        assert!(check_elevation_note("a\nb").is_err());
    }
}
