//! Permissions that are held and not used: told of a person and of a profile, and kept on purpose where somebody says why.
//!
//! Only what Steward's own use cases ask for can be seen. A day is a day of the account's calendar.

mod keep;
mod member;
mod profile;

use chrono::{DateTime, Duration, NaiveDate, Utc};
pub use keep::{keep_permission, stop_keeping_permission};
pub(crate) use member::by_member;
pub use member::member_unused;
pub use profile::profile_use;
pub(super) use profile::use_of;

use super::queries;
use crate::{Result, account, account::zone::local_day, db::Tx};
use domain::{AccountId, permissions::UNUSED_DAYS};

/// The calendar that uses are judged by.
struct Calendar {
    time_zone: String,
    today: NaiveDate,
    /// None when nothing was ever used here.
    recorded_since: Option<NaiveDate>,
    /// What was held before does not change what is told.
    from: DateTime<Utc>,
}

impl Calendar {
    async fn of(tx: &mut Tx, account: AccountId, now: DateTime<Utc>) -> Result<Self> {
        let time_zone = account::time_zone(tx, account).await?;
        let recorded_since = queries::uses::first_day(tx, account).await?;
        // One day more, as days begin at different instants in different places.
        let from = now - Duration::days(i64::from(UNUSED_DAYS[0]) + 1);
        Ok(Self { today: local_day(now, &time_zone), time_zone, recorded_since, from })
    }

    fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        local_day(at, &self.time_zone)
    }
}
