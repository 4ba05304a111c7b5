use chrono::{DateTime, Utc};
use domain::{Email, PersonName, SignUpId};

use super::login::stored_email;
use crate::{Result, db::Tx};

/// A sign-up as stored: everything that confirming it needs.
pub(crate) struct SignUp {
    pub email: Email,
    pub name: PersonName,
    pub password_hash: String,
    pub business_name: String,
    pub time_zone: String,
    pub country: String,
    pub nonce: Vec<u8>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
}

struct Row {
    email: String,
    first_name: String,
    last_name: String,
    password_hash: String,
    business_name: String,
    time_zone: String,
    country: String,
    nonce: Vec<u8>,
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

pub(crate) async fn insert(tx: &mut Tx, id: SignUpId, sign_up: &SignUp, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into sign_up (id, email, first_name, last_name, password_hash, business_name, time_zone,
                              country, nonce, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id.0,
        sign_up.email.as_str(),
        sign_up.name.first,
        sign_up.name.last,
        sign_up.password_hash,
        sign_up.business_name,
        sign_up.time_zone,
        sign_up.country,
        sign_up.nonce,
        now,
        sign_up.expires_at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(crate) async fn find(tx: &mut Tx, id: SignUpId) -> Result<Option<SignUp>> {
    let row = sqlx::query_as!(
        Row,
        "select email, first_name, last_name, password_hash, business_name, time_zone, country, nonce,
                expires_at, used_at
         from sign_up where id = $1",
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(SignUp {
        email: stored_email(&row.email)?,
        name: PersonName { first: row.first_name, last: row.last_name },
        password_hash: row.password_hash,
        business_name: row.business_name,
        time_zone: row.time_zone,
        country: row.country,
        nonce: row.nonce,
        expires_at: row.expires_at,
        used_at: row.used_at,
    }))
}

/// Uses a sign-up up. Of two at once, one hears that it was used already.
pub(crate) async fn use_up(tx: &mut Tx, id: SignUpId, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "update sign_up set used_at = $2 where id = $1 and used_at is null and expires_at > $2",
        id.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn delete_expired(tx: &mut Tx, before: DateTime<Utc>) -> Result<()> {
    sqlx::query!("delete from sign_up where expires_at < $1", before).execute(&mut **tx).await?;
    Ok(())
}
