use domain::{MemberId, OpportunityId, Permission, PipelineId, activity::OpportunityAct};

use super::{Sight, held, owner::require_possible, queries, record};
use crate::{Access, Backend, Result};

/// Gives an opportunity to somebody, or to nobody. To whom it belongs already, nothing happens. Answers its pipeline when the actor
/// has given it out of their own sight.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`], [`domain::Refusal::NotFound`], [`domain::Refusal::Invalid`] for `owner` who is neither in
/// the pipeline nor an Admin.
pub async fn assign(
    backend: &Backend,
    access: &Access,
    id: OpportunityId,
    owner: Option<MemberId>,
) -> Result<Option<PipelineId>> {
    access.require(Permission::OpportunitiesAssign)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let opportunity = held(&mut tx, access, id).await?;
    if opportunity.owner.map(|owner| owner.member) == owner {
        return Ok(None);
    }
    let owner_name = match owner {
        Some(owner) => Some(require_possible(&mut tx, access, opportunity.pipeline.id, owner).await?),
        None => None,
    };
    queries::opportunity::assign(&mut tx, access.account(), id, owner).await?;
    let did = OpportunityAct::Assigned { owner, owner_name };
    record(&mut tx, backend, access, id, opportunity.name, did).await?;
    tx.commit().await?;
    let is_out_of_sight = Sight::of(access).owner.is_some_and(|own| owner != Some(own));
    Ok(is_out_of_sight.then_some(opportunity.pipeline.id))
}
