use domain::{Permission, PipelineId, StageId, activity::PipelineAct, pipelines::moved};

use super::stage_of;
use crate::{
    Access, Backend, Result,
    pipelines::{
        edit::{edit, record},
        queries,
    },
};

/// Puts a stage at `place` among the pipeline's others, counted from 0; behind the last means last.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`], [`domain::Refusal::NotFound`].
pub async fn move_stage(
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    id: StageId,
    place: u32,
) -> Result<()> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let pipeline = edit(&mut tx, backend, access, pipeline).await?;
    let stage = stage_of(&mut tx, access, pipeline.id, id).await?;
    let before = queries::stage::order(&mut tx, access.account(), pipeline.id).await?;
    let place = (place as usize).min(before.len().saturating_sub(1));
    let after = moved(&before, id, place);
    if after == before {
        return Ok(());
    }
    queries::stage::put_in_order(&mut tx, access.account(), &after).await?;
    let place = u32::try_from(place + 1).unwrap_or(u32::MAX);
    let did = PipelineAct::StageMoved { stage: id, stage_name: stage.name, place };
    record(&mut tx, backend, access, pipeline, did).await?;
    tx.commit().await?;
    Ok(())
}
