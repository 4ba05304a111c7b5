use domain::{
    Permission,
    permissions::{Profile, may_grant},
};

use super::{
    create::{made, room_for_one},
    edit::editor,
    file,
};
use crate::{Access, Backend, Result};

/// Makes the profile that a file holds, called `name` unless that is empty. Nothing is left out: what cannot be made as it stands in
/// the file is refused.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] (also naming what the file holds and the importer lacks), `UnreadableFile`,
/// `Invalid` for `name` and `description`, `LimitReached`.
pub async fn import(backend: &Backend, access: &Access, content: &[u8], name: &str) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let file::Read { name, description, permissions } = file::read(content, name)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let own = editor(&mut tx, backend, access).await?;
    room_for_one(&mut tx, access).await?;
    may_grant(own, permissions)?;
    let profile = made(&mut tx, backend, access, name, description, permissions).await?;
    tx.commit().await?;
    Ok(profile)
}
