//! The frame of every change of a pipeline: under the account's lock, with the editor's rights of this instant.

use domain::{
    Permission, PipelineId, Refusal,
    activity::{Event, PipelineAct},
    pipelines::Pipeline,
};

use super::queries;
use crate::{Access, Backend, Result, account, activity, db::Tx, permissions::require_now};

/// Locks the account and sees whether the editor may still manage pipelines.
///
/// # Errors
/// [`Refusal::SignInNeeded`] for an editor who is gone, [`Refusal::PermissionMissing`].
pub(super) async fn editor(tx: &mut Tx, backend: &Backend, access: &Access) -> Result<()> {
    account::lock(tx, access.account()).await?;
    let needed = Permission::OpportunitiesManagePipelines;
    require_now(tx, access, needed, backend.clock.now()).await?;
    Ok(())
}

/// As [`editor`], and loads the pipeline.
///
/// # Errors
/// As there, and [`Refusal::NotFound`].
pub(super) async fn edit(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    id: PipelineId,
) -> Result<Pipeline> {
    editor(tx, backend, access).await?;
    let found = queries::pipeline::find(tx, access.account(), id).await?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// Records what was done; call it last.
pub(super) async fn record(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    pipeline: Pipeline,
    did: PipelineAct,
) -> Result<()> {
    let event = Event::Pipeline { pipeline: pipeline.id, name: pipeline.name, did };
    activity::record(tx, access, backend.clock.now(), &event).await
}
