use domain::{
    Permission, PermissionSet, ProfileId, Refusal,
    permissions::{Profile, may_grant, replaced},
};

use super::{
    edit::{Edited, Made, edit, save},
    queries,
};
use crate::{Access, Backend, Result};

/// Gives the profile the set it had in an earlier version. Name and description stay.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (also when something would change that the editor does not hold themselves),
/// [`Refusal::NotFound`].
pub async fn restore(backend: &Backend, access: &Access, id: ProfileId, version: i32) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { profile, own } = edit(&mut tx, backend, access, id).await?;
    let kept = queries::version::find(&mut tx, access.account(), id, version).await?;
    let permissions = replaced(own, profile.permissions, kept.ok_or(Refusal::NotFound)?.permissions)?;
    let after = Profile { permissions, ..profile.clone() };
    let saved = save(&mut tx, backend, access, profile, after, Made::AtOnce).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Takes back what one version changed, and nothing else: what was changed since stays, unless it was the same switch.
///
/// # Errors
/// As [`restore`]; [`Refusal::NotFound`] also for the first version, before which there was nothing;
/// [`Refusal::ChangedMeanwhile`] when the same was switched again since.
pub async fn undo(backend: &Backend, access: &Access, id: ProfileId, version: i32) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { profile, own } = edit(&mut tx, backend, access, id).await?;
    let two = queries::version::list(&mut tx, access.account(), id, Some(version), None, 2).await?;
    let [undone, before] = &two[..] else { return Err(Refusal::NotFound.into()) };
    if undone.version != version {
        return Err(Refusal::NotFound.into());
    }
    let touched = undone.permissions.difference(before.permissions);
    if !touched.intersection(profile.permissions.difference(undone.permissions)).is_empty() {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let wanted = profile.permissions.without(touched).union(before.permissions.intersection(touched));
    let permissions = undoing(own, profile.permissions, wanted)?;
    let after = Profile { permissions, ..profile.clone() };
    let saved = save(&mut tx, backend, access, profile, after, Made::AtOnce).await?;
    tx.commit().await?;
    Ok(saved)
}

/// No permission stands without its master switch: what comes back brings it along, and what was switched on since keeps it.
fn undoing(own: PermissionSet, set: PermissionSet, wanted: PermissionSet) -> Result<PermissionSet, Refusal> {
    let back = wanted.iter().fold(wanted, PermissionSet::switched_on);
    may_grant(own, back.difference(set))?;
    replaced(own, set, back)
}
