use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    MemberId,
    activity::{ActivityFilter, ActivityRow, Area, Event},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::account::zone;

/// A filter with its days turned into instants. Stored with an export: because rows are only ever added, it and
/// `last_number` decide every byte of the file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Scope {
    pub member: Option<MemberId>,
    pub by_steward: bool,
    pub area: Option<Area>,
    pub from: Option<DateTime<Utc>>,
    pub before: Option<DateTime<Utc>>,
    pub last_number: i64,
    pub time_zone: String,
}

impl Scope {
    pub(super) fn new(filter: &ActivityFilter, time_zone: String, last_number: i64) -> Self {
        let start = |day: NaiveDate| zone::start_of_day(day, &time_zone);
        let from = filter.from.map(start);
        let before = filter.to.and_then(|day| day.checked_add_days(Days::new(1))).map(start);
        let ActivityFilter { member, by_steward, area, .. } = *filter;
        Self { member, by_steward, area, from, before, last_number, time_zone }
    }

    pub(super) fn area_key(&self) -> Option<&'static str> {
        self.area.map(Area::key)
    }
}

/// A row as it was found.
pub(super) struct Found {
    pub number: i64,
    pub at: DateTime<Utc>,
    pub member_id: Option<Uuid>,
    pub actor_name: String,
    pub event: Value,
}

impl From<Found> for ActivityRow {
    fn from(row: Found) -> Self {
        Self {
            number: row.number,
            at: row.at,
            member: row.member_id.map(MemberId::from),
            actor_name: row.actor_name,
            // One row that somebody broke must not hide all the others.
            event: serde_json::from_value(row.event).unwrap_or(Event::Unknown),
        }
    }
}
