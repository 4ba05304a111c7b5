use domain::{
    Permission, PipelineId, Refusal, StageId,
    activity::{PipelineAct, changes},
    pipelines::{Stage, StageForm, check_stage},
};

use super::stage_of;
use crate::{
    Access, Backend, Result,
    pipelines::{
        edit::{edit, record},
        queries,
    },
};

/// Gives a stage another name or colour. What it has already changes nothing.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`], [`Refusal::Invalid`] for `name` and `colour`,
/// [`Refusal::ChangedMeanwhile`] when it was changed since `seen_version`.
pub async fn change_stage(
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    id: StageId,
    seen_version: i32,
    typed: &StageForm,
) -> Result<Stage> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let words = check_stage(typed)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let pipeline = edit(&mut tx, backend, access, pipeline).await?;
    let before = stage_of(&mut tx, access, pipeline.id, id).await?;
    let changes = changes(&[
        ("name", before.name.clone(), words.name.clone()),
        ("colour", before.colour.label().to_owned(), words.colour.label().to_owned()),
    ]);
    if changes.is_empty() {
        return Ok(before);
    }
    if before.version != seen_version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let after = Stage { id, name: words.name, colour: words.colour, version: before.version + 1 };
    queries::stage::change(&mut tx, access.account(), &after).await?;
    let did = PipelineAct::StageChanged { stage: id, stage_name: before.name, changes };
    record(&mut tx, backend, access, pipeline, did).await?;
    tx.commit().await?;
    Ok(after)
}
