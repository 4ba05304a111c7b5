use domain::{
    OpportunityId, Permission, PipelineId, Refusal, StageId,
    activity::OpportunityAct,
    pipelines::{OpportunityForm, check_opportunity},
};

use super::{Sight, owner::first_owner, queries, record};
use crate::{Access, Backend, Result, id, pipelines::Target};

/// Puts a new opportunity into a stage. It is the creator's unless somebody else, or nobody, is named.
///
/// # Errors
/// [`Refusal::PermissionMissing`], also for a value without the permission to change values and for somebody else's without the one
/// to assign; [`Refusal::NotFound`] for the pipeline or the stage; [`Refusal::Invalid`].
pub async fn create(
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    stage: StageId,
    typed: &OpportunityForm,
) -> Result<OpportunityId> {
    access.require(Permission::OpportunitiesCreate)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let place = queries::stage::hold(&mut tx, account, stage, Sight::of(access).viewer).await?;
    let place = place.filter(|place| place.pipeline.id == pipeline).ok_or(Refusal::NotFound)?;
    let new = check_opportunity(typed, &place.currency)?;
    if new.value_cents.is_some() {
        access.require(Permission::OpportunitiesChangeValue)?;
    }
    let owner = first_owner(&mut tx, access, pipeline, new.owner).await?;
    let now = backend.clock.now();
    let id = id::new(now);
    queries::opportunity::insert(&mut tx, account, id, Target { pipeline, stage }, &new, owner, now).await?;
    let did = OpportunityAct::Created { pipeline, pipeline_name: place.pipeline.name, owner };
    record(&mut tx, backend, access, id, new.name, did).await?;
    tx.commit().await?;
    Ok(id)
}
