use chrono::{DateTime, Utc};
use domain::AccountId;
use serde_json::Value;
use uuid::Uuid;

use crate::{Result, db::Tx};

/// The end of an account's chain.
pub(super) struct Head {
    pub number: i64,
    pub hash: Vec<u8>,
}

/// Locks the end of the chain until the transaction ends; makes it for a new account.
pub(super) async fn lock_head(tx: &mut Tx, account: AccountId) -> Result<Head> {
    let row = sqlx::query_as!(
        Head,
        "insert into activity_head (account_id, number, hash) values ($1, 0, $2)
         on conflict (account_id) do update set number = activity_head.number
         returning number, hash",
        account.0,
        &[0_u8; 32],
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row)
}

pub(super) struct NewRow<'a> {
    pub number: i64,
    pub at: DateTime<Utc>,
    pub member_id: Option<Uuid>,
    pub actor_name: &'a str,
    pub subject: Option<Uuid>,
    pub area: &'a str,
    pub event: &'a Value,
    pub previous_hash: &'a [u8],
    pub hash: &'a [u8],
}

pub(super) async fn insert(tx: &mut Tx, account: AccountId, row: &NewRow<'_>) -> Result<()> {
    sqlx::query!(
        "insert into activity (account_id, number, at, member_id, actor_name, subject_member_id, area, event,
                               previous_hash, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        account.0,
        row.number,
        row.at,
        row.member_id,
        row.actor_name,
        row.subject,
        row.area,
        row.event,
        row.previous_hash,
        row.hash,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(super) async fn move_head(tx: &mut Tx, account: AccountId, number: i64, hash: &[u8]) -> Result<()> {
    sqlx::query!(
        "update activity_head set number = $2, hash = $3 where account_id = $1",
        account.0,
        number,
        hash,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
