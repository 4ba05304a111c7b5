use domain::{Permission, PipelineId, ProfileId, Refusal, activity::PipelineAct};

use crate::{
    Access, Backend, Result,
    pipelines::{
        edit::{edit, record},
        queries,
    },
};

/// Says whether everyone with a profile is in a pipeline: who holds it now, and who gets it later.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`] for the pipeline or the profile.
pub async fn set_rule(
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    profile: ProfileId,
    on: bool,
) -> Result<()> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let pipeline = edit(&mut tx, backend, access, pipeline).await?;
    let name = queries::rule::profile_name(&mut tx, account, profile).await?.ok_or(Refusal::NotFound)?;
    if !queries::rule::set(&mut tx, account, pipeline.id, profile, on).await? {
        return Ok(());
    }
    let did = PipelineAct::RuleSet { profile, profile_name: name, on };
    record(&mut tx, backend, access, pipeline, did).await?;
    tx.commit().await?;
    Ok(())
}
