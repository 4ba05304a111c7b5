//! How often a person, a browser and a network address may try.
//!
//! Guessing is slowed down per address typed, whether it has a login or not, so the answer tells nothing. A browser that its
//! owner has used before counts for itself, and a password reset by mail makes any browser such a one: nobody can lock
//! another person out.

use std::net::IpAddr;

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
    let (network, address) = (network(client), email.as_str().to_owned());
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

/// Counts a sign-up.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`].
pub(super) async fn sign_up(backend: &Backend, client: &Client, email: &Email) -> Result<()> {
    throttle::attempt(backend, "sign_up/network", &network(client), MAILS_BY_NETWORK).await?;
    throttle::attempt(backend, "sign_up/address", email.as_str(), MAILS).await
}

/// Counts a forgotten password; says whether another mail should go out. When too many were asked for, the newest of them is
/// still good and lies in the inbox: a refusal would let anybody keep the owner from asking.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`] by network address only.
pub(super) async fn reset(backend: &Backend, client: &Client, email: &Email) -> Result<bool> {
    throttle::attempt(backend, "reset/network", &network(client), MAILS_BY_NETWORK).await?;
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

/// Whoever has one IPv6 address has the 2^64 of its network.
fn network(client: &Client) -> String {
    match client.ip_address.parse() {
        Ok(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => address.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
        },
        _ => client.ip_address.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_counts_as_one() {
        let of = |ip: &str| {
            network(&Client { ip_address: ip.into(), user_agent: String::new(), known_device: None })
        };
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(of("203.0.113.7"), "203.0.113.7");
        assert_eq!(of("unknown"), "unknown");
    }
}
