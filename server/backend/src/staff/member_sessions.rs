use domain::{MemberId, Permission, activity::Event};

use super::acted_on::{act_on, not_yourself};
use crate::{Access, Backend, Result, activity, identity};

/// Signs a member out of this account everywhere; answers how many sessions ended. They may sign in again.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] (only an Admin), [`domain::Refusal::FreshProofNeeded`], [`domain::Refusal::NotToYourself`] (one's own are in one's profile),
/// [`domain::Refusal::NotFound`].
pub async fn end_member_sessions(backend: &Backend, access: &Access, id: MemberId) -> Result<u32> {
    access.require(Permission::RemovePeople)?;
    access.require_fresh_proof()?;
    not_yourself(access, id)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let member = act_on(&mut tx, backend, access, Permission::RemovePeople, id).await?.member;
    let count = identity::end_sessions_in_account(&mut tx, member.login_id, access.account()).await?;
    if count > 0 {
        let event = Event::StaffSessionsEnded { member: id, name: member.name.full(), count };
        activity::record(&mut tx, access, backend.clock.now(), &event).await?;
    }
    tx.commit().await?;
    Ok(count)
}
