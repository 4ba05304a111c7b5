use domain::{
    AccountId, MemberId, Permission, PipelineId, Refusal,
    activity::{Event, PipelineAct},
    pipelines::{MembershipChoice, Pipeline},
    staff::MemberState,
};

use crate::{
    Access, Backend, Result, account, activity,
    db::Tx,
    pipelines::{edit::edit, queries},
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
    let mut tx = backend.db.tenant(access.account()).await?;
    set(&mut tx, backend, access, pipeline, member, choice).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets somebody in; nothing changes for whoever is in by a rule already. `as_owner` is for the sake of what they own there.
///
/// # Errors
/// As of [`set_member`], and [`Refusal::ChangedMeanwhile`] for an owner to whom nothing there belongs any more.
pub async fn add_member(
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    member: MemberId,
    as_owner: bool,
) -> Result<()> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    account::lock(&mut tx, account).await?;
    let tie = queries::person::tie(&mut tx, account, pipeline, member).await?;
    if tie.is_in {
        return Ok(());
    }
    if as_owner && !tie.owns {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    set(&mut tx, backend, access, pipeline, member, MembershipChoice::In).await?;
    tx.commit().await?;
    Ok(())
}

async fn set(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    member: MemberId,
    choice: MembershipChoice,
) -> Result<()> {
    let account = access.account();
    let pipeline = edit(tx, backend, access, pipeline).await?;
    let (name, state) = queries::person::find(tx, account, member).await?.ok_or(Refusal::NotFound)?;
    if state == MemberState::Removed {
        return Err(Refusal::NotActive.into());
    }
    match write(tx, account, &pipeline, (member, name), choice).await? {
        Some(event) => activity::record(tx, access, backend.clock.now(), &event).await,
        None => Ok(()),
    }
}

/// Writes it; answers what is to be recorded, if that changed anything.
pub(super) async fn write(
    tx: &mut Tx,
    account: AccountId,
    pipeline: &Pipeline,
    (member, member_name): (MemberId, String),
    choice: MembershipChoice,
) -> Result<Option<Event>> {
    let changed = match choice {
        MembershipChoice::In => queries::person::put(tx, account, pipeline.id, member, false).await?,
        MembershipChoice::Excluded => queries::person::put(tx, account, pipeline.id, member, true).await?,
        MembershipChoice::AsRules => queries::person::forget(tx, account, pipeline.id, member).await?,
    };
    Ok(changed.then(|| Event::Pipeline {
        pipeline: pipeline.id,
        name: pipeline.name.clone(),
        did: PipelineAct::MemberSet { member, member_name, choice },
    }))
}
