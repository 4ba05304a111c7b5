use chrono::{DateTime, Duration, Utc};
use domain::{
    AccountId, PersonName,
    identity::{SessionVerdict, Viewer, ViewerAccount},
};

use super::{
    membership::{self, Membership},
    preview,
    queries::{login::stored_email, member, session},
};
use crate::{Access, Backend, Client, Result, Signed, keys::BearerToken, permissions::Noting};

/// A use of a session is written down once in this many seconds.
const TOUCH_SECONDS: i64 = 60;

/// Who is behind a request.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub signed: Signed,
    pub viewer: Viewer,
    /// None when the person may work in no account, or not any more in the one they had chosen.
    pub access: Option<Access>,
}

/// Turns the value of a session cookie into the person, on every request. None when the session is unknown or over.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn authenticate(backend: &Backend, token: &str, client: &Client) -> Result<Option<SignedIn>> {
    look_up(backend, token, Some(client)).await
}

/// The same for a stream that has been open for a while: to be told something is no use of a session, so it does not keep it alive.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn authenticate_again(backend: &Backend, token: &str) -> Result<Option<SignedIn>> {
    look_up(backend, token, None).await
}

/// A use by `client` is written down.
async fn look_up(backend: &Backend, token: &str, client: Option<&Client>) -> Result<Option<SignedIn>> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let Some(found) = session::find(&mut tx, &BearerToken::hash_of(token)).await? else { return Ok(None) };
    let SessionVerdict::Alive { freshly_proved } = found.times().verdict(now) else {
        session::end(&mut tx, found.login_id, found.id).await?;
        tx.commit().await?;
        return Ok(None);
    };
    tx.commit().await?;
    let memberships = membership::memberships(backend, found.login_id).await?;
    let current = current(&memberships, found.current_account_id.map(AccountId::from));
    if let Some(client) = client
        && now - found.last_seen_at >= Duration::seconds(TOUCH_SECONDS)
    {
        touch(backend, &found, current, client, now).await?;
    }
    let email = stored_email(&found.email)?;
    let signed = Signed { login_id: found.login_id, email, session_id: found.id, freshly_proved };
    let noted = |membership: &Membership| {
        let access = membership.access(found.login_id, freshly_proved);
        access.noting(Noting::on(&backend.uses, now, &membership.row.time_zone))
    };
    let access = current.map(noted);
    let looks_as = found.preview.clone();
    let viewer = viewer(found, &signed, &memberships, current);
    let signed_in = SignedIn { signed, viewer, access };
    Ok(Some(match looks_as {
        Some(source) => preview::looking_as(backend, signed_in, &source).await?,
        None => signed_in,
    }))
}

/// The account the session works in, if the person still belongs to it. Nobody is moved to another account unasked: what they
/// are about to send was meant for the one they saw.
fn current(memberships: &[Membership], chosen: Option<AccountId>) -> Option<&Membership> {
    memberships.iter().find(|membership| Some(membership.account()) == chosen)
}

fn viewer(
    found: session::Found,
    signed: &Signed,
    memberships: &[Membership],
    current: Option<&Membership>,
) -> Viewer {
    let own_name = PersonName { first: found.first_name, last: found.last_name };
    Viewer {
        login_id: signed.login_id,
        email: signed.email.clone(),
        name: current.map_or(own_name, Membership::name),
        photo_version: found.photo_version,
        account: current.map(|membership| ViewerAccount {
            id: membership.account(),
            name: membership.row.account_name.clone(),
            time_zone: membership.row.time_zone.clone(),
            country: membership.row.country.clone(),
            member_id: membership.row.member_id,
            assignment: membership.assignment.clone(),
            billing: membership.billing.clone(),
        }),
        accounts: memberships.iter().map(Membership::choice).collect(),
        preview: None,
    }
}

/// The member first, then the session: in the order in which deactivating somebody locks them.
async fn touch(
    backend: &Backend,
    found: &session::Found,
    current: Option<&Membership>,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut tx = match current {
        Some(membership) => {
            let mut tx = backend.db.tenant(membership.account()).await?;
            member::touch(&mut tx, membership.account(), membership.row.member_id, now).await?;
            tx
        }
        None => backend.db.begin().await?,
    };
    session::touch(&mut tx, found.id, &client.ip_address, now).await?;
    tx.commit().await?;
    Ok(())
}
