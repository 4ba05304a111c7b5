use domain::{
    MemberId, Permission, PipelineId, Refusal, activity::PipelineAct, pipelines::MembershipChoice,
    staff::MemberState,
};

use crate::{
    Access, Backend, Result,
    pipelines::{
        edit::{edit, record},
        queries,
    },
};

/// Says by hand whether somebody is in a pipeline, or leaves it to the rules. For somebody deactivated it counts once they are back.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`] for the pipeline or the member; [`Refusal::NotActive`] for somebody removed.
pub async fn set_member(
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    member: MemberId,
    choice: MembershipChoice,
) -> Result<()> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let pipeline = edit(&mut tx, backend, access, pipeline).await?;
    let (name, state) = queries::person::find(&mut tx, account, member).await?.ok_or(Refusal::NotFound)?;
    if state == MemberState::Removed {
        return Err(Refusal::NotActive.into());
    }
    let changed = match choice {
        MembershipChoice::In => queries::person::put(&mut tx, account, pipeline.id, member, false).await?,
        MembershipChoice::Excluded => {
            queries::person::put(&mut tx, account, pipeline.id, member, true).await?
        }
        MembershipChoice::AsRules => queries::person::forget(&mut tx, account, pipeline.id, member).await?,
    };
    if !changed {
        return Ok(());
    }
    let did = PipelineAct::MemberSet { member, member_name: name, choice };
    record(&mut tx, backend, access, pipeline, did).await?;
    tx.commit().await?;
    Ok(())
}
