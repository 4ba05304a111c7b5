use domain::{
    InvitationId, Permission, Problem, Refusal, Role,
    activity::Event,
    staff::{InvitationState, may_invite_as},
};

use super::{
    guest::end_of,
    invitation::load,
    invite::{Fresh, expiry, inviter, inviting, letter_of},
    mail_limits::count_mail,
    queries::invitation::{self as queries, StoredInvitation},
};
use crate::{Access, Backend, Result, activity, jobs};

/// Sends a new link with a new expiry; the old link dies and everything else stays. Who sends it stands behind it from now on.
///
/// # Errors
/// [`Refusal::PermissionMissing`], also for a role above the own rights; [`Refusal::NotFound`]; [`Refusal::ChangedMeanwhile`] when
/// it was accepted or revoked; [`Refusal::FreshProofNeeded`] for an Admin's; [`Refusal::Invalid`] for `email` when the person became a member in another way,
/// and for `last_day` of a guest when it is over;
/// [`Refusal::TooManyAttempts`].
pub async fn resend(backend: &Backend, access: &Access, id: InvitationId) -> Result<()> {
    access.require(Permission::SettingsInviteStaff)?;
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(access.account()).await?;
    let access = &inviting(&mut tx, backend, access).await?;
    let StoredInvitation { details: before, time_zone, .. } = load(&mut tx, access.account(), id).await?;
    may_invite_as(access.permissions(), access.grantable(), &before.assignment)?;
    if before.assignment.role == Role::Admin {
        access.require_fresh_proof()?;
    }
    if before.state != InvitationState::Open {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    if queries::is_member(&mut tx, access.account(), &before.email).await? {
        return Err(Refusal::field("email", Problem::AlreadyMember).into());
    }
    let end = before.last_day.map(|day| end_of(day, &time_zone));
    if end.is_some_and(|end| end <= now) {
        return Err(Refusal::field("last_day", Problem::DayOver).into());
    }
    count_mail(&mut tx, backend, access.account(), &before.email).await?;
    let fresh = Fresh { inviter: inviter(access)?, now, expires_at: expiry(now, end) };
    let version = queries::refresh(&mut tx, access.account(), id, &fresh).await?;
    jobs::enqueue(&mut tx, now, &letter_of(access.account(), id, version)).await?;
    let event = Event::InvitationResent { invitation: id, name: before.name.full(), email: before.email };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}
