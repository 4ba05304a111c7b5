use chrono::{DateTime, Utc};
use domain::{AccountId, MemberId, Role, account::Account};

use super::{Business, Founder};
use crate::{Result, db::Tx};

/// Whether the account exists; if so it is locked until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, account: AccountId) -> Result<bool> {
    let found = sqlx::query_scalar!("select true from account where id = $1 for update", account.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}

pub(super) async fn account(tx: &mut Tx, account: AccountId) -> Result<Option<Account>> {
    let row = sqlx::query_as!(
        Account,
        r#"select id, name, time_zone, country, currency, language from account where id = $1"#,
        account.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

pub(super) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    business: &Business,
    currency: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into account (id, name, time_zone, country, currency, language, created_at)
         values ($1, $2, $3, $4, $5, 'en', $6)",
        account.0,
        business.name,
        business.time_zone,
        business.country,
        currency,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(super) async fn insert_founder(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    founder: &Founder,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into member (account_id, id, login_id, first_name, last_name, role, joined_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        account.0,
        member.0,
        founder.login_id.0,
        founder.name.first,
        founder.name.last,
        Role::Admin.key(),
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(super) async fn change(tx: &mut Tx, account: AccountId, business: &Business) -> Result<()> {
    sqlx::query!(
        "update account set name = $2, time_zone = $3, country = $4 where id = $1",
        account.0,
        business.name,
        business.time_zone,
        business.country,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
