use std::collections::HashMap;

use domain::{
    Permission,
    permissions::{ProfileHolder, ProfileRow},
};

use super::queries;
use crate::{Access, Backend, Result};

/// Faces beside a profile in the list.
const FACES: i64 = 4;

/// All profiles of the account by name, with who holds them.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn list(backend: &Backend, access: &Access) -> Result<Vec<ProfileRow>> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let mut rows = queries::profile::all(&mut tx, access.account(), access.member_id()).await?;
    let faces = queries::holder::first_of_each(&mut tx, access.account(), None, FACES).await?;
    tx.commit().await?;
    let mut by_profile: HashMap<_, Vec<ProfileHolder>> = HashMap::new();
    for (profile, holder) in faces {
        by_profile.entry(profile).or_default().push(holder);
    }
    for row in &mut rows {
        row.faces = by_profile.remove(&row.profile.id).unwrap_or_default();
    }
    Ok(rows)
}
