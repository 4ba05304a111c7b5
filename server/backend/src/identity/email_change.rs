use domain::{Email, Problem, Refusal, activity::Event};
use secrecy::SecretString;

use super::{
    Notice, links, membership,
    prove::{hold_verified, verify_own_password},
    queries::{
        login,
        token::{self, TokenPurpose},
    },
    throttling,
};
use crate::{
    Backend, Result, Signed, jobs,
    mail::{Letter, SendLetter},
};

/// Mails a link to the new address and a notice to the present one. Nothing changes before the link is used; whether the new
/// address has a login is told only to whoever reads its mail.
///
/// # Errors
/// [`Refusal::Invalid`] for `email` or `current_password`, [`Refusal::TooManyAttempts`], [`Refusal::SignInNeeded`].
pub async fn request_email_change(
    backend: &Backend,
    signed: &Signed,
    password: SecretString,
    new_email: &str,
) -> Result<()> {
    let new_email = Email::parse(new_email).map_err(|problem| Refusal::field("email", problem))?;
    let login = verify_own_password(backend, signed, password, "current_password").await?;
    if new_email == login.email {
        return Err(Refusal::field("email", Problem::SameEmail).into());
    }
    throttling::email_change(backend, login.id).await?;
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    hold_verified(&mut tx, &login, "current_password").await?;
    let purpose = TokenPurpose::ConfirmEmail;
    let (token, _) = links::make(&mut tx, now, login.id, purpose, Some(&new_email)).await?;
    jobs::enqueue(&mut tx, now, &SendLetter { letter: Letter::ConfirmEmail { token } }).await?;
    let letter = Letter::Notice(Notice::EmailChangeRequested { to: login.email, new_email });
    jobs::enqueue(&mut tx, now, &SendLetter { letter }).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the confirmed address the login's. Every other open link of the login dies: they went to the old address.
///
/// # Errors
/// [`Refusal::LinkNotValid`]; also when the address has a login by now.
pub async fn confirm_email_change(backend: &Backend, link: &str) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let (id, token) = links::open(&mut tx, backend, TokenPurpose::ConfirmEmail, link).await?;
    let login = login::by_id(&mut tx, token.login_id).await?.ok_or(Refusal::LinkNotValid)?;
    tx.commit().await?;
    let new_email = token.new_email.ok_or(Refusal::LinkNotValid)?;
    let membership = membership::latest(backend, login.id).await?;
    let access = membership.map(|membership| membership.access(login.id, false));
    let mut tx = membership::begin(backend, access.as_ref()).await?;
    let login = login::lock(&mut tx, login.id).await?.ok_or(Refusal::LinkNotValid)?;
    if !token::use_up(&mut tx, id, now).await? {
        return Err(Refusal::LinkNotValid.into());
    }
    login::set_email(&mut tx, login.id, &new_email).await?;
    token::kill(&mut tx, login.id, None, now).await?;
    let from = login.email;
    for to in [&from, &new_email] {
        let notice =
            Notice::EmailChanged { to: to.clone(), from: from.clone(), new_email: new_email.clone() };
        jobs::enqueue(&mut tx, now, &SendLetter { letter: Letter::Notice(notice) }).await?;
    }
    let event = Event::EmailChanged { from, to: new_email };
    membership::record(&mut tx, backend, access.as_ref(), &event).await?;
    tx.commit().await?;
    Ok(())
}
