//! How often a person, a browser and a network address may try.
//!
//! Guessing is slowed down per address typed, whether it has a login or not, so the answer tells nothing. A browser that its
//! owner has used before counts for itself, and a password reset by mail makes any browser such a one: nobody can lock
//! another person out.

use domain::{Email, LoginId, SessionId};

use super::device;
use crate::{
    Backend, Client, Error, Result,
    throttle::{self, Limit},
};

/// Wrong passwords for one address, for one known browser, or for one session's proofs.
const PASSWORDS: Limit = Limit { attempts: 10, window_minutes: 15 };
/// Wrong passwords from one network address, over all the addresses typed: an office behind one of them must fit in.
const PASSWORDS_BY_NETWORK: Limit = Limit { attempts: 50, window_minutes: 15 };
/// Mails to one address that somebody who is not signed in can cause.
const MAILS: Limit = Limit { attempts: 5, window_minutes: 60 };
/// Sign-ups that one network may send, those with mistakes included: judging a password costs more than counting.
const SIGN_UPS_BY_NETWORK: Limit = Limit { attempts: 200, window_minutes: 60 };
/// Such mails that one network address can cause.
const MAILS_BY_NETWORK: Limit = Limit { attempts: 50, window_minutes: 60 };

/// One counted attempt; give it back when the password was right, so that only wrong ones add up.
pub(super) struct Attempt {
    counted: Vec<(&'static str, String)>,
    /// Whether the person has signed in with this browser before.
    pub known_browser: bool,
}

impl Attempt {
    pub(super) async fn give_back(self, backend: &Backend) -> Result<()> {
        for (what, who) in &self.counted {
            throttle::give_back(backend, what, who).await?;
        }
        Ok(())
    }
}

/// Counts a password typed at the door. `login` is whose address it is, if anybody's.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`].
pub(super) async fn sign_in(
    backend: &Backend,
    client: &Client,
    email: &Email,
    login: Option<LoginId>,
) -> Result<Attempt> {
    let login = login.unwrap_or(LoginId(uuid::Uuid::nil()));
    if let Some(mark) = device::known_mark(&backend.keys, client.known_device.as_deref(), login) {
        throttle::attempt(backend, "sign_in/browser", &mark, PASSWORDS).await?;
        return Ok(Attempt { counted: vec![("sign_in/browser", mark)], known_browser: true });
    }
    let (network, address) = (client.network(), email.as_str().to_owned());
    throttle::attempt(backend, "sign_in/network", &network, PASSWORDS_BY_NETWORK).await?;
    throttle::attempt(backend, "sign_in/address", &address, PASSWORDS).await?;
    let counted = vec![("sign_in/network", network), ("sign_in/address", address)];
    Ok(Attempt { counted, known_browser: false })
}

/// Counts a password that a signed-in person types to prove themselves.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`].
pub(super) async fn proof(backend: &Backend, session: SessionId) -> Result<Attempt> {
    let who = session.to_string();
    throttle::attempt(backend, "proof", &who, PASSWORDS).await?;
    Ok(Attempt { counted: vec![("proof", who)], known_browser: true })
}

/// Counts a sign-up before anything in it is looked at.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`].
pub(super) async fn sign_up_form(backend: &Backend, client: &Client) -> Result<()> {
    throttle::attempt(backend, "sign_up/form", &client.network(), SIGN_UPS_BY_NETWORK).await
}

/// Counts the mail of a sign-up.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`].
pub(super) async fn sign_up(backend: &Backend, client: &Client, email: &Email) -> Result<()> {
    throttle::attempt(backend, "sign_up/network", &client.network(), MAILS_BY_NETWORK).await?;
    throttle::attempt(backend, "sign_up/address", email.as_str(), MAILS).await
}

/// Counts a forgotten password; says whether another mail should go out. When too many were asked for, the newest of them is
/// still good and lies in the inbox: a refusal would let anybody keep the owner from asking.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`] by network address only.
pub(super) async fn reset(backend: &Backend, client: &Client, email: &Email) -> Result<bool> {
    throttle::attempt(backend, "reset/network", &client.network(), MAILS_BY_NETWORK).await?;
    match throttle::attempt(backend, "reset/address", email.as_str(), MAILS).await {
        Ok(()) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Counts a wish for another address.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`].
pub(super) async fn email_change(backend: &Backend, login: LoginId) -> Result<()> {
    throttle::attempt(backend, "email_change", &login.to_string(), MAILS).await
}
