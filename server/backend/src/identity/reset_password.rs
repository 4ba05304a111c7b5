use domain::{Email, Refusal, activity::Event};
use secrecy::SecretString;

use super::{
    Notice, Opened, check_new_password, links, membership, open_session,
    queries::{
        login::{self, Login},
        session,
        token::{self, Token, TokenPurpose},
    },
    throttling,
};
use crate::{
    Backend, Client, Result,
    db::Tx,
    jobs,
    mail::{Letter, SendLetter},
};

/// Mails a link to whoever has this address. Only the job finds out whether anybody does, so the answer tells nothing.
///
/// # Errors
/// [`Refusal::Invalid`] for `email` when it is no address, [`Refusal::TooManyAttempts`] for one network address.
pub async fn request_password_reset(backend: &Backend, client: &Client, email: &str) -> Result<()> {
    let email = Email::parse(email).map_err(|problem| Refusal::field("email", problem))?;
    if throttling::reset(backend, client, &email).await? {
        let now = backend.clock.now();
        let mut tx = backend.db.begin().await?;
        jobs::enqueue(&mut tx, now, &SendLetter { letter: Letter::ResetPassword { email } }).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Whether the link would still be taken. Looking does not use it up.
///
/// # Errors
/// [`Refusal::LinkNotValid`].
pub async fn check_reset_link(backend: &Backend, link: &str) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    links::open(&mut tx, backend, TokenPurpose::ResetPassword, link).await?;
    tx.commit().await?;
    Ok(())
}

/// Sets a new password through a mailed link, ends every session and every open link of the login, and signs this browser in.
///
/// # Errors
/// [`Refusal::LinkNotValid`]; [`Refusal::Invalid`] for `password`, after which the link still works.
pub async fn reset_password(
    backend: &Backend,
    client: &Client,
    link: &str,
    new_password: SecretString,
) -> Result<Opened> {
    let mut tx = backend.db.begin().await?;
    let (id, token) = links::open(&mut tx, backend, TokenPurpose::ResetPassword, link).await?;
    let login = login_of(&mut tx, &token).await?;
    tx.commit().await?;
    let about =
        [&*login.name.first, &login.name.last, login.email.as_str(), &backend.installation.brand_name];
    check_new_password(&new_password, &about).map_err(|problem| Refusal::field("password", problem))?;
    let hash = backend.passwords.hash(new_password).await?;
    let membership = membership::latest(backend, login.id).await?;
    let access = membership.map(|membership| membership.access(login.id, true));
    let now = backend.clock.now();
    let mut tx = membership::begin(backend, access.as_ref()).await?;
    let login = login::lock(&mut tx, login.id).await?.ok_or(Refusal::LinkNotValid)?;
    if !token::use_up(&mut tx, id, now).await? {
        return Err(Refusal::LinkNotValid.into());
    }
    login::set_password(&mut tx, login.id, &hash).await?;
    session::end_others(&mut tx, login.id, None).await?;
    token::kill(&mut tx, login.id, None, now).await?;
    let account = access.as_ref().map(|access| access.account());
    let opened = open_session(&mut tx, backend, client, login.id, account).await?;
    let letter = Letter::Notice(Notice::PasswordReset { to: login.email });
    jobs::enqueue(&mut tx, now, &SendLetter { letter }).await?;
    membership::record(&mut tx, backend, access.as_ref(), &Event::PasswordReset).await?;
    tx.commit().await?;
    Ok(opened)
}

async fn login_of(tx: &mut Tx, token: &Token) -> Result<Login> {
    Ok(login::by_id(tx, token.login_id).await?.ok_or(Refusal::LinkNotValid)?)
}
