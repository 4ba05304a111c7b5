use domain::{Permission, PipelineId, Problem, Refusal, StageId, activity::PipelineAct};

use super::{
    edit::{edit, record},
    queries,
};
use crate::{Access, Backend, Result, db::Tx};

/// Where opportunities go whose pipeline is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub pipeline: PipelineId,
    pub stage: StageId,
}

/// Deletes a pipeline with its stages and rules. What stands in it goes to the target, in the same transaction.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`], [`Refusal::TargetNeeded`] while opportunities are in it and no target is
/// given, [`Refusal::Invalid`] for `target` that is no stage of another pipeline.
pub async fn delete(
    backend: &Backend,
    access: &Access,
    id: PipelineId,
    target: Option<Target>,
) -> Result<()> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let pipeline = edit(&mut tx, backend, access, id).await?;
    // Whoever wants to put something here waits, and then finds that the stage is gone.
    queries::stage::close_all(&mut tx, account, id).await?;
    let mut went = (0, None);
    if queries::opportunity::any_in_pipeline(&mut tx, account, id).await? {
        let (target, words) = found(&mut tx, access, id, target).await?;
        let moved =
            queries::opportunity::move_pipeline(&mut tx, account, id, target, backend.clock.now()).await?;
        went = (moved, Some(words));
    }
    queries::pipeline::delete(&mut tx, account, id).await?;
    let did = PipelineAct::Deleted { moved: went.0, target: went.1 };
    record(&mut tx, backend, access, pipeline, did).await?;
    tx.commit().await?;
    Ok(())
}

/// The target, held so that it stays, and what it is called.
async fn found(
    tx: &mut Tx,
    access: &Access,
    deleted: PipelineId,
    target: Option<Target>,
) -> Result<(Target, String)> {
    let target = target.ok_or(Refusal::TargetNeeded)?;
    let no_choice = || Refusal::field("target", Problem::InvalidChoice);
    if target.pipeline == deleted {
        return Err(no_choice().into());
    }
    let place = queries::stage::hold(tx, access.account(), target.stage, None).await?;
    let place = place.filter(|place| place.pipeline.id == target.pipeline).ok_or_else(no_choice)?;
    Ok((target, format!("{}: {}", place.pipeline.name, place.stage.name)))
}
