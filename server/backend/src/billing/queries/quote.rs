use chrono::{DateTime, Utc};
use domain::{AccountId, MemberId, QuoteId, billing::Offer};
use serde_json::json;

use crate::{Result, db::Tx};

pub(in crate::billing) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    id: QuoteId,
    offer: &Offer,
    made_by: MemberId,
) -> Result<()> {
    sqlx::query!(
        "insert into billing_quote (account_id, id, offer, made_by, made_at) values ($1, $2, $3, $4, $5)",
        account.0,
        id.0,
        json!(offer),
        made_by.0,
        offer.made().at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An offer, and when it was accepted.
pub(in crate::billing) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: QuoteId,
) -> Result<Option<(Offer, Option<DateTime<Utc>>)>> {
    let row = sqlx::query!(
        "select offer, accepted_at from billing_quote where account_id = $1 and id = $2",
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| Ok((serde_json::from_value(row.offer)?, row.accepted_at))).transpose()
}

pub(in crate::billing) async fn accepted(
    tx: &mut Tx,
    account: AccountId,
    id: QuoteId,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update billing_quote set accepted_at = $3 where account_id = $1 and id = $2",
        account.0,
        id.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
