use domain::{Permission, ProfileId};

use super::{
    super::{edit::edit, queries},
    editor_of,
};
use crate::{Access, Backend, Result};

/// Throws the editor's draft away. Without one, nothing is left to do.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`], `NotFound`.
pub async fn discard(backend: &Backend, access: &Access, id: ProfileId) -> Result<()> {
    access.require(Permission::SettingsManageProfiles)?;
    let editor = editor_of(access)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    edit(&mut tx, backend, access, id).await?;
    queries::draft::delete(&mut tx, access.account(), id, editor).await?;
    tx.commit().await?;
    Ok(())
}
