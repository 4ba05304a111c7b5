use domain::{
    Permission, ProfileId, Refusal,
    permissions::{ProfileVersion, VERSIONS_PER_PAGE},
};

use super::queries;
use crate::{Access, Backend, Result};

/// The versions of a profile from `newest` (all for none) backwards, with one more than a page shows: each is read against the one
/// before it.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for another account's.
pub async fn history(
    backend: &Backend,
    access: &Access,
    id: ProfileId,
    newest: Option<i32>,
) -> Result<Vec<ProfileVersion>> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let versions =
        queries::version::list(&mut tx, access.account(), id, newest, None, VERSIONS_PER_PAGE + 1).await?;
    tx.commit().await?;
    if versions.is_empty() { Err(Refusal::NotFound.into()) } else { Ok(versions) }
}
