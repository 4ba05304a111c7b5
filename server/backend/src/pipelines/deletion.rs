use domain::{Permission, PipelineId, Refusal, pipelines::PipelineDeletion};

use super::queries;
use crate::{Access, Backend, Result};

/// What has to be known before a pipeline is deleted.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for another account's.
pub async fn deletion(backend: &Backend, access: &Access, id: PipelineId) -> Result<PipelineDeletion> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let pipeline = queries::pipeline::find(&mut tx, account, id).await?.ok_or(Refusal::NotFound)?;
    let stages = queries::stage::with_counts(&mut tx, account, id).await?;
    let targets = queries::stage::of_others(&mut tx, account, id).await?;
    tx.commit().await?;
    let opportunities = stages.iter().map(|stage| stage.opportunities).sum();
    Ok(PipelineDeletion { pipeline, opportunities, targets })
}
