use domain::{
    MemberId, Permission, PipelineId, Problem, Refusal,
    pipelines::{Opportunity, Owner},
};

use super::{Sight, queries};
use crate::{Access, Backend, Result, db::Tx, search::searched};

/// People offered at once.
const POSSIBLE_OWNERS: i64 = 50;

/// Who may be given what is in a pipeline: active Admins and whoever is in it. The first fifty by name that the search finds.
///
/// # Errors
/// [`Refusal::PermissionMissing`] without the permission to assign; [`Refusal::NotFound`], also for a pipeline that one may not see.
pub async fn possible_owners(
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    search: &str,
) -> Result<Vec<Owner>> {
    access.require_unnoted(Permission::OpportunitiesAssign)?;
    let account = access.account();
    let mut tx = backend.db.tenant_filtering(account).await?;
    let seen = queries::pipeline::seen(&mut tx, account, pipeline, Sight::of(access)).await?;
    seen.ok_or(Refusal::NotFound)?;
    let search = searched(search);
    let owners = queries::owner::possible(&mut tx, account, pipeline, &search, POSSIBLE_OWNERS).await?;
    tx.commit().await?;
    Ok(owners)
}

/// The name of somebody who is about to get something in the pipeline.
///
/// # Errors
/// [`Refusal::Invalid`] for `owner` who is neither in the pipeline nor an Admin.
pub(super) async fn require_possible(
    tx: &mut Tx,
    access: &Access,
    pipeline: PipelineId,
    owner: MemberId,
) -> Result<String> {
    let name = queries::owner::may_own(tx, access.account(), pipeline, owner).await?;
    name.ok_or_else(|| Refusal::field("owner", Problem::NotInPipeline).into())
}

/// Whose a new opportunity is: the chosen one's, otherwise the creator's. Of a creator who cannot own it, it is nobody's, unless they
/// would not see it then.
///
/// # Errors
/// [`Refusal::PermissionMissing`] to give it to somebody else without the permission to assign; [`Refusal::Invalid`] for `owner`.
pub(super) async fn first_owner(
    tx: &mut Tx,
    access: &Access,
    pipeline: PipelineId,
    new: &Opportunity,
) -> Result<Option<MemberId>> {
    let own = access.member_id();
    if let Some(owner) = new.owner {
        if own != Some(owner) {
            access.require(Permission::OpportunitiesAssign)?;
        }
        require_possible(tx, access, pipeline, owner).await?;
        return Ok(Some(owner));
    }
    let Some(own) = own else { return Ok(None) };
    match require_possible(tx, access, pipeline, own).await {
        Ok(_) => Ok(Some(own)),
        Err(error) if error.refusal().is_none() || Sight::of(access).owner.is_some() => Err(error),
        Err(_) => Ok(None),
    }
}
