use domain::{Permission, pipelines::PipelineRow};

use super::{queries, sight::Sight};
use crate::{Access, Backend, Result};

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
