use domain::{Permission, Refusal, permissions::ProfileChoice};

use super::queries;
use crate::{Access, Backend, Result};

/// The profiles that somebody can be given, by name. Each comes with its set, so that a form can say why one cannot be chosen.
///
/// # Errors
/// [`Refusal::PermissionMissing`] for people who may neither invite nor edit staff nor manage profiles.
pub async fn choices(backend: &Backend, access: &Access) -> Result<Vec<ProfileChoice>> {
    const USES: [Permission; 3] =
        [Permission::SettingsInviteStaff, Permission::SettingsEditStaff, Permission::SettingsManageProfiles];
    if !USES.into_iter().any(|permission| access.permissions().contains(permission)) {
        return Err(Refusal::PermissionMissing(Permission::SettingsInviteStaff).into());
    }
    let mut tx = backend.db.tenant(access.account()).await?;
    let sets = queries::profile::sets(&mut tx, access.account()).await?;
    tx.commit().await?;
    Ok(sets.into_iter().map(|(id, name, permissions)| ProfileChoice { id, name, permissions }).collect())
}
