use chrono::{DateTime, Utc};
use domain::{
    AccountId, Checks, LoginId, MemberId, PersonName, Refusal,
    activity::Event,
    staff::{LinkVerdict, MemberState},
};
use secrecy::SecretString;

use super::{
    guest,
    join_link::JoinLink,
    places,
    queries::{
        invitation::StoredInvitation,
        joining::{self, NewMember},
    },
    readiness::note_answer,
};
use crate::{
    Access, Actor, Backend, Client, Result, Signed, activity,
    db::Tx,
    id,
    identity::{self, Opened},
    permissions,
};

/// Joins with a new login. For an address that has a login this is refused: a link never sets an existing login's password.
///
/// # Errors
/// [`Refusal::LinkNotValid`], also for a link that was shown and not mailed; [`Refusal::SignInToJoin`]; [`Refusal::Invalid`] for `first_name`, `last_name` or `password`.
pub async fn accept_with_password(
    backend: &Backend,
    client: &Client,
    link: &str,
    first_name: &str,
    last_name: &str,
    password: SecretString,
) -> Result<Opened> {
    let link = JoinLink::parse(link).ok_or(Refusal::LinkNotValid)?;
    let now = backend.clock.now();
    // Judged once before the expensive hash, so that only a good link can ask for one, and once more under the lock.
    let mut tx = backend.db.tenant(link.account).await?;
    let invitation = link.load(&mut tx, backend).await?.ok_or(Refusal::LinkNotValid)?;
    link.require_good(&invitation, now)?;
    // Who got the link from the inviter has not shown that the address is theirs.
    if !link.is_mailed(backend, &invitation) {
        return Err(Refusal::LinkNotValid.into());
    }
    refuse_existing_login(&mut tx, &invitation).await?;
    tx.commit().await?;
    let name = check_newcomer(backend, &invitation, first_name, last_name, &password)?;
    let password_hash = backend.passwords.hash(password).await?;

    let mut tx = backend.db.tenant(link.account).await?;
    let invitation = link.load_locked(&mut tx, backend).await?;
    link.require_good(&invitation, now)?;
    refuse_existing_login(&mut tx, &invitation).await?;
    let login = identity::create_login(&mut tx, now, &invitation.details.email, &name, password_hash).await?;
    let joining = Joining { account: link.account, invitation: &invitation, login, name: &name, now };
    join(&mut tx, &joining).await?;
    let opened = identity::open_session(&mut tx, backend, client, login, Some(link.account)).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Joins with the login that the browser is signed in with. Doing it again opens the account again.
///
/// # Errors
/// [`Refusal::LinkNotValid`]; [`Refusal::InvitedSomebodyElse`]; [`Refusal::AlreadyMember`] when the person got into the account in
/// another way, deactivated ones included: an old link brings nobody back.
pub async fn accept_signed_in(
    backend: &Backend,
    signed: &Signed,
    client: &Client,
    link: &str,
) -> Result<Opened> {
    let link = JoinLink::parse(link).ok_or(Refusal::LinkNotValid)?;
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(link.account).await?;
    let invitation = link.load_locked(&mut tx, backend).await?;
    require_invited(signed, &invitation)?;
    let verdict = invitation.verdict(link.version(), now);
    let membership = joining::membership(&mut tx, link.account, signed.login_id).await?;
    match (verdict, membership) {
        (LinkVerdict::Good, None) => {
            let name = &invitation.details.name;
            let joining =
                Joining { account: link.account, invitation: &invitation, login: signed.login_id, name, now };
            join(&mut tx, &joining).await?;
        }
        (LinkVerdict::Good, Some(_)) => return Err(Refusal::AlreadyMember.into()),
        (LinkVerdict::Used, Some(MemberState::Active)) => {}
        _ => return Err(Refusal::LinkNotValid.into()),
    }
    // The session goes on with a new token: what it may do has changed, how long ago it was proved has not.
    let opened = identity::enter_account(&mut tx, backend, client, signed, link.account).await?;
    tx.commit().await?;
    Ok(opened)
}

fn require_invited(signed: &Signed, invitation: &StoredInvitation) -> Result<(), Refusal> {
    if signed.email == invitation.details.email {
        return Ok(());
    }
    let (signed_in, invited) = (signed.email.clone(), invitation.details.email.clone());
    Err(Refusal::InvitedSomebodyElse { signed_in, invited })
}

async fn refuse_existing_login(tx: &mut Tx, invitation: &StoredInvitation) -> Result<()> {
    let email = &invitation.details.email;
    match identity::find_login(tx, email).await? {
        Some(_) => Err(Refusal::SignInToJoin(email.clone()).into()),
        None => Ok(()),
    }
}

fn check_newcomer(
    backend: &Backend,
    invitation: &StoredInvitation,
    first_name: &str,
    last_name: &str,
    password: &SecretString,
) -> Result<PersonName, Refusal> {
    let mut checks = Checks::default();
    let name = PersonName::check(first_name, last_name, &mut checks);
    let known = [
        first_name,
        last_name,
        invitation.details.email.as_str(),
        &invitation.account_name,
        &backend.installation.brand_name,
    ];
    let password = checks.note("password", identity::check_new_password(password, &known));
    checks.finish(name.zip(password).map(|(name, ())| name))
}

/// Somebody who may join, in a transaction that holds the account's lock.
struct Joining<'a> {
    account: AccountId,
    invitation: &'a StoredInvitation,
    login: LoginId,
    name: &'a PersonName,
    now: DateTime<Utc>,
}

/// Makes the member and uses the invitation up.
async fn join(tx: &mut Tx, joining: &Joining<'_>) -> Result<()> {
    let Joining { account, invitation, login, name, now } = *joining;
    let details = &invitation.details;
    let member: MemberId = id::new(now);
    joining::insert_member(tx, account, &NewMember { id: member, login, name, details, now }).await?;
    permissions::note_given(tx, account, member, Some(details.invited_by), now).await?;
    if let Some(last_day) = details.last_day {
        guest::plan(tx, account, member, Some(details.invited_by), last_day, now).await?;
    }
    joining::mark_accepted(tx, account, details.id, member).await?;
    let backed = places::backed(tx, account, invitation, now).await?;
    let places = places::put(tx, account, member, &backed, now).await?;
    note_answer(tx, account, member, invitation, now).await?;
    let actor = Actor::Member { id: member, login_id: login, name: name.full() };
    let access = Access::member(account, actor, details.assignment.permissions, true);
    let event = Event::StaffJoined {
        member,
        name: name.full(),
        email: details.email.clone(),
        role: details.assignment.role,
        places,
    };
    activity::record(tx, &access, now, &event).await
}
