use domain::{Email, Refusal, activity::Event, identity::device_label};
use secrecy::SecretString;

use super::{
    Notice, Opened, membership, open_session,
    queries::login::{self, Login},
    throttling,
};
use crate::{
    Backend, Client, Result, jobs,
    mail::{Letter, SendLetter},
};

/// Signs somebody in who knows their password. Known and unknown addresses cost the same work and get the same answer.
///
/// # Errors
/// [`Refusal::Invalid`] for `email` when it is no address, [`Refusal::WrongCredentials`], [`Refusal::TooManyAttempts`].
pub async fn sign_in(
    backend: &Backend,
    client: &Client,
    email: &str,
    password: SecretString,
) -> Result<Opened> {
    let email = Email::parse(email).map_err(|problem| Refusal::field("email", problem))?;
    let mut tx = backend.db.begin().await?;
    let login = login::by_email(&mut tx, &email).await?;
    tx.commit().await?;
    let attempt = throttling::sign_in(backend, client, &email, login.as_ref().map(|login| login.id)).await?;
    let stored = login.as_ref().map(|login| login.password_hash.clone());
    let verified = backend.passwords.verify(password.clone(), stored).await?;
    let login = login.filter(|_| verified.matches).ok_or(Refusal::WrongCredentials)?;
    let stronger_hash = if verified.outdated { Some(backend.passwords.hash(password).await?) } else { None };
    let known_browser = attempt.known_browser;
    attempt.give_back(backend).await?;
    enter(backend, client, &login, stronger_hash, known_browser).await
}

async fn enter(
    backend: &Backend,
    client: &Client,
    login: &Login,
    stronger_hash: Option<String>,
    known_browser: bool,
) -> Result<Opened> {
    let now = backend.clock.now();
    let membership = membership::latest(backend, login.id).await?;
    let access = membership.as_ref().map(|membership| membership.access(login.id, true));
    let mut tx = membership::begin(backend, access.as_ref()).await?;
    // The password may have been changed while this one was being verified.
    if !login::hold_password(&mut tx, login.id, &login.password_hash).await? {
        return Err(Refusal::WrongCredentials.into());
    }
    if let Some(hash) = stronger_hash {
        login::set_password(&mut tx, login.id, &hash).await?;
    }
    let account = access.as_ref().map(|access| access.account());
    let opened = open_session(&mut tx, backend, client, login.id, account).await?;
    let device = device_label(&client.user_agent);
    if !known_browser {
        let (to, ip_address) = (login.email.clone(), client.ip_address.clone());
        let time_zone = membership.map(|membership| membership.row.time_zone);
        let notice = Notice::NewSignIn { to, device: device.clone(), ip_address, at: now, time_zone };
        jobs::enqueue(&mut tx, now, &SendLetter { letter: Letter::Notice(notice) }).await?;
    }
    let event = Event::SignedIn { device, ip_address: client.ip_address.clone() };
    membership::record(&mut tx, backend, access.as_ref(), &event).await?;
    tx.commit().await?;
    Ok(opened)
}
