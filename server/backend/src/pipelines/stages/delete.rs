use domain::{Permission, PipelineId, Problem, Refusal, StageId, activity::PipelineAct};

use super::stage_of;
use crate::{
    Access, Backend, Result,
    db::Tx,
    pipelines::{
        edit::{edit, record},
        queries,
    },
};

/// Deletes a stage. What stands in it goes to the target, another stage of the pipeline, in the same transaction.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`], [`Refusal::LastStage`], [`Refusal::TargetNeeded`] while opportunities stand
/// in it and no target is given, [`Refusal::Invalid`] for `target` that is no other stage of the pipeline.
pub async fn delete_stage(
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    id: StageId,
    target: Option<StageId>,
) -> Result<()> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let pipeline = edit(&mut tx, backend, access, pipeline).await?;
    let stage = stage_of(&mut tx, access, pipeline.id, id).await?;
    if queries::stage::order(&mut tx, account, pipeline.id).await?.len() == 1 {
        return Err(Refusal::LastStage.into());
    }
    // Whoever wants to move something here waits, and then finds that the stage is gone.
    queries::stage::close(&mut tx, account, id).await?;
    let mut went = (0, None);
    if queries::opportunity::any_in_stage(&mut tx, account, pipeline.id, id).await? {
        let (target, name) = found(&mut tx, access, pipeline.id, id, target).await?;
        let now = backend.clock.now();
        let moved = queries::opportunity::move_stage(&mut tx, account, pipeline.id, id, target, now).await?;
        went = (moved, Some(name));
    }
    queries::stage::delete(&mut tx, account, id).await?;
    let did = PipelineAct::StageDeleted { stage: id, stage_name: stage.name, moved: went.0, target: went.1 };
    record(&mut tx, backend, access, pipeline, did).await?;
    tx.commit().await?;
    Ok(())
}

/// The target and what it is called. It stays: whoever deletes stages holds the account's lock.
async fn found(
    tx: &mut Tx,
    access: &Access,
    pipeline: PipelineId,
    deleted: StageId,
    target: Option<StageId>,
) -> Result<(StageId, String)> {
    let target = target.ok_or(Refusal::TargetNeeded)?;
    let stage = match target == deleted {
        true => None,
        false => queries::stage::find(tx, access.account(), pipeline, target).await?,
    };
    let stage = stage.ok_or_else(|| Refusal::field("target", Problem::InvalidChoice))?;
    Ok((target, stage.name))
}
