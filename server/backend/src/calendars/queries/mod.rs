//! All SQL of this area, by noun.

pub(super) mod appointment;
pub(super) mod calendar;
pub(super) mod crossing;
pub(super) mod handed_place;
pub(super) mod handing;
pub(super) mod held;
pub(super) mod host;
pub(super) mod hours;
pub(super) mod listing;
pub(super) mod person;
pub(super) mod place;
pub(super) mod round;
pub(super) mod rule;
pub(super) mod time_off;

use domain::{
    LoginId, PersonName,
    calendars::{CalendarName, HostName, HostTerms},
};
use uuid::Uuid;

use crate::{
    Error, Result,
    stored::{key, number},
};

/// A stored number that was checked when it was written.
fn small(stored: i32) -> Result<u32> {
    u32::try_from(stored).map_err(Error::internal)
}

fn stored(checked: u32) -> Result<i32> {
    i32::try_from(checked).map_err(Error::internal)
}

fn terms(weight: i32, priority: &str, ramp_up_weeks: i32) -> Result<HostTerms> {
    Ok(HostTerms { weight: small(weight)?, priority: key(priority)?, ramp_up_weeks: small(ramp_up_weeks)? })
}

fn calendar_name(id: Uuid, name: String, colour: &str, kind: &str) -> Result<CalendarName> {
    Ok(CalendarName { id: id.into(), name, colour: key(colour)?, kind: key(kind)? })
}

struct HostRow {
    id: Uuid,
    login_id: Uuid,
    first_name: String,
    last_name: String,
    is_active: bool,
    photo_version: Option<i32>,
}

impl From<HostRow> for HostName {
    fn from(row: HostRow) -> Self {
        Self {
            member: row.id.into(),
            name: PersonName { first: row.first_name, last: row.last_name }.full(),
            photo: row.photo_version.map(|version| (LoginId(row.login_id), version)),
            is_active: row.is_active,
        }
    }
}
