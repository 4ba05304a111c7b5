use chrono::{DateTime, Utc};
use domain::{AccountId, ActivityExportId, MemberId};
use serde_json::Value;
use uuid::Uuid;

use crate::{Result, db::Tx};

pub(in crate::activity) async fn insert_export(
    tx: &mut Tx,
    account: AccountId,
    id: ActivityExportId,
    requested_by: MemberId,
    now: DateTime<Utc>,
    scope: &Value,
) -> Result<()> {
    sqlx::query!(
        "insert into activity_export (account_id, id, requested_by, requested_at, filter)
         values ($1, $2, $3, $4, $5)",
        account.0,
        id.0,
        requested_by.0,
        now,
        scope,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::activity) async fn delete_exports_before(
    tx: &mut Tx,
    account: AccountId,
    before: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "delete from activity_export where account_id = $1 and requested_at < $2",
        account.0,
        before
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::activity) struct Unwritten {
    /// What it is to hold.
    pub filter: Value,
    pub requested_by: MemberId,
}

/// None when it is written or stopped already, or gone.
pub(in crate::activity) async fn unwritten(
    tx: &mut Tx,
    account: AccountId,
    id: ActivityExportId,
) -> Result<Option<Unwritten>> {
    let found = sqlx::query_as!(
        Unwritten,
        "select filter, requested_by from activity_export
         where account_id = $1 and id = $2 and content is null and not stopped",
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found)
}

pub(in crate::activity) async fn stop(tx: &mut Tx, account: AccountId, id: ActivityExportId) -> Result<()> {
    sqlx::query!(
        "update activity_export set stopped = true where account_id = $1 and id = $2 and content is null",
        account.0,
        id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Stores the file unless another worker was quicker.
pub(in crate::activity) async fn store_file(
    tx: &mut Tx,
    account: AccountId,
    id: ActivityExportId,
    rows: i64,
    content: &[u8],
) -> Result<()> {
    sqlx::query!(
        "update activity_export set row_count = $3, content = $4
         where account_id = $1 and id = $2 and content is null",
        account.0,
        id.0,
        rows,
        content,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::activity) struct Export {
    pub id: Uuid,
    pub requested_at: DateTime<Utc>,
    pub row_count: Option<i64>,
    pub stopped: bool,
}

/// The newest first.
pub(in crate::activity) async fn exports(
    tx: &mut Tx,
    account: AccountId,
    since: DateTime<Utc>,
    most: i64,
) -> Result<Vec<Export>> {
    let exports = sqlx::query_as!(
        Export,
        "select id, requested_at, row_count, stopped from activity_export
         where account_id = $1 and requested_at >= $2 order by requested_at desc, id desc limit $3",
        account.0,
        since,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(exports)
}

pub(in crate::activity) async fn file(
    tx: &mut Tx,
    account: AccountId,
    id: ActivityExportId,
    since: DateTime<Utc>,
) -> Result<Option<Vec<u8>>> {
    let content = sqlx::query_scalar!(
        "select content from activity_export where account_id = $1 and id = $2 and requested_at >= $3",
        account.0,
        id.0,
        since,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(content.flatten())
}
