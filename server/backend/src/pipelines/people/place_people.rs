use domain::{MemberId, Permission, PipelineId, Refusal, staff::MemberState};

use super::set_member::write;
use crate::{
    Access, Backend, Result,
    db::Tx,
    pipelines::{edit::edit, queries},
};

/// Puts several people into a pipeline, or takes them out; answers how many changes that made. Whoever is there as wanted already stays
/// as they are.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`] for the pipeline or a member; [`Refusal::NotActive`] for somebody removed.
pub(crate) async fn place_people(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    people: &[(MemberId, bool)],
) -> Result<usize> {
    access.require(Permission::OpportunitiesManagePipelines)?;
    let pipeline = edit(tx, backend, access, pipeline).await?;
    let members: Vec<_> = people.iter().map(|(member, _)| *member).collect();
    let standings = queries::crossing::standings(tx, access.account(), pipeline.id, &members).await?;
    let mut changes = 0;
    for (member, is_in) in people {
        let standing = standings.iter().find(|standing| standing.member == *member);
        let standing = standing.ok_or(Refusal::NotFound)?;
        if standing.state == MemberState::Removed {
            return Err(Refusal::NotActive.into());
        }
        let Some(choice) = standing.choice_for(*is_in) else { continue };
        let person = (*member, standing.name.clone());
        changes += usize::from(write(tx, backend, access, &pipeline, person, choice).await?);
    }
    Ok(changes)
}
