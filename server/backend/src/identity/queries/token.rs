use chrono::{DateTime, Utc};
use domain::{Email, LoginId, LoginTokenId};

use super::login::stored_email;
use crate::{Result, db::Tx};

/// What a stored link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenPurpose {
    ResetPassword,
    ConfirmEmail,
}

impl TokenPurpose {
    const fn key(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset_password",
            Self::ConfirmEmail => "confirm_email",
        }
    }
}

pub(crate) struct Token {
    pub login_id: LoginId,
    pub nonce: Vec<u8>,
    pub new_email: Option<Email>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
}

struct Row {
    login_id: LoginId,
    nonce: Vec<u8>,
    new_email: Option<String>,
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

pub(crate) struct NewToken<'a> {
    pub id: LoginTokenId,
    pub login_id: LoginId,
    pub purpose: TokenPurpose,
    pub nonce: &'a [u8],
    pub new_email: Option<&'a Email>,
    pub expires_at: DateTime<Utc>,
}

pub(crate) async fn insert(tx: &mut Tx, token: &NewToken<'_>, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into login_token (id, login_id, purpose, nonce, new_email, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        token.id.0,
        token.login_id.0,
        token.purpose.key(),
        token.nonce,
        token.new_email.map(Email::as_str),
        now,
        token.expires_at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(crate) async fn find(tx: &mut Tx, id: LoginTokenId, purpose: TokenPurpose) -> Result<Option<Token>> {
    let row = sqlx::query_as!(
        Row,
        "select login_id, nonce, new_email, expires_at, used_at from login_token where id = $1 and purpose = $2",
        id.0,
        purpose.key(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let new_email = row.new_email.as_deref().map(stored_email).transpose()?;
    let Row { login_id, nonce, expires_at, used_at, .. } = row;
    Ok(Some(Token { login_id, nonce, new_email, expires_at, used_at }))
}

/// Uses a token up. Of two at once, one hears that it was used already.
pub(crate) async fn use_up(tx: &mut Tx, id: LoginTokenId, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "update login_token set used_at = $2 where id = $1 and used_at is null and expires_at > $2",
        id.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Kills every outstanding link of this person; only those of `purpose` if one is given.
pub(crate) async fn kill(
    tx: &mut Tx,
    login: LoginId,
    purpose: Option<TokenPurpose>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update login_token set used_at = $3
         where login_id = $1 and used_at is null and ($2::text is null or purpose = $2)",
        login.0,
        purpose.map(TokenPurpose::key),
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(crate) async fn delete_expired(tx: &mut Tx, before: DateTime<Utc>) -> Result<()> {
    sqlx::query!("delete from login_token where expires_at < $1", before).execute(&mut **tx).await?;
    Ok(())
}
