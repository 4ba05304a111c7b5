use domain::{
    Permission, PipelineId, Refusal,
    activity::PipelineAct,
    pipelines::{STAGES_MAX, Stage, StageForm, check_stage},
};

use crate::{
    Access, Backend, Result, id,
    pipelines::{
        edit::{edit, record},
        queries,
    },
};

/// Adds a stage behind the others.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`], [`Refusal::Invalid`] for `name` and `colour`, [`Refusal::LimitReached`].
pub async fn add_stage(
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    typed: &StageForm,
) -> Result<Stage> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let words = check_stage(typed)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let pipeline = edit(&mut tx, backend, access, pipeline).await?;
    if queries::stage::order(&mut tx, access.account(), pipeline.id).await?.len() >= STAGES_MAX as usize {
        return Err(Refusal::LimitReached { what: "stages".into(), max: STAGES_MAX }.into());
    }
    let stage = id::new(backend.clock.now());
    queries::stage::insert(&mut tx, access.account(), pipeline.id, stage, &words).await?;
    let did = PipelineAct::StageAdded { stage, stage_name: words.name.clone() };
    record(&mut tx, backend, access, pipeline, did).await?;
    tx.commit().await?;
    Ok(Stage { id: stage, name: words.name, colour: words.colour, version: 1 })
}
