use domain::{
    Permission, PermissionSet, ProfileId, Refusal, Role,
    activity::Event,
    permissions::{Assignment, ProfileName, may_grant},
};

use super::{
    edit::{Edited, edit},
    queries,
    tell::tell_holders_reassigned,
};
use crate::{Access, Backend, Result, activity, db::Tx};

/// What the holders of a deleted profile get instead. Asked of whoever deletes a profile in use; never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// Nobody may hold the profile.
    None,
    StandardUser,
    Profile(ProfileId),
}

/// Deletes a profile; its holders, and who is invited to it, get the replacement in the same transaction. `confirmed_gains` is
/// what the person who deletes knows that the replacement gives and the profile did not.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (also when the replacement gives or takes what the one who deletes does not hold themselves),
/// [`Refusal::NotFound`], [`Refusal::ReplacementNeeded`] for a profile in use, [`Refusal::GainsUnconfirmed`], [`Refusal::Invalid`]
/// for `replacement` that is no other profile of the account.
pub async fn delete(
    backend: &Backend,
    access: &Access,
    id: ProfileId,
    replacement: Replacement,
    confirmed_gains: PermissionSet,
) -> Result<()> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { profile, own } = edit(&mut tx, backend, access, id).await?;
    let counts = queries::holder::count(&mut tx, access.account(), id).await?;
    let in_use = counts.members + counts.invited > 0;
    let to = match replacement {
        Replacement::None if in_use => return Err(Refusal::ReplacementNeeded.into()),
        Replacement::None => Assignment::of_role(Role::User),
        other => successor(&mut tx, access, id, other).await?,
    };
    if in_use {
        require_allowed(own, profile.permissions, to.permissions, confirmed_gains)?;
    }
    let to_id = to.profile.as_ref().map(|profile| profile.id);
    let now = backend.clock.now();
    queries::given::note_all(&mut tx, access.account(), id, to_id, access.member_id(), now).await?;
    let name = ProfileName { id, name: profile.name.clone() };
    tell_holders_reassigned(&mut tx, access.account(), &name, now).await?;
    let people = queries::holder::move_all(&mut tx, access.account(), id, to_id).await?;
    queries::profile::delete(&mut tx, access.account(), id).await?;
    let replacement = in_use.then(|| to.profile_label().to_owned());
    let event = Event::ProfileDeleted { profile: id, name: profile.name, people, replacement };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}

fn require_allowed(
    own: PermissionSet,
    from: PermissionSet,
    to: PermissionSet,
    confirmed_gains: PermissionSet,
) -> Result<(), Refusal> {
    may_grant(own, from.difference(to))?;
    let gains = to.without(from);
    if gains.is_within(confirmed_gains) { Ok(()) } else { Err(Refusal::GainsUnconfirmed(gains)) }
}

async fn successor(
    tx: &mut Tx,
    access: &Access,
    deleted: ProfileId,
    replacement: Replacement,
) -> Result<Assignment> {
    let Replacement::Profile(id) = replacement else { return Ok(Assignment::of_role(Role::User)) };
    let found = match id == deleted {
        true => None,
        false => queries::profile::find(tx, access.account(), id).await?,
    };
    let no_choice = || Refusal::field("replacement", domain::Problem::InvalidChoice);
    let profile = found.ok_or_else(no_choice)?.profile;
    let name = ProfileName { id, name: profile.name };
    Ok(Assignment::new(Role::User, Some((name, profile.permissions)), false))
}
