use domain::{MemberId, Permission, activity::Event};

use super::acted_on::{ActedOn, act_on, not_yourself, shut_out};
use crate::{Access, Backend, Result, activity};

/// Takes a member out of the account, at once and for good: their history stays under their name, and invited again they come as a
/// new member. Somebody removed already stays so.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] (only an Admin removes people), `FreshProofNeeded`, `NotToYourself` (that is
/// [`super::leave`]), `NotFound`, `LastAdmin`.
pub async fn remove(backend: &Backend, access: &Access, id: MemberId) -> Result<()> {
    access.require(Permission::RemovePeople)?;
    access.require_fresh_proof()?;
    not_yourself(access, id)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let ActedOn { member, standing, .. } =
        act_on(&mut tx, backend, access, Permission::RemovePeople, id).await?;
    let after = standing.removed()?;
    if after == standing {
        return Ok(());
    }
    shut_out(&mut tx, access, &member, after).await?;
    let event = Event::StaffRemoved { member: id, name: member.name.full(), email: member.email };
    activity::record(&mut tx, access, backend.clock.now(), &event).await?;
    tx.commit().await?;
    Ok(())
}
