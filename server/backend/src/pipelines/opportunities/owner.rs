use domain::{MemberId, Permission, PipelineId, Problem, Refusal, pipelines::FirstOwner};

use super::{Sight, queries};
use crate::{Access, Result, db::Tx};

/// People offered as owners: active Admins and whoever is in the pipeline, by name.
pub(super) const POSSIBLE_OWNERS: i64 = 500;

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
/// [`Refusal::PermissionMissing`] to give it to somebody else, or to nobody, without the permission to assign; [`Refusal::Invalid`] for `owner`.
pub(super) async fn first_owner(
    tx: &mut Tx,
    access: &Access,
    pipeline: PipelineId,
    first: FirstOwner,
) -> Result<Option<MemberId>> {
    let own = access.member_id();
    match first {
        FirstOwner::Creator => {}
        FirstOwner::Nobody => {
            access.require(Permission::OpportunitiesAssign)?;
            return Ok(None);
        }
        FirstOwner::Member(owner) => {
            if own != Some(owner) {
                access.require(Permission::OpportunitiesAssign)?;
            }
            require_possible(tx, access, pipeline, owner).await?;
            return Ok(Some(owner));
        }
    }
    let Some(own) = own else { return Ok(None) };
    match require_possible(tx, access, pipeline, own).await {
        Ok(_) => Ok(Some(own)),
        Err(error) if error.refusal().is_none() || Sight::of(access).owner.is_some() => Err(error),
        Err(_) => Ok(None),
    }
}
