use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId,
    calendars::{Readiness, readiness},
};

use crate::{Result, db::Tx, staff::queries};

/// What somebody misses themselves to be able to work.
pub(crate) async fn own_missing(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<Vec<Readiness>> {
    let found = queries::member::find(tx, account, member, now).await?;
    let lines = found.map(|found| readiness(&found.places.of_member(found.details.assignment.permissions)));
    Ok(lines.into_iter().flatten().filter(|line| !line.is_ready).collect())
}
