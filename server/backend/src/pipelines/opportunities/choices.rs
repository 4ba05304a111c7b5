use domain::{Permission, PipelineId, Refusal, pipelines::OpportunityChoices};

use super::{Sight, owner::POSSIBLE_OWNERS, queries};
use crate::{Access, Backend, Result};

/// What an opportunity of this pipeline can be made of.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for a pipeline that one may not see.
pub async fn choices(backend: &Backend, access: &Access, pipeline: PipelineId) -> Result<OpportunityChoices> {
    access.require_unnoted(Permission::OpportunitiesView)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let seen = queries::pipeline::seen(&mut tx, account, pipeline, Sight::of(access)).await?;
    let (pipeline, currency) = seen.ok_or(Refusal::NotFound)?;
    let stages = queries::stage::all(&mut tx, account, pipeline.id).await?;
    let owners = match access.permissions().contains(Permission::OpportunitiesAssign) {
        true => queries::owner::possible(&mut tx, account, pipeline.id, POSSIBLE_OWNERS).await?,
        false => vec![],
    };
    tx.commit().await?;
    Ok(OpportunityChoices { pipeline, currency, stages, owners })
}
