use domain::{
    Permission, ProfileId, Refusal,
    permissions::{Profile, ProfileVersion, check_profile_words},
};

use super::{
    edit::{Edited, Made, edit, save},
    queries,
};
use crate::{Access, Backend, Result};

/// Renames and describes a profile. `seen_version` is what the editor looked at; what was switched since does not matter here.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`], [`Refusal::Invalid`] for `name` and `description`,
/// [`Refusal::ChangedMeanwhile`] when somebody else gave it other words since.
pub async fn change_words(
    backend: &Backend,
    access: &Access,
    id: ProfileId,
    seen_version: i32,
    name: &str,
    description: &str,
) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let (name, description) = check_profile_words(name, description)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { profile, .. } = edit(&mut tx, backend, access, id).await?;
    let after = Profile { name, description, ..profile.clone() };
    if seen_version != profile.version && after != profile {
        let seen = queries::version::find(&mut tx, access.account(), id, seen_version).await?;
        let is_seen =
            |seen: &ProfileVersion| seen.name == profile.name && seen.description == profile.description;
        seen.filter(is_seen).ok_or(Refusal::ChangedMeanwhile)?;
    }
    let saved = save(&mut tx, backend, access, profile, after, Made::AtOnce).await?;
    tx.commit().await?;
    Ok(saved)
}
