use chrono::{DateTime, Utc};
use domain::AccountId;

use crate::{Result, db::Tx};

pub(in crate::billing) async fn is_known(tx: &mut Tx, account: AccountId, id: &str) -> Result<bool> {
    let is_known = sqlx::query_scalar!(
        r#"select exists (select 1 from gateway_notice where account_id = $1 and id = $2) as "is_known!""#,
        account.0,
        id,
    );
    Ok(is_known.fetch_one(&mut **tx).await?)
}

/// It was acted on; two that came at once are remembered once.
pub(in crate::billing) async fn remember(
    tx: &mut Tx,
    account: AccountId,
    id: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into gateway_notice (account_id, id, heard_at) values ($1, $2, $3) on conflict do nothing",
        account.0,
        id,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
