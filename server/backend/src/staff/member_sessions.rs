use domain::{MemberId, Permission, Refusal, activity::Event, identity::SessionRow};

use super::{
    acted_on::{act_on, not_yourself},
    queries,
};
use crate::{Access, Backend, Result, activity, identity};

/// Where a member is signed in to this account. What they have open in other accounts is nobody's business here.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (only an Admin), [`Refusal::NotFound`].
pub async fn member_sessions(backend: &Backend, access: &Access, id: MemberId) -> Result<Vec<SessionRow>> {
    access.require(Permission::RemovePeople)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let member = queries::member::details(&mut tx, access.account(), id).await?.ok_or(Refusal::NotFound)?;
    let now = backend.clock.now();
    let sessions = identity::sessions_in_account(&mut tx, now, member.login_id, access.account()).await?;
    tx.commit().await?;
    Ok(sessions)
}

/// Signs a member out of this account everywhere; answers how many sessions ended. They may sign in again.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (only an Admin), [`Refusal::NotToYourself`] (one's own are in one's profile),
/// [`Refusal::NotFound`].
pub async fn end_member_sessions(backend: &Backend, access: &Access, id: MemberId) -> Result<u32> {
    access.require(Permission::RemovePeople)?;
    not_yourself(access, id)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let member = act_on(&mut tx, access, Permission::RemovePeople, id).await?.member;
    let count = identity::end_sessions_in_account(&mut tx, member.login_id, access.account()).await?;
    if count > 0 {
        let event = Event::StaffSessionsEnded { member: id, name: member.name.full(), count };
        activity::record(&mut tx, access, backend.clock.now(), &event).await?;
    }
    tx.commit().await?;
    Ok(count)
}
