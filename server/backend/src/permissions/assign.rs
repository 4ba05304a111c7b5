use domain::{
    MemberId, Permission, ProfileId, Refusal, Role,
    activity::{Change, Event},
    permissions::{Assignment, ProfileName},
    staff::{MemberState, may_reassign},
};

use super::{note_given, queries, tell_reassigned};
use crate::{Access, Backend, Result, activity, db::Tx, staff};

/// People that one request may give a profile.
const PEOPLE_MAX: u32 = 100;

/// Gives members a profile, from the profile's page; all or nobody. Who holds it already stays as they are. Answers how many changed.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (to edit staff; also when the profile, or what one of the people has now, holds what the actor
/// lacks), [`Refusal::NotFound`] for the profile or a member, [`Refusal::NotActive`] for somebody removed,
/// [`Refusal::AdminNeedsNoProfile`], [`Refusal::LimitReached`] for too many at once.
pub async fn assign(
    backend: &Backend,
    access: &Access,
    profile: ProfileId,
    members: &[MemberId],
) -> Result<usize> {
    give(backend, access, Some(profile), members).await
}

/// Takes the profile from one of its holders; they have the built-in set then.
///
/// # Errors
/// As [`assign`].
pub async fn unassign(backend: &Backend, access: &Access, member: MemberId) -> Result<usize> {
    give(backend, access, None, &[member]).await
}

async fn give(
    backend: &Backend,
    access: &Access,
    profile: Option<ProfileId>,
    members: &[MemberId],
) -> Result<usize> {
    access.require(Permission::SettingsEditStaff)?;
    if u32::try_from(members.len()).map_or(true, |people| people > PEOPLE_MAX) {
        return Err(Refusal::LimitReached { what: "people at once".into(), max: PEOPLE_MAX }.into());
    }
    let mut tx = backend.db.tenant(access.account()).await?;
    let now = backend.clock.now();
    let mut events = Vec::new();
    for member in members {
        if let Some((before, event)) = give_one(&mut tx, backend, access, profile, *member).await? {
            note_given(&mut tx, access.account(), *member, access.member_id(), now).await?;
            tell_reassigned(&mut tx, access.account(), *member, &before, now).await?;
            events.push(event);
        }
    }
    for event in &events {
        activity::record(&mut tx, access, now, event).await?;
    }
    tx.commit().await?;
    Ok(events.len())
}

/// Answers what the member had and what to record; none when they have the profile already.
async fn give_one(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    profile: Option<ProfileId>,
    id: MemberId,
) -> Result<Option<(Assignment, Event)>> {
    let staff::ActedOn { member, own, .. } =
        staff::act_on(tx, backend, access, Permission::SettingsEditStaff, id).await?;
    let before = member.assignment;
    if member.state == MemberState::Removed {
        return Err(Refusal::NotActive.into());
    }
    if before.role == Role::Admin {
        return Err(Refusal::AdminNeedsNoProfile.into());
    }
    if before.choice().profile == profile {
        return Ok(None);
    }
    let found = match profile {
        Some(id) => {
            let profile =
                queries::profile::find(tx, access.account(), id).await?.ok_or(Refusal::NotFound)?.profile;
            Some((ProfileName { id, name: profile.name }, profile.permissions))
        }
        None => None,
    };
    let after = Assignment::new(Role::User, found, before.only_assigned);
    may_reassign(own, &before, &after)?;
    queries::holder::assign(tx, access.account(), id, profile).await?;
    let (from, to) = (before.profile_label().to_owned(), after.profile_label().to_owned());
    let changes = vec![Change { what: "profile".into(), from, to }];
    Ok(Some((before, Event::StaffChanged { member: id, name: member.name.full(), changes })))
}
