use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Area, Event};
use crate::{ActivityExportId, MemberId};

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityRow {
    /// Counts from 1 in each account, without gaps.
    pub number: i64,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub at: DateTime<Utc>,
    /// None when Steward itself or the operator did it.
    pub member: Option<MemberId>,
    /// As the person was called then.
    pub actor_name: String,
    pub event: Event,
}

impl ActivityRow {
    /// The whole line: who did what.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("{} {}", self.actor_name, self.event.sentence())
    }
}

/// What the activity page shows, as it stands in the address of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityFilter {
    /// Did it, or had it done to them.
    pub member: Option<MemberId>,
    /// Only what Steward itself or the operator did.
    pub by_steward: bool,
    pub area: Option<Area>,
    /// First local day, in the account's zone.
    pub from: Option<NaiveDate>,
    /// Last local day, in the account's zone.
    pub to: Option<NaiveDate>,
    /// Counted from 1.
    pub page: u32,
}

/// The first row whose hash does not follow from what stands before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainBreak {
    pub number: i64,
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub at: Option<DateTime<Utc>>,
    /// What is wrong, in words.
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    pub rows: u64,
    pub first_break: Option<ChainBreak>,
}

/// One requested file of activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportState {
    pub id: ActivityExportId,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub requested_at: DateTime<Utc>,
    /// None while it is being written.
    pub ready_rows: Option<u64>,
    /// Never finished: whoever asked for it lost the right to have it meanwhile.
    pub stopped: bool,
}

/// Somebody whose activity can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityPerson {
    pub id: MemberId,
    pub name: String,
}
