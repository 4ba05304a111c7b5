use domain::{
    Permission, PermissionSet, ProfileId, Refusal,
    permissions::{Profile, replaced},
};

use super::{
    edit::{Edited, Made, edit, save},
    queries,
};
use crate::{Access, Backend, Result};

/// Gives the profile the whole set `wanted`: the Save button of the form without wasm.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (also when something would change that the editor does not hold themselves),
/// [`Refusal::NotFound`], [`Refusal::ChangedMeanwhile`] when the profile was changed after the editor saw `seen_version`.
pub async fn replace(
    backend: &Backend,
    access: &Access,
    id: ProfileId,
    seen_version: i32,
    wanted: PermissionSet,
) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { profile, own } = edit(&mut tx, backend, access, id).await?;
    let permissions = replaced(own, profile.permissions, wanted)?;
    // The same again, from a second click or a second tab, is no conflict.
    if permissions != profile.permissions && profile.version != seen_version {
        let seen = queries::version::find(&mut tx, access.account(), id, seen_version).await?;
        // Whoever changed nothing has nothing against what others did.
        return match seen.is_some_and(|seen| seen.permissions == permissions) {
            true => Ok(profile),
            false => Err(Refusal::ChangedMeanwhile.into()),
        };
    }
    let after = Profile { permissions, ..profile.clone() };
    let saved = save(&mut tx, backend, access, profile, after, Made::AtOnce).await?;
    tx.commit().await?;
    Ok(saved)
}
