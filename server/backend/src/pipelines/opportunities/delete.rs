use domain::{OpportunityId, Permission, PipelineId, activity::OpportunityAct};

use super::{held, queries, record};
use crate::{Access, Backend, Result};

/// Deletes an opportunity for good, and answers the pipeline it was in.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`], [`domain::Refusal::NotFound`].
pub async fn delete(backend: &Backend, access: &Access, id: OpportunityId) -> Result<PipelineId> {
    access.require(Permission::OpportunitiesDelete)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let opportunity = held(&mut tx, access, id).await?;
    queries::opportunity::delete(&mut tx, access.account(), id).await?;
    let pipeline = opportunity.pipeline.id;
    let did = OpportunityAct::Deleted { pipeline, pipeline_name: opportunity.pipeline.name };
    record(&mut tx, backend, access, id, opportunity.name, did).await?;
    tx.commit().await?;
    Ok(pipeline)
}
