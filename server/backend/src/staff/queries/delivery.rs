use chrono::{DateTime, Utc};
use domain::{AccountId, Email, InvitationId, PersonName, staff::Delivery};

use crate::{Error, Result, db::Tx};

/// The stored columns of a delivery as one value.
pub(super) fn delivery(key: &str, reason: Option<String>, at: Option<DateTime<Utc>>) -> Result<Delivery> {
    match (key, reason, at) {
        ("queued", ..) => Ok(Delivery::Queued),
        ("sent", _, Some(at)) => Ok(Delivery::Sent { at }),
        ("failed", Some(reason), _) => Ok(Delivery::Failed { reason }),
        (other, ..) => Err(Error::internal(format!("an invitation's delivery is {other:?}"))),
    }
}

pub(in crate::staff) async fn mark_sent(
    tx: &mut Tx,
    account: AccountId,
    id: InvitationId,
    version: i32,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update invitation set delivery = 'sent', delivered_at = $4, delivery_reason = null
         where account_id = $1 and id = $2 and version = $3",
        account.0,
        id.0,
        version,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whom an invitation could not reach.
pub(in crate::staff) struct Unreached {
    pub name: PersonName,
    pub email: Email,
}

/// None when that was known already, or another link replaced this one.
pub(in crate::staff) async fn mark_failed(
    tx: &mut Tx,
    account: AccountId,
    id: InvitationId,
    version: i32,
    reason: &str,
) -> Result<Option<Unreached>> {
    let row = sqlx::query!(
        "update invitation set delivery = 'failed', delivery_reason = $4, delivered_at = null
         where account_id = $1 and id = $2 and version = $3 and delivery <> 'failed'
         returning first_name, last_name, email",
        account.0,
        id.0,
        version,
        reason,
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let name = PersonName { first: row.first_name, last: row.last_name };
    Ok(Some(Unreached { name, email: Email::parse(&row.email).map_err(Error::internal)? }))
}
