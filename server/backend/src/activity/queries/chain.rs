use chrono::{DateTime, Utc};
use domain::AccountId;
use serde_json::Value;
use uuid::Uuid;

use crate::{Result, db::Tx};

/// What the first row of a chain follows from.
pub(in crate::activity) const FIRST_HASH: [u8; 32] = [0; 32];

/// The end of an account's chain.
pub(in crate::activity) struct Head {
    pub number: i64,
    pub hash: Vec<u8>,
}

/// Locks the end of the chain until the transaction ends; makes it for a new account.
pub(in crate::activity) async fn lock_head(tx: &mut Tx, account: AccountId) -> Result<Head> {
    let row = sqlx::query_as!(
        Head,
        "insert into activity_head (account_id, number, hash) values ($1, 0, $2)
         on conflict (account_id) do update set number = activity_head.number
         returning number, hash",
        account.0,
        &FIRST_HASH,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row)
}

pub(in crate::activity) struct NewRow<'a> {
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

pub(in crate::activity) async fn insert(tx: &mut Tx, account: AccountId, row: &NewRow<'_>) -> Result<()> {
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

pub(in crate::activity) async fn move_head(
    tx: &mut Tx,
    account: AccountId,
    number: i64,
    hash: &[u8],
) -> Result<()> {
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

/// The end of the chain as it was written, and the last row that really stands there; from one snapshot.
pub(in crate::activity) struct End {
    pub number: i64,
    pub hash: Vec<u8>,
    pub last_row: i64,
}

pub(in crate::activity) async fn end(tx: &mut Tx, account: AccountId) -> Result<End> {
    let end = sqlx::query_as!(
        End,
        r#"select coalesce((select number from activity_head where account_id = $1), 0) as "number!",
                  coalesce((select hash from activity_head where account_id = $1), $2) as "hash!",
                  coalesce((select max(number) from activity where account_id = $1), 0) as "last_row!""#,
        account.0,
        &FIRST_HASH,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(end)
}

pub(in crate::activity) struct StoredRow {
    pub number: i64,
    pub at: DateTime<Utc>,
    pub member_id: Option<Uuid>,
    pub actor_name: String,
    pub subject_member_id: Option<Uuid>,
    pub area: String,
    pub event: Value,
    pub previous_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

/// Rows after `number`, in order, at most `most`.
pub(in crate::activity) async fn rows_after(
    tx: &mut Tx,
    account: AccountId,
    number: i64,
    most: i64,
) -> Result<Vec<StoredRow>> {
    let rows = sqlx::query_as!(
        StoredRow,
        "select number, at, member_id, actor_name, subject_member_id, area, event, previous_hash, hash
         from activity where account_id = $1 and number > $2 order by number limit $3",
        account.0,
        number,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}
