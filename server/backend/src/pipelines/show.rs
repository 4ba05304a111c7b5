use domain::{
    Page, Permission, PipelineId, Refusal,
    listing::ROWS_PER_PAGE,
    pipelines::{PeopleFilter, PipelineDetails},
};

use super::queries;
use crate::{Access, Backend, Result, search::searched};

/// Everything the settings of a pipeline show. A page of people behind the last one answers the last one.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for another account's.
pub async fn show(
    backend: &Backend,
    access: &Access,
    id: PipelineId,
    filter: &PeopleFilter,
) -> Result<PipelineDetails> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let account = access.account();
    let filter = PeopleFilter { search: searched(&filter.search), ..filter.clone() };
    let mut tx = backend.db.tenant_filtering(account).await?;
    let pipeline = queries::pipeline::find(&mut tx, account, id).await?.ok_or(Refusal::NotFound)?;
    let stages = queries::stage::with_counts(&mut tx, account, id).await?;
    let rules = queries::rule::all(&mut tx, account, id).await?;
    let counts = queries::person::count(&mut tx, account, id, &filter).await?;
    let last = u32::try_from(counts.listed.div_ceil(u64::from(ROWS_PER_PAGE))).unwrap_or(u32::MAX).max(1);
    let filter = PeopleFilter { page: filter.page.clamp(1, last), ..filter };
    let rows = queries::person::rows(&mut tx, account, id, &filter).await?;
    tx.commit().await?;
    let members = Page { rows, page: filter.page, total: counts.listed };
    Ok(PipelineDetails { pipeline, stages, rules, people: counts.people, members })
}
