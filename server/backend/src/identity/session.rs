use domain::{AccountId, LoginId, Refusal, SessionId};

use super::{
    device,
    queries::session::{self, NewSession},
};
use crate::{Backend, Client, Result, Signed, db::Tx, id, keys::BearerToken};

/// Characters of a browser's description that are kept.
const USER_AGENT_MAX_CHARS: usize = 400;

/// What the browser gets; both become cookies.
#[derive(Debug)]
pub struct Opened {
    pub session_token: String,
    pub known_device: String,
}

/// Signs `login` in: a new session with a token that nobody has seen, and a mark that makes this browser known.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn open_session(
    tx: &mut Tx,
    backend: &Backend,
    client: &Client,
    login: LoginId,
    account: Option<AccountId>,
) -> Result<Opened> {
    let now = backend.clock.now();
    let token = BearerToken::random();
    let user_agent: String = client.user_agent.chars().take(USER_AGENT_MAX_CHARS).collect();
    let new = NewSession {
        id: id::new::<SessionId>(now),
        login_id: login,
        token_hash: &token.hash,
        account,
        user_agent: &user_agent,
        ip_address: &client.ip_address,
    };
    session::insert(tx, &new, now).await?;
    Ok(opened(backend, client, login, token))
}

/// Gives the session that asks a new token: after each proof and each change of what it may do, the old one is dead.
///
/// # Errors
/// [`Refusal::SignInNeeded`] when the session has been ended meanwhile.
pub(super) async fn renew_session(
    tx: &mut Tx,
    backend: &Backend,
    client: &Client,
    signed: &Signed,
) -> Result<Opened> {
    let token = BearerToken::random();
    if !session::renew(tx, signed.session_id, &token.hash).await? {
        return Err(Refusal::SignInNeeded.into());
    }
    Ok(opened(backend, client, signed.login_id, token))
}

/// Lets the session that asks go on in another account, with a new token. How long ago it was proved stays.
///
/// # Errors
/// [`Refusal::SignInNeeded`] when the session has been ended meanwhile.
pub(crate) async fn enter_account(
    tx: &mut Tx,
    backend: &Backend,
    client: &Client,
    signed: &Signed,
    account: AccountId,
) -> Result<Opened> {
    let opened = renew_session(tx, backend, client, signed).await?;
    session::set_account(tx, signed.session_id, account).await?;
    Ok(opened)
}

fn opened(backend: &Backend, client: &Client, login: LoginId, token: BearerToken) -> Opened {
    let known_device = device::remember(&backend.keys, client.known_device.as_deref(), login);
    Opened { session_token: token.text, known_device }
}
