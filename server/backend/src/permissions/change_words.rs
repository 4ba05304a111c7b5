use domain::{
    Permission, ProfileId,
    permissions::{Profile, check_profile_words},
};

use super::edit::{Edited, Made, edit, save};
use crate::{Access, Backend, Result};

/// Renames and describes a profile. Of two editors the later one's words count; the history keeps both.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`], `NotFound`, `Invalid` for `name` and `description`.
pub async fn change_words(
    backend: &Backend,
    access: &Access,
    id: ProfileId,
    name: &str,
    description: &str,
) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let (name, description) = check_profile_words(name, description)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { profile, .. } = edit(&mut tx, backend, access, id).await?;
    let after = Profile { name, description, ..profile.clone() };
    let saved = save(&mut tx, backend, access, profile, after, Made::AtOnce).await?;
    tx.commit().await?;
    Ok(saved)
}
