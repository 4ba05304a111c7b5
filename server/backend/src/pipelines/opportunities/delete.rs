use domain::{OpportunityId, Permission, activity::OpportunityAct};

use super::{held, queries, record};
use crate::{Access, Backend, Result};

/// Deletes an opportunity for good.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`], [`domain::Refusal::NotFound`].
pub async fn delete(backend: &Backend, access: &Access, id: OpportunityId) -> Result<()> {
    access.require(Permission::OpportunitiesDelete)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let opportunity = held(&mut tx, access, id).await?;
    queries::opportunity::delete(&mut tx, access.account(), id).await?;
    let did = OpportunityAct::Deleted {
        pipeline: opportunity.pipeline.id,
        pipeline_name: opportunity.pipeline.name,
    };
    record(&mut tx, backend, access, id, opportunity.name, did).await?;
    tx.commit().await?;
    Ok(())
}
