use domain::{OpportunityId, Permission, Refusal, StageId, activity::OpportunityAct, pipelines::Stage};

use super::{Sight, held, queries, record};
use crate::{Access, Backend, Result};

/// Moves an opportunity to another stage of its pipeline. Where it stands already, nothing happens. Answers
/// the stage.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for a stage that is gone or of another pipeline.
pub async fn move_to(backend: &Backend, access: &Access, id: OpportunityId, stage: StageId) -> Result<Stage> {
    access.require(Permission::OpportunitiesMoveStage)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let place = queries::stage::hold(&mut tx, account, stage, Sight::of(access).viewer).await?;
    let place = place.ok_or(Refusal::NotFound)?;
    let opportunity = held(&mut tx, access, id).await?;
    if opportunity.pipeline.id != place.pipeline.id {
        return Err(Refusal::NotFound.into());
    }
    if opportunity.stage.id == stage {
        return Ok(place.stage);
    }
    queries::opportunity::put_into(&mut tx, account, id, stage, backend.clock.now()).await?;
    let did = OpportunityAct::Moved {
        pipeline: place.pipeline.id,
        pipeline_name: place.pipeline.name,
        from: opportunity.stage.name,
        to: place.stage.name.clone(),
    };
    record(&mut tx, backend, access, id, opportunity.name, did).await?;
    tx.commit().await?;
    Ok(place.stage)
}
