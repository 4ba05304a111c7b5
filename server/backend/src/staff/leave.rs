use domain::{Refusal, activity::Event};

use super::acted_on::{load, shut_out};
use crate::{Access, Backend, Result, account, activity};

/// Takes oneself out of the account. Everybody may, but the last Admin.
///
/// # Errors
/// [`Refusal::FreshProofNeeded`], [`Refusal::LastAdmin`], [`Refusal::NotFound`] for Steward itself, which is no member.
pub async fn leave(backend: &Backend, access: &Access) -> Result<()> {
    access.require_fresh_proof()?;
    let own = access.member_id().ok_or(Refusal::NotFound)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    account::lock(&mut tx, access.account()).await?;
    let (member, standing) = load(&mut tx, backend, access, own).await?;
    let after = standing.removed()?;
    if after == standing {
        return Ok(());
    }
    shut_out(&mut tx, access, &member, after).await?;
    let event = Event::StaffLeft { member: own, name: member.name.full(), email: member.email };
    activity::record(&mut tx, access, backend.clock.now(), &event).await?;
    tx.commit().await?;
    Ok(())
}
