use chrono::{DateTime, Utc};
use domain::{Email, LoginId, PersonName, Problem, Refusal};

use crate::{Error, Result, db::Tx, error::OnConstraint};

/// A person as stored.
pub(crate) struct Login {
    pub id: LoginId,
    pub email: Email,
    pub name: PersonName,
    pub password_hash: String,
}

struct Row {
    id: LoginId,
    email: String,
    first_name: String,
    last_name: String,
    password_hash: String,
}

impl TryFrom<Row> for Login {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            email: stored_email(&row.email)?,
            name: PersonName { first: row.first_name, last: row.last_name },
            password_hash: row.password_hash,
        })
    }
}

/// What is stored was checked when it came in.
pub(crate) fn stored_email(text: &str) -> Result<Email> {
    Email::parse(text).map_err(|problem: Problem| Error::internal(problem))
}

pub(crate) async fn by_email(tx: &mut Tx, email: &Email) -> Result<Option<Login>> {
    let row = sqlx::query_as!(
        Row,
        "select id, email, first_name, last_name, password_hash from login where email = $1",
        email.as_str(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Login::try_from).transpose()
}

pub(crate) async fn by_id(tx: &mut Tx, login: LoginId) -> Result<Option<Login>> {
    let row = sqlx::query_as!(
        Row,
        "select id, email, first_name, last_name, password_hash from login where id = $1",
        login.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Login::try_from).transpose()
}

pub(crate) async fn insert(tx: &mut Tx, login: &Login, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into login (id, email, first_name, last_name, password_hash, created_at)
         values ($1, $2, $3, $4, $5, $6)",
        login.id.0,
        login.email.as_str(),
        login.name.first,
        login.name.last,
        login.password_hash,
        now,
    )
    .execute(&mut **tx)
    .await
    .on_constraint("login_email_unique", Refusal::LinkNotValid)?;
    Ok(())
}

/// Keeps a person's row until the transaction ends, and answers how it is by then. Whatever changes a login, its sessions or its links
/// takes this row first ([`hold_password`] does, too), so that two such changes never wait for each other.
pub(crate) async fn lock(tx: &mut Tx, login: LoginId) -> Result<Option<Login>> {
    let row = sqlx::query_as!(
        Row,
        "select id, email, first_name, last_name, password_hash from login where id = $1 for no key update",
        login.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Login::try_from).transpose()
}

/// Whether the password that was just verified is still the one; if so it stays until the transaction ends.
pub(crate) async fn hold_password(tx: &mut Tx, login: LoginId, verified_hash: &str) -> Result<bool> {
    let held = sqlx::query_scalar!(
        "select true from login where id = $1 and password_hash = $2 for no key update",
        login.0,
        verified_hash,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(held.is_some())
}

pub(crate) async fn set_password(tx: &mut Tx, login: LoginId, hash: &str) -> Result<()> {
    sqlx::query!("update login set password_hash = $2 where id = $1", login.0, hash)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Changes the address, unless somebody else has it by now.
pub(crate) async fn set_email(tx: &mut Tx, login: LoginId, email: &Email) -> Result<()> {
    sqlx::query!("update login set email = $2 where id = $1", login.0, email.as_str())
        .execute(&mut **tx)
        .await
        .on_constraint("login_email_unique", Refusal::LinkNotValid)?;
    Ok(())
}

pub(crate) async fn set_name(tx: &mut Tx, login: LoginId, name: &PersonName) -> Result<()> {
    sqlx::query!(
        "update login set first_name = $2, last_name = $3 where id = $1",
        login.0,
        name.first,
        name.last,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
