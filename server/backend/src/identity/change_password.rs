use domain::{Problem, Refusal, activity::Event};
use secrecy::SecretString;

use super::{
    Notice, Opened, check_new_password, membership,
    passwords::is_same,
    prove::{hold_verified, verify_own_password},
    queries::{login, session, token},
    session::renew_session,
};
use crate::{
    Access, Backend, Client, Result, Signed, jobs,
    mail::{Letter, SendLetter},
};

/// Changes one's own password. Every other session and every open link of the login ends, and this session is renewed.
///
/// # Errors
/// [`Refusal::Invalid`] for `current_password` or `new_password`, [`Refusal::TooManyAttempts`], [`Refusal::SignInNeeded`].
pub async fn change_password(
    backend: &Backend,
    signed: &Signed,
    access: Option<&Access>,
    client: &Client,
    current: SecretString,
    new: SecretString,
) -> Result<Opened> {
    let login = verify_own_password(backend, signed, current.clone(), "current_password").await?;
    let about =
        [&*login.name.first, &login.name.last, login.email.as_str(), &backend.installation.brand_name];
    let problem = match check_new_password(&new, &about) {
        Ok(()) if is_same(&current, &new) => Some(Problem::SamePassword),
        Ok(()) => None,
        Err(problem) => Some(problem),
    };
    if let Some(problem) = problem {
        return Err(Refusal::field("new_password", problem).into());
    }
    let hash = backend.passwords.hash(new).await?;
    let now = backend.clock.now();
    let mut tx = membership::begin(backend, access).await?;
    hold_verified(&mut tx, &login, "current_password").await?;
    login::set_password(&mut tx, login.id, &hash).await?;
    session::end_others(&mut tx, login.id, Some(signed.session_id)).await?;
    token::kill(&mut tx, login.id, None, now).await?;
    let opened = renew_session(&mut tx, backend, client, signed).await?;
    session::set_proved(&mut tx, signed.session_id, now).await?;
    let letter = Letter::Notice(Notice::PasswordChanged { to: login.email });
    jobs::enqueue(&mut tx, now, &SendLetter { letter }).await?;
    membership::record(&mut tx, backend, access, &Event::PasswordChanged).await?;
    tx.commit().await?;
    Ok(opened)
}
