use domain::{Problem, Refusal};
use secrecy::SecretString;

use super::{
    Opened,
    queries::{
        login::{self, Login},
        session,
    },
    session::renew_session,
    throttling,
};
use crate::{Backend, Client, Result, Signed};

/// Takes the password of somebody who is signed in as a fresh proof, and renews the session.
///
/// # Errors
/// [`Refusal::Invalid`] for `password` when it is wrong, [`Refusal::TooManyAttempts`], [`Refusal::SignInNeeded`].
pub async fn prove(
    backend: &Backend,
    signed: &Signed,
    client: &Client,
    password: SecretString,
) -> Result<Opened> {
    let login = verify_own_password(backend, signed, password, "password").await?;
    let mut tx = backend.db.begin().await?;
    hold_verified(&mut tx, &login, "password").await?;
    let opened = renew_session(&mut tx, backend, client, signed).await?;
    session::set_proved(&mut tx, signed.session_id, backend.clock.now()).await?;
    tx.commit().await?;
    Ok(opened)
}

/// The login behind a session, after its password was given right in `field`.
///
/// # Errors
/// As [`prove`].
pub(super) async fn verify_own_password(
    backend: &Backend,
    signed: &Signed,
    password: SecretString,
    field: &str,
) -> Result<Login> {
    let attempt = throttling::proof(backend, signed.session_id).await?;
    let mut tx = backend.db.begin().await?;
    let login = login::by_id(&mut tx, signed.login_id).await?.ok_or(Refusal::SignInNeeded)?;
    tx.commit().await?;
    if !backend.passwords.verify(password, Some(login.password_hash.clone())).await?.matches {
        return Err(Refusal::field(field, Problem::WrongPassword).into());
    }
    attempt.give_back(backend).await?;
    Ok(login)
}

/// The password may have been changed while it was being verified; from here on it cannot.
///
/// # Errors
/// [`Refusal::Invalid`] for `field`.
pub(super) async fn hold_verified(tx: &mut crate::db::Tx, login: &Login, field: &str) -> Result<()> {
    if login::hold_password(tx, login.id, &login.password_hash).await? {
        Ok(())
    } else {
        Err(Refusal::field(field, Problem::WrongPassword).into())
    }
}
