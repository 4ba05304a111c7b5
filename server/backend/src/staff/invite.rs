use chrono::{DateTime, Duration, Utc};
use domain::{
    AccountId, InvitationId, MemberId, Permission, Problem, Refusal, Role,
    activity::Event,
    billing::Limited,
    both,
    permissions::Assignment,
    staff::{Employee, EmployeeForm, INVITATION_DAYS, may_invite_as},
};

use super::{
    check_guest,
    guest::{self, end_of},
    mail_limits::count_mail,
    places::{Answer, Asked},
    queries::invitation as queries,
};
use crate::{
    Access, Backend, Error, Result, account,
    account::zone::local_day,
    activity, billing,
    db::Tx,
    id, jobs, keys,
    mail::{Letter, SendLetter},
    permissions,
};

/// Invites somebody by mail. An earlier invitation of the same address is refreshed in place: new data, new link, new expiry.
///
/// # Errors
/// [`Refusal::PermissionMissing`], also for a role above the inviter's own rights; [`Refusal::FreshProofNeeded`] to invite an
/// Admin; [`Refusal::Invalid`] for the fields of [`EmployeeForm`], also when the address belongs to a member already;
/// [`Refusal::PlanFull`] without a free seat; [`Refusal::TooManyAttempts`] when the account sends too many invitations. `places` has to be answered where [`super::place_choices`] asks.
pub async fn invite(backend: &Backend, access: &Access, form: &EmployeeForm) -> Result<InvitationId> {
    access.require(Permission::SettingsInviteStaff)?;
    let place = account::account(backend, access).await?;
    let today = local_day(backend.clock.now(), &place.time_zone);
    let mut tx = backend.db.tenant(access.account()).await?;
    let access = &inviting(&mut tx, backend, access).await?;
    let asked = Asked::of(&mut tx, access).await?;
    let (employee, answer) =
        both(check_guest(form, &place.country, today, None), asked.answer(&form.places))?;
    let offered = permissions::resolve(&mut tx, access.account(), employee.choice).await?;
    require_may_give(access, &offered)?;
    let invitation = invite_in(backend, &mut tx, access, &employee, answer.as_ref()).await?;
    tx.commit().await?;
    Ok(invitation)
}

/// The core of [`invite`] for somebody who has locked the account already. It records the event, so call it last.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::Invalid`] for `email` when the address belongs to a member already, and for `last_day`
/// when the inviter is a guest and leaves sooner; [`Refusal::PlanFull`] without a free seat; [`Refusal::TooManyAttempts`].
pub(super) async fn invite_in(
    backend: &Backend,
    tx: &mut Tx,
    access: &Access,
    employee: &Employee,
    answer: Option<&Answer>,
) -> Result<InvitationId> {
    let now = backend.clock.now();
    let offered = permissions::resolve(tx, access.account(), employee.choice).await?;
    may_invite_as(access.permissions(), access.grantable(), &offered)?;
    if queries::is_member(tx, access.account(), &employee.email).await? {
        return Err(Refusal::field("email", Problem::AlreadyMember).into());
    }
    if !queries::is_invited(tx, access.account(), &employee.email).await? {
        billing::require_room(tx, access.account(), Limited::Seats).await?;
    }
    guest::require_may_give(tx, access, employee.last_day).await?;
    count_mail(tx, backend, access.account(), &employee.email).await?;
    let end = match employee.last_day {
        Some(day) => Some(end_of(day, &account::time_zone(tx, access.account()).await?)),
        None => None,
    };
    let fresh = Fresh { inviter: inviter(access)?, now, expires_at: expiry(now, end) };
    let (new_id, nonce) = (id::new(now), keys::random_bytes());
    let (id, version) = queries::put(tx, access.account(), new_id, &nonce, employee, &fresh).await?;
    if let Some(answer) = answer {
        answer.write(tx, access.account(), id, fresh.inviter).await?;
    }
    jobs::enqueue(tx, now, &letter_of(access.account(), id, version)).await?;
    let event = Event::StaffInvited {
        invitation: id,
        name: employee.name.full(),
        email: employee.email.clone(),
        role: employee.choice.role,
        places: answer.map(Answer::names).unwrap_or_default(),
    };
    activity::record(tx, access, now, &event).await?;
    Ok(id)
}

/// What every new link gets.
pub(super) struct Fresh {
    /// Stands behind the invitation: their rights are asked for again when it is accepted.
    pub inviter: MemberId,
    pub now: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// When a link of `now` dies: with the access that it gives at the latest.
pub(super) fn expiry(now: DateTime<Utc>, end_of_access: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let expiry = now + Duration::days(INVITATION_DAYS);
    end_of_access.map_or(expiry, |end| end.min(expiry))
}

/// Locks the account and answers the one who acts, with what they may do at this instant: whoever lost it while waiting for the lock
/// may not any more.
///
/// # Errors
/// [`Refusal::SignInNeeded`] for an inviter who is gone, [`Refusal::PermissionMissing`].
pub(super) async fn inviting(tx: &mut Tx, backend: &Backend, access: &Access) -> Result<Access> {
    account::lock(tx, access.account()).await?;
    let acting =
        permissions::require_now(tx, access, Permission::SettingsInviteStaff, backend.clock.now()).await?;
    Ok(acting.proved_as(access))
}

/// An invitation names a person: Steward itself invites nobody.
pub(super) fn inviter(access: &Access) -> Result<MemberId> {
    access.member_id().ok_or_else(|| Error::internal("an invitation needs a member behind it"))
}

pub(super) fn letter_of(account: AccountId, invitation: InvitationId, version: i32) -> SendLetter {
    SendLetter { letter: Letter::Invitation { account, invitation, version } }
}

/// To give somebody the whole account, the inviter proves again who they are.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::FreshProofNeeded`].
pub(super) fn require_may_give(access: &Access, offered: &Assignment) -> Result<()> {
    may_invite_as(access.permissions(), access.grantable(), offered)?;
    if offered.role == Role::Admin { access.require_fresh_proof() } else { Ok(()) }
}
