use domain::{
    Permission,
    pipelines::{Pipeline, PipelineRow},
};

use super::{queries, sight::Sight};
use crate::{Access, Backend, Result};

/// The pipelines that somebody may see, in their order, by name alone.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn names(backend: &Backend, access: &Access) -> Result<Vec<Pipeline>> {
    access.require_unnoted(Permission::OpportunitiesView)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let names = queries::pipeline::names(&mut tx, access.account(), Sight::of(access)).await?;
    tx.commit().await?;
    Ok(names)
}

/// The pipelines that somebody may see, in their order, with what they may see of them.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn list(backend: &Backend, access: &Access) -> Result<Vec<PipelineRow>> {
    access.require(Permission::OpportunitiesView)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let rows = queries::pipeline::all(&mut tx, access.account(), Sight::of(access)).await?;
    tx.commit().await?;
    Ok(rows)
}
