use chrono::{DateTime, Utc};
use domain::AccountId;
use serde::Serialize;

use crate::{Backend, Result, db::Db};

/// One account as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OperatedAccount {
    pub id: AccountId,
    pub name: String,
    /// Members that are not removed.
    pub members: i64,
    pub created_at: DateTime<Utc>,
}

/// Every account of the installation, the newest first.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn accounts(backend: &Backend) -> Result<Vec<OperatedAccount>> {
    let mut tx = backend.db.operator().await?;
    let rows = sqlx::query!("select id, name, created_at from account order by created_at desc, id")
        .fetch_all(&mut *tx)
        .await?;
    let mut accounts = Vec::with_capacity(rows.len());
    for row in rows {
        // Inside an account only its own rows are visible, to the operator as to everybody: so it is entered.
        Db::enter(&mut tx, row.id.into()).await?;
        let members = sqlx::query_scalar!(
            r#"select count(*) as "count!" from member where account_id = $1 and state <> 'removed'"#,
            row.id,
        )
        .fetch_one(&mut *tx)
        .await?;
        accounts.push(OperatedAccount {
            id: row.id.into(),
            name: row.name,
            members,
            created_at: row.created_at,
        });
    }
    tx.commit().await?;
    Ok(accounts)
}

/// Every account's id, for what has to be done in all of them.
pub(crate) async fn account_ids(backend: &Backend) -> Result<Vec<AccountId>> {
    let mut tx = backend.db.operator().await?;
    let ids = sqlx::query_scalar!("select id from account order by id").fetch_all(&mut *tx).await?;
    tx.commit().await?;
    Ok(ids.into_iter().map(AccountId).collect())
}
