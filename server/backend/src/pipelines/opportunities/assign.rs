use domain::{MemberId, OpportunityId, Permission, activity::OpportunityAct};

use super::{held, owner::require_possible, queries, record};
use crate::{Access, Backend, Result};

/// Gives an opportunity to somebody, or to nobody. To whom it belongs already, nothing happens.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`], [`domain::Refusal::NotFound`], [`domain::Refusal::Invalid`] for `owner` who is neither in
/// the pipeline nor an Admin.
pub async fn assign(
    backend: &Backend,
    access: &Access,
    id: OpportunityId,
    owner: Option<MemberId>,
) -> Result<()> {
    access.require(Permission::OpportunitiesAssign)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let opportunity = held(&mut tx, access, id).await?;
    if opportunity.owner.map(|owner| owner.member) == owner {
        return Ok(());
    }
    let owner_name = match owner {
        Some(owner) => Some(require_possible(&mut tx, access, opportunity.pipeline.id, owner).await?),
        None => None,
    };
    queries::opportunity::assign(&mut tx, access.account(), id, owner).await?;
    let did = OpportunityAct::Assigned { owner, owner_name };
    record(&mut tx, backend, access, id, opportunity.name, did).await?;
    tx.commit().await?;
    Ok(())
}
