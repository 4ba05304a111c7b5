use domain::{
    Permission, PermissionSet, ProfileId, Refusal,
    permissions::{Profile, ProfileVersion, may_grant, replaced},
};

use super::{
    edit::{Edited, Made, edit, save},
    queries,
};
use crate::{Access, Backend, Result};

/// Makes the profile what it was in an earlier version, in words and permissions. `seen_version` is what the editor looked at.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (also when something would change that the editor does not hold themselves),
/// [`Refusal::NotFound`], [`Refusal::ChangedMeanwhile`] when the profile was changed after they looked, [`Refusal::Invalid`] for
/// `name` when another profile is called so now.
pub async fn restore(
    backend: &Backend,
    access: &Access,
    id: ProfileId,
    version: i32,
    seen_version: i32,
) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { profile, own } = edit(&mut tx, backend, access, id).await?;
    let kept = queries::version::find(&mut tx, access.account(), id, version).await?;
    let ProfileVersion { name, description, permissions, .. } = kept.ok_or(Refusal::NotFound)?;
    let permissions = replaced(own, profile.permissions, permissions)?;
    let after = Profile { name, description, permissions, ..profile.clone() };
    // The same again, from a second click or a second tab, is no conflict.
    if after != profile && profile.version != seen_version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let saved = save(&mut tx, backend, access, profile, after, Made::AtOnce).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Takes back what one version changed, and nothing else: what was changed since stays, unless it was the same switch or word.
///
/// # Errors
/// As [`restore`]; [`Refusal::NotFound`] also for the first version, before which there was nothing;
/// [`Refusal::ChangedMeanwhile`] when the same was changed again since.
pub async fn undo(backend: &Backend, access: &Access, id: ProfileId, version: i32) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { profile, own } = edit(&mut tx, backend, access, id).await?;
    let two = queries::version::list(&mut tx, access.account(), id, Some(version), None, 2).await?;
    let [undone, before] = &two[..] else { return Err(Refusal::NotFound.into()) };
    if undone.version != version {
        return Err(Refusal::NotFound.into());
    }
    let name = word_undone(&profile.name, &undone.name, &before.name)?;
    let description = word_undone(&profile.description, &undone.description, &before.description)?;
    let touched = undone.permissions.difference(before.permissions);
    if !touched.intersection(profile.permissions.difference(undone.permissions)).is_empty() {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let wanted = profile.permissions.without(touched).union(before.permissions.intersection(touched));
    let permissions = undoing(own, profile.permissions, wanted)?;
    let after = Profile { name, description, permissions, ..profile.clone() };
    let saved = save(&mut tx, backend, access, profile, after, Made::AtOnce).await?;
    tx.commit().await?;
    Ok(saved)
}

/// What a word becomes when the version that made it `undone` is taken back.
fn word_undone(now: &str, undone: &str, before: &str) -> Result<String, Refusal> {
    match (undone == before, now == undone) {
        (true, _) => Ok(now.to_owned()),
        (false, true) => Ok(before.to_owned()),
        (false, false) => Err(Refusal::ChangedMeanwhile),
    }
}

/// No permission stands without its master switch: what comes back brings it along, and what was switched on since keeps it.
fn undoing(own: PermissionSet, set: PermissionSet, wanted: PermissionSet) -> Result<PermissionSet, Refusal> {
    let back = wanted.iter().fold(wanted, PermissionSet::switched_on);
    may_grant(own, back.difference(set))?;
    replaced(own, set, back)
}
