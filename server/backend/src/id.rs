//! The one place that makes ids. They are UUID v7 (RFC 9562), so that new rows stand together in the index; they are no secrets.

use chrono::{DateTime, Utc};
use uuid::{NoContext, Timestamp, Uuid};

/// A new id that sorts by `now` (milliseconds), with 74 random bits.
pub(crate) fn new<Id: From<Uuid>>(now: DateTime<Utc>) -> Id {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos())).into()
}

/// Many ids, as statements take them.
pub(crate) fn uuids<Id: Into<Uuid>>(ids: impl IntoIterator<Item = Id>) -> Vec<Uuid> {
    ids.into_iter().map(Into::into).collect()
}
