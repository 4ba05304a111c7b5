//! Somebody on whom another member acts, seen under the account's lock so that nothing that was decided upon changes before it is
//! written.

use chrono::{DateTime, Utc};
use domain::{
    MemberId, Permission, PermissionSet, Refusal,
    permissions::Assignment,
    staff::{MemberDetails, Standing, may_act_on},
};

use super::queries;
use crate::{Access, Backend, Result, account, db::Tx, identity, permissions::require_now};

pub(crate) struct ActedOn {
    pub member: MemberDetails,
    pub standing: Standing,
    /// What the one who acts may do at this instant.
    pub permissions: PermissionSet,
    /// What of it they may give.
    pub own: PermissionSet,
    /// The one who acts, with what they may do at this instant.
    pub acting: Access,
}

/// Locks the account and sees whether the actor may still use `permission` on this member: whoever was removed or demoted while
/// waiting for the lock may not any more.
///
/// # Errors
/// [`Refusal::SignInNeeded`] for an actor who is gone, [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub(crate) async fn act_on(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    permission: Permission,
    id: MemberId,
) -> Result<ActedOn> {
    account::lock(tx, access.account()).await?;
    let acting = require_now(tx, access, permission, backend.clock.now()).await?;
    let own = acting.grantable();
    let (member, standing) = load(tx, backend, access, id).await?;
    if access.member_id() == Some(id) {
        // What an elevation adds is nobody's to give, and does not keep them from their own place.
        let permissions = member.assignment.grantable();
        may_act_on(own, &Assignment { permissions, ..member.assignment.clone() })?;
    } else {
        may_act_on(own, &member.assignment)?;
    }
    Ok(ActedOn { member, standing, permissions: acting.permissions(), own, acting })
}

/// The member and what counts about them, under the account's lock.
///
/// # Errors
/// [`Refusal::NotFound`].
pub(super) async fn load(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    id: MemberId,
) -> Result<(MemberDetails, Standing)> {
    let account = access.account();
    let now = backend.clock.now();
    let member = queries::member::details(tx, account, id, now).await?.ok_or(Refusal::NotFound)?;
    let another_admin = queries::member::has_another_admin(tx, account, id).await?;
    let standing = Standing { role: member.assignment.role, state: member.state, another_admin };
    Ok((member, standing))
}

/// Ends what somebody has open in this account and puts them where `after` says.
pub(super) async fn shut_out(
    tx: &mut Tx,
    access: &Access,
    member: &MemberDetails,
    after: Standing,
    now: DateTime<Utc>,
) -> Result<()> {
    queries::member::set_state(tx, access.account(), member.id, after.state, now).await?;
    identity::end_sessions_in_account(tx, member.login_id, access.account()).await?;
    Ok(())
}

/// # Errors
/// [`Refusal::NotToYourself`] when the actor is the one acted on.
pub(super) fn not_yourself(access: &Access, id: MemberId) -> Result<()> {
    if access.member_id() == Some(id) { Err(Refusal::NotToYourself.into()) } else { Ok(()) }
}
