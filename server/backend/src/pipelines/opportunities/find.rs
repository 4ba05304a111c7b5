use domain::{OpportunityId, Permission, Refusal, pipelines::OpportunityDetails};

use super::{Sight, queries};
use crate::{Access, Backend, Result};

/// Everything about one opportunity.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for one that one may not see.
pub async fn find(backend: &Backend, access: &Access, id: OpportunityId) -> Result<OpportunityDetails> {
    access.require(Permission::OpportunitiesView)?;
    let sight = Sight::of(access);
    let mut tx = backend.db.tenant(access.account()).await?;
    let found = queries::opportunity::find(&mut tx, access.account(), id, sight).await?;
    tx.commit().await?;
    let found = found.ok_or(Refusal::NotFound)?;
    Ok(OpportunityDetails { value_cents: found.value_cents.filter(|_| sight.values), ..found })
}
