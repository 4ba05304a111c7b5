//! The mailed links of a login: made when the mail is composed, checked and used up here.

use chrono::{DateTime, Duration, Utc};
use domain::{Email, LoginId, LoginTokenId, Refusal, SignUpId};
use uuid::Uuid;

use super::queries::{
    login,
    sign_up::{self, SignUp},
    token::{self, NewToken, Token, TokenPurpose},
};
use crate::{
    Backend, Result,
    db::Tx,
    id, keys,
    mailed_link::{MailedLink, Purpose, link_text},
};

/// Hours that the link of a sign-up works.
pub(super) const SIGN_UP_HOURS: i64 = 48;
/// Hours that the link of a forgotten password works.
pub(super) const RESET_HOURS: i64 = 1;
/// Hours that the link to a new address works.
pub(super) const CONFIRM_EMAIL_HOURS: i64 = 24;

/// A row has one link for its whole life.
const VERSION: i32 = 1;

impl TokenPurpose {
    const fn of_link(self) -> Purpose {
        match self {
            Self::ResetPassword => Purpose::ResetPassword,
            Self::ConfirmEmail => Purpose::ConfirmEmail,
        }
    }

    const fn hours(self) -> i64 {
        match self {
            Self::ResetPassword => RESET_HOURS,
            Self::ConfirmEmail => CONFIRM_EMAIL_HOURS,
        }
    }
}

/// Makes a link's row; older ones of the same purpose die. Locks the login.
pub(super) async fn make(
    tx: &mut Tx,
    now: DateTime<Utc>,
    login: LoginId,
    purpose: TokenPurpose,
    new_email: Option<&Email>,
) -> Result<(LoginTokenId, Vec<u8>)> {
    login::lock(tx, login).await?;
    token::kill(tx, login, Some(purpose), now).await?;
    let (id, nonce) = (id::new(now), keys::random_bytes());
    let expires_at = now + Duration::hours(purpose.hours());
    let new = NewToken { id, login_id: login, purpose, nonce: &nonce, new_email, expires_at };
    token::insert(tx, &new, now).await?;
    Ok((id, nonce.to_vec()))
}

pub(super) fn token_link(backend: &Backend, purpose: TokenPurpose, id: LoginTokenId, nonce: &[u8]) -> String {
    link_text(&backend.keys, purpose.of_link(), &[id.0], VERSION, nonce)
}

pub(super) fn sign_up_link(backend: &Backend, id: SignUpId, nonce: &[u8]) -> String {
    link_text(&backend.keys, Purpose::ConfirmSignUp, &[id.0], VERSION, nonce)
}

/// What a link stands for, if it is genuine, of this purpose, unused and not expired. Using it up is another step.
///
/// # Errors
/// [`Refusal::LinkNotValid`]: it never says which of these is the reason.
pub(super) async fn open(
    tx: &mut Tx,
    backend: &Backend,
    purpose: TokenPurpose,
    link: &str,
) -> Result<(LoginTokenId, Token)> {
    let (link, id) = parse(link)?;
    let token = token::find(tx, id.into(), purpose).await?.ok_or(Refusal::LinkNotValid)?;
    let genuine = link.is_genuine(&backend.keys, purpose.of_link(), &token.nonce);
    let open = token.used_at.is_none() && token.expires_at > backend.clock.now();
    if genuine && open { Ok((id.into(), token)) } else { Err(Refusal::LinkNotValid.into()) }
}

/// As [`open`], for the link of a sign-up.
///
/// # Errors
/// [`Refusal::LinkNotValid`].
pub(super) async fn open_sign_up(tx: &mut Tx, backend: &Backend, link: &str) -> Result<(SignUpId, SignUp)> {
    let (link, id) = parse(link)?;
    let sign_up = sign_up::find(tx, id.into()).await?.ok_or(Refusal::LinkNotValid)?;
    let genuine = link.is_genuine(&backend.keys, Purpose::ConfirmSignUp, &sign_up.nonce);
    let open = sign_up.used_at.is_none() && sign_up.expires_at > backend.clock.now();
    if genuine && open { Ok((id.into(), sign_up)) } else { Err(Refusal::LinkNotValid.into()) }
}

fn parse(link: &str) -> Result<(MailedLink, Uuid)> {
    let link = MailedLink::parse(link).ok_or(Refusal::LinkNotValid)?;
    match (link.ids.as_slice(), link.version) {
        ([id], VERSION) => {
            let id = *id;
            Ok((link, id))
        }
        _ => Err(Refusal::LinkNotValid.into()),
    }
}
