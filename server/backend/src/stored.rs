//! What the database holds, as the domain's values. It was checked when it was written; anything else is a bug of ours.

use std::str::FromStr;

use domain::staff::Group;

use crate::{Error, Result};

pub(crate) fn number(count: i64) -> Result<u64> {
    u64::try_from(count).map_err(Error::internal)
}

/// A key of one of our enums.
pub(crate) fn key<T: FromStr>(stored: &str) -> Result<T> {
    stored.parse().map_err(|_unknown| Error::internal(format!("an unknown key is stored: {stored:?}")))
}

/// How many of the colleagues with a role and profile are somewhere; none where nobody is.
pub(crate) fn group(
    role: Option<&str>,
    profile: Option<&str>,
    joined: Option<i64>,
    all: Option<i64>,
) -> Result<Option<Group>> {
    let (Some(role), Some(joined), Some(all)) = (role, joined, all) else { return Ok(None) };
    Ok(Some(Group::new(key(role)?, profile, number(joined)?, number(all)?)))
}
