use domain::{Permission, PermissionSet, ProfileId, Refusal};

use super::queries;
use crate::{Access, Backend, Result};

/// Whether giving the profile the set `wanted` would take something from people, who hold it or are invited to it.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for another account's.
pub async fn takes_from_people(
    backend: &Backend,
    access: &Access,
    id: ProfileId,
    wanted: PermissionSet,
) -> Result<bool> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let found = queries::profile::find(&mut tx, access.account(), id).await?.ok_or(Refusal::NotFound)?;
    let counts = queries::holder::count(&mut tx, access.account(), id).await?;
    tx.commit().await?;
    let lost = found.profile.permissions.without(wanted.consistent());
    Ok(counts.members + counts.invited > 0 && !lost.is_empty())
}
