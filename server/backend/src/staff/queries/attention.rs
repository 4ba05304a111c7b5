use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{AccountId, Email, MemberId, Role};

use crate::{Error, Result, db::Tx};

/// Since when what was found at the last look is there, by its key.
pub(in crate::staff) async fn known(
    tx: &mut Tx,
    account: AccountId,
) -> Result<HashMap<String, DateTime<Utc>>> {
    let rows = sqlx::query!("select key, since from attention where account_id = $1", account.0)
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.since)).collect())
}

/// Keeps exactly these from now on; what was known before keeps its time.
pub(in crate::staff) async fn keep(
    tx: &mut Tx,
    account: AccountId,
    keys: &[String],
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "with gone as (delete from attention where account_id = $1 and not key = any ($2))
         insert into attention (account_id, key, since) select $1, key, $3 from unnest($2::text[]) as found (key)
         on conflict do nothing",
        account.0,
        keys,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a look over an account goes by.
pub(in crate::staff) struct Looked {
    pub time_zone: String,
    /// Whether Admins get a mail.
    pub mails: bool,
    /// The day of the account on which it was looked over last.
    pub on: Option<NaiveDate>,
}

pub(in crate::staff) async fn looked(tx: &mut Tx, account: AccountId) -> Result<Option<Looked>> {
    let row = sqlx::query_as!(
        Looked,
        r#"select time_zone, attention_mails as mails, looked_over_on as "on" from account where id = $1"#,
        account.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

pub(in crate::staff) async fn set_looked(tx: &mut Tx, account: AccountId, on: NaiveDate) -> Result<()> {
    sqlx::query!("update account set looked_over_on = $2 where id = $1", account.0, on)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub(in crate::staff) async fn set_mails(tx: &mut Tx, account: AccountId, on: bool) -> Result<()> {
    sqlx::query!("update account set attention_mails = $2 where id = $1", account.0, on)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Everybody who looks after the account.
pub(in crate::staff) async fn admins(
    tx: &mut Tx,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<MemberId>> {
    let ids = sqlx::query_scalar!(
        "select m.id from member m join account a on a.id = m.account_id
         where m.account_id = $1 and m.role = $2 and m.state = 'active'
           and not access_has_ended(m.last_day, a.time_zone, $3)",
        account.0,
        Role::Admin.key(),
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(MemberId::from).collect())
}

/// Whom a mail about it goes to.
pub(in crate::staff) struct Receiver {
    pub email: Email,
    pub first_name: String,
    pub account_name: String,
}

/// None when they do not look after the account any more.
pub(in crate::staff) async fn receiver(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Option<Receiver>> {
    let row = sqlx::query!(
        "select l.email, m.first_name, a.name as account_name
         from member m join login l on l.id = m.login_id join account a on a.id = m.account_id
         where m.account_id = $1 and m.id = $2 and m.state = 'active' and m.role = $3 and a.attention_mails",
        account.0,
        member.0,
        Role::Admin.key(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        let email = Email::parse(&row.email).map_err(Error::internal)?;
        Ok(Receiver { email, first_name: row.first_name, account_name: row.account_name })
    })
    .transpose()
}
