pub(super) mod application;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId, Role, Slug,
    account::{Account, Joined},
};
use uuid::Uuid;

use super::{Business, Founder, PublicAccount};
use crate::{Error, Result, db::Tx, permissions::keys_of};

/// Whether the account exists; if so it is locked until the transaction ends. Not against references to it: rows of other tables,
/// the log's above all, are written by people who do not wait for this lock.
pub(super) async fn lock(tx: &mut Tx, account: AccountId) -> Result<bool> {
    let found = sqlx::query_scalar!("select true from account where id = $1 for no key update", account.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}

pub(super) async fn time_zone(tx: &mut Tx, account: AccountId) -> Result<Option<String>> {
    let row = sqlx::query_scalar!("select time_zone from account where id = $1", account.0);
    Ok(row.fetch_optional(&mut **tx).await?)
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
    // The public address is the name, where it is not taken; else the trigger finds one.
    for is_named in [true, false] {
        let done = sqlx::query!(
            "insert into account (id, name, time_zone, country, currency, language, created_at, slug)
             values ($1, $2, $3, $4, $5, 'en', $6, case when $7 then slug_from($2) end)
             on conflict (slug) do nothing",
            account.0,
            business.name,
            business.time_zone,
            business.country,
            currency,
            now,
            is_named,
        )
        .execute(&mut **tx)
        .await?;
        if done.rows_affected() == 1 {
            return Ok(());
        }
    }
    Err(Error::internal("no public address was found for an account"))
}

/// An account by its public address, which the transaction then works for.
pub(super) async fn enter(tx: &mut Tx, slug: &Slug) -> Result<Option<PublicAccount>> {
    let row = sqlx::query!(
        "select id, name, time_zone, set_config('app.account_id', id::text, true) as entered from account where slug = $1",
        slug.as_str(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| PublicAccount { id: row.id.into(), name: row.name, time_zone: row.time_zone }))
}

pub(super) async fn slug(tx: &mut Tx, account: AccountId) -> Result<Option<String>> {
    let slug = sqlx::query_scalar!("select slug from account where id = $1", account.0);
    Ok(slug.fetch_optional(&mut **tx).await?)
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

pub(super) struct StaffCounts {
    pub active: i64,
    pub deactivated: i64,
    pub pending: i64,
    pub expired: i64,
    /// Requests for access that wait for an answer.
    pub requests: i64,
    /// Members who cannot work; 0 where they are not counted.
    pub not_ready: i64,
}

pub(super) async fn staff_counts(
    tx: &mut Tx,
    account: AccountId,
    now: DateTime<Utc>,
    counts_ready: bool,
) -> Result<StaffCounts> {
    let counts = sqlx::query_as!(
        StaffCounts,
        r#"select
             (select count(*) from member where account_id = $1 and state = 'active') as "active!",
             (select count(*) from member where account_id = $1 and state = 'deactivated') as "deactivated!",
             (select count(*) from invitation
              where account_id = $1 and state = 'open' and expires_at > $2) as "pending!",
             (select count(*) from invitation
              where account_id = $1 and state = 'open' and expires_at <= $2) as "expired!",
             (select count(*) from elevation e
              join member m on m.account_id = e.account_id and m.id = e.member_id and m.state = 'active' and m.role = 'user'
              where e.account_id = $1 and e.verdict is null) as "requests!",
             (select count(*) from members_not_ready($1, $3, $2) where $4) as "not_ready!""#,
        account.0,
        now,
        &keys_of(Role::User.permissions()),
        counts_ready,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(counts)
}

pub(super) struct InNeed {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub expires_at: DateTime<Utc>,
    pub delivery_reason: Option<String>,
    pub asked_again_at: Option<DateTime<Utc>>,
}

/// Open invitations that somebody asked about, that could not be delivered or that have died, in this order.
pub(super) async fn in_need(
    tx: &mut Tx,
    account: AccountId,
    now: DateTime<Utc>,
    most: i64,
) -> Result<Vec<InNeed>> {
    let rows = sqlx::query_as!(
        InNeed,
        r#"select id, trim(first_name || ' ' || last_name) as "name!", email, expires_at, delivery_reason, asked_again_at
           from invitation
           where account_id = $1 and state = 'open'
             and (asked_again_at is not null or delivery = 'failed' or expires_at <= $2)
           order by asked_again_at is null, asked_again_at desc, delivery <> 'failed', expires_at desc, id
           limit $3"#,
        account.0,
        now,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// The latest first.
pub(super) async fn joined_since(
    tx: &mut Tx,
    account: AccountId,
    since: DateTime<Utc>,
    most: i64,
) -> Result<Vec<Joined>> {
    let rows = sqlx::query_as!(
        Joined,
        r#"select id, trim(first_name || ' ' || last_name) as "name!", joined_at as at from member
           where account_id = $1 and state = 'active' and joined_at >= $2
           order by joined_at desc, id limit $3"#,
        account.0,
        since,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}
