use domain::{MemberId, Permission, PipelineId, Refusal, activity::Event, staff::MemberState};

use super::set_member::write;
use crate::{
    Access, Backend, Result,
    db::Tx,
    pipelines::{edit::edit, queries},
};

/// Puts several people into a pipeline, or takes them out; answers what is to be recorded once all of the action is written.
/// Whoever is there as wanted already stays as they are.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`] for the pipeline or a member; [`Refusal::NotActive`] for somebody removed.
pub(crate) async fn place_people(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    people: &[(MemberId, bool)],
) -> Result<Vec<Event>> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let account = access.account();
    let pipeline = edit(tx, backend, access, pipeline).await?;
    let members: Vec<_> = people.iter().map(|(member, _)| *member).collect();
    let standings = queries::crossing::standings(tx, account, pipeline.id, &members).await?;
    let mut events = Vec::new();
    for (member, is_in) in people {
        let standing = standings.iter().find(|standing| standing.member == *member);
        let standing = standing.ok_or(Refusal::NotFound)?;
        if standing.state == MemberState::Removed {
            return Err(Refusal::NotActive.into());
        }
        let Some(choice) = standing.choice_for(*is_in) else { continue };
        let person = (*member, standing.name.clone());
        events.extend(write(tx, account, &pipeline, person, choice).await?);
    }
    Ok(events)
}
