use domain::{
    Permission, PipelineId, Refusal,
    activity::PipelineAct,
    pipelines::{Pipeline, check_pipeline_name},
};

use super::{
    edit::{edit, record},
    queries,
};
use crate::{Access, Backend, Result};

/// Calls a pipeline something else. The name it has already changes nothing.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`], [`Refusal::Invalid`] for `name`, [`Refusal::ChangedMeanwhile`] when it is
/// called something else since `seen_version`.
pub async fn rename(
    backend: &Backend,
    access: &Access,
    id: PipelineId,
    seen_version: i32,
    name: &str,
) -> Result<Pipeline> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let name = check_pipeline_name(name)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let before = edit(&mut tx, backend, access, id).await?;
    if before.name == name {
        return Ok(before);
    }
    if before.version != seen_version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let after = Pipeline { id, name, version: before.version + 1 };
    queries::pipeline::rename(&mut tx, access.account(), &after).await?;
    record(&mut tx, backend, access, after.clone(), PipelineAct::Renamed { from: before.name }).await?;
    tx.commit().await?;
    Ok(after)
}
