use domain::{Permission, PipelineId, activity::PipelineAct, pipelines::moved};

use super::{
    edit::{edit, record},
    queries,
};
use crate::{Access, Backend, Result};

/// Puts a pipeline at `place` among the others, counted from 0; behind the last means last.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`], [`domain::Refusal::NotFound`].
pub async fn reorder(backend: &Backend, access: &Access, id: PipelineId, place: u32) -> Result<()> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let pipeline = edit(&mut tx, backend, access, id).await?;
    let before = queries::pipeline::order(&mut tx, access.account()).await?;
    let place = (place as usize).min(before.len().saturating_sub(1));
    let after = moved(&before, id, place);
    if after == before {
        return Ok(());
    }
    queries::pipeline::put_in_order(&mut tx, access.account(), &after).await?;
    let place = u32::try_from(place + 1).unwrap_or(u32::MAX);
    record(&mut tx, backend, access, pipeline, PipelineAct::Moved { place }).await?;
    tx.commit().await?;
    Ok(())
}
