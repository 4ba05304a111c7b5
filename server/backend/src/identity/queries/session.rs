use chrono::{DateTime, Utc};
use domain::{
    AccountId, LoginId, SessionId,
    identity::{SESSION_ABSOLUTE_DAYS, SESSION_IDLE_HOURS, SessionRow, SessionTimes, device_label},
};
use uuid::Uuid;

use crate::{Result, db::Tx};

/// A session and whose it is.
pub(crate) struct Found {
    pub id: SessionId,
    pub login_id: LoginId,
    pub current_account_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub proved_at: DateTime<Utc>,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub photo_version: Option<i32>,
    pub preview: Option<String>,
}

impl Found {
    pub(crate) fn times(&self) -> SessionTimes {
        SessionTimes {
            created_at: self.created_at,
            last_seen_at: self.last_seen_at,
            proved_at: self.proved_at,
        }
    }
}

pub(crate) async fn find(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<Found>> {
    let found = sqlx::query_as!(
        Found,
        r#"select s.id, s.login_id, s.current_account_id, s.created_at, s.last_seen_at, s.proved_at,
                  s.preview, l.email, l.first_name, l.last_name, p.version as "photo_version?"
           from session s
           join login l on l.id = s.login_id
           left join login_photo p on p.login_id = l.id
           where s.token_hash = $1"#,
        token_hash,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found)
}

pub(crate) struct NewSession<'a> {
    pub id: SessionId,
    pub login_id: LoginId,
    pub token_hash: &'a [u8],
    pub account: Option<AccountId>,
    pub user_agent: &'a str,
    pub ip_address: &'a str,
}

/// A session that begins, was seen and was proved now.
pub(crate) async fn insert(tx: &mut Tx, session: &NewSession<'_>, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into session (id, login_id, token_hash, current_account_id, user_agent, ip_address,
                              created_at, last_seen_at, proved_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7, $7)",
        session.id.0,
        session.login_id.0,
        session.token_hash,
        session.account.map(Uuid::from),
        session.user_agent,
        session.ip_address,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives a session another token; the old one is dead at once. Says whether the session is still there.
pub(crate) async fn renew(tx: &mut Tx, session: SessionId, token_hash: &[u8]) -> Result<bool> {
    let done = sqlx::query!("update session set token_hash = $2 where id = $1", session.0, token_hash)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn set_proved(tx: &mut Tx, session: SessionId, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update session set proved_at = $2 where id = $1", session.0, now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The account that a session works in.
pub(crate) async fn account(tx: &mut Tx, session: SessionId) -> Result<Option<AccountId>> {
    let account = sqlx::query_scalar!("select current_account_id from session where id = $1", session.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(account.flatten().map(AccountId::from))
}

/// What was looked at in the other account ends.
pub(crate) async fn set_account(tx: &mut Tx, session: SessionId, account: AccountId) -> Result<()> {
    sqlx::query!(
        "update session set current_account_id = $2, preview = null where id = $1",
        session.0,
        account.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What the session looks at Steward as; says whether the session is still there.
pub(crate) async fn set_preview(tx: &mut Tx, session: SessionId, preview: Option<&str>) -> Result<bool> {
    let done = sqlx::query!("update session set preview = $2 where id = $1", session.0, preview)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn touch(
    tx: &mut Tx,
    session: SessionId,
    ip_address: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update session set last_seen_at = $3, ip_address = $2 where id = $1",
        session.0,
        ip_address,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends one session of this person; says whether there was one.
pub(crate) async fn end(tx: &mut Tx, login: LoginId, session: SessionId) -> Result<bool> {
    let done = sqlx::query!("delete from session where login_id = $1 and id = $2", login.0, session.0)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends every session of this person but `kept`.
pub(crate) async fn end_others(tx: &mut Tx, login: LoginId, kept: Option<SessionId>) -> Result<u64> {
    let done = sqlx::query!(
        "delete from session where login_id = $1 and id is distinct from $2",
        login.0,
        kept.map(Uuid::from),
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// Ends every session of this person that works in `account`.
pub(crate) async fn end_in_account(tx: &mut Tx, login: LoginId, account: AccountId) -> Result<u64> {
    let done = sqlx::query!(
        "delete from session where login_id = $1 and current_account_id = $2",
        login.0,
        account.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

struct ListRow {
    id: SessionId,
    user_agent: String,
    ip_address: String,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
}

/// The living sessions of a person, the last used first; only those that work in `account` if one is given.
pub(crate) async fn list(
    tx: &mut Tx,
    login: LoginId,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<Vec<SessionRow>> {
    let rows = sqlx::query_as!(
        ListRow,
        "select id, user_agent, ip_address, created_at, last_seen_at from session
         where login_id = $1 and ($2::uuid is null or current_account_id = $2)
           and last_seen_at > $3 and created_at > $4
         order by last_seen_at desc, id",
        login.0,
        account.map(Uuid::from),
        now - chrono::Duration::hours(SESSION_IDLE_HOURS),
        now - chrono::Duration::days(SESSION_ABSOLUTE_DAYS),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(SessionRow::from).collect())
}

impl From<ListRow> for SessionRow {
    fn from(row: ListRow) -> Self {
        Self {
            id: row.id,
            device: device_label(&row.user_agent),
            ip_address: row.ip_address,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            is_current: false,
        }
    }
}

/// Removes what can never be alive again.
pub(crate) async fn delete_ended(tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "delete from session where last_seen_at <= $1 or created_at <= $2",
        now - chrono::Duration::hours(SESSION_IDLE_HOURS),
        now - chrono::Duration::days(SESSION_ABSOLUTE_DAYS),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
