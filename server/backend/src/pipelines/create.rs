use chrono::{DateTime, Utc};
use domain::{
    AccountId, Permission, PipelineId, Refusal, StageId,
    activity::PipelineAct,
    pipelines::{PIPELINES_MAX, Pipeline, PipelineForm, StageWords, check_pipeline},
};

use super::{
    edit::{editor, record},
    queries,
};
use crate::{Access, Backend, Result, db::Tx, id};

/// Makes a pipeline with its stages, behind the others. Nobody is in it but those who see every pipeline.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::Invalid`] for `name` and `stages`, [`Refusal::LimitReached`].
pub async fn create(backend: &Backend, access: &Access, typed: &PipelineForm) -> Result<Pipeline> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let (name, stages) = check_pipeline(typed)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    editor(&mut tx, backend, access).await?;
    if queries::pipeline::order(&mut tx, access.account()).await?.len() >= PIPELINES_MAX as usize {
        return Err(Refusal::LimitReached { what: "pipelines".into(), max: PIPELINES_MAX }.into());
    }
    let (pipeline, _) = made(&mut tx, access.account(), &name, &stages, backend.clock.now()).await?;
    record(&mut tx, backend, access, pipeline.clone(), PipelineAct::Created).await?;
    tx.commit().await?;
    Ok(pipeline)
}

/// Writes a new pipeline, and answers it with its stages in their order; whoever calls it records the event.
///
/// # Errors
/// [`Refusal::Invalid`] for `name` when another pipeline is called so.
pub(crate) async fn made(
    tx: &mut Tx,
    account: AccountId,
    name: &str,
    stages: &[StageWords],
    now: DateTime<Utc>,
) -> Result<(Pipeline, Vec<StageId>)> {
    let pipeline: PipelineId = id::new(now);
    queries::pipeline::insert(tx, account, pipeline, name, now).await?;
    let mut ids = Vec::new();
    for words in stages {
        let stage = id::new(now);
        queries::stage::insert(tx, account, pipeline, stage, words).await?;
        ids.push(stage);
    }
    Ok((Pipeline { id: pipeline, name: name.to_owned(), version: 1 }, ids))
}
