use domain::{Permission, ProfileId, Refusal};

use super::{file, queries};
use crate::{Access, Backend, Error, Result};

/// A profile to take elsewhere.
pub struct ProfileFile {
    pub name: String,
    pub content: Vec<u8>,
}

/// The profile as a file that [`super::import`] reads. It says nothing about people.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for another account's.
pub async fn export(backend: &Backend, access: &Access, id: ProfileId) -> Result<ProfileFile> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let found = queries::profile::find(&mut tx, access.account(), id).await?.ok_or(Refusal::NotFound)?;
    tx.commit().await?;
    let name = found.profile.name.clone();
    Ok(ProfileFile { name, content: file::write(found.profile).map_err(Error::internal)? })
}
