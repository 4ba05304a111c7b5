use domain::{Permission, PermissionSet, ProfileId, Refusal, permissions::replaced};

use super::{
    super::{
        edit::{Edited, edit},
        queries,
    },
    editor_of,
};
use crate::{Access, Backend, Result};

/// Keeps `wanted` as the editor's draft, instead of one that was there. `seen_version` is what they looked at: what differs from it
/// is what the draft changes. A draft that changes nothing is none; answers whether there is one now.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (also when something would change that the editor does not hold themselves),
/// [`Refusal::NotFound`], also for a version that never was.
pub async fn put(
    backend: &Backend,
    access: &Access,
    id: ProfileId,
    seen_version: i32,
    wanted: PermissionSet,
) -> Result<bool> {
    access.require(Permission::SettingsManageProfiles)?;
    let editor = editor_of(access)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { own, .. } = edit(&mut tx, backend, access, id).await?;
    let seen = queries::version::find(&mut tx, access.account(), id, seen_version).await?;
    let seen = seen.ok_or(Refusal::NotFound)?.permissions;
    let wanted = replaced(own, seen, wanted)?;
    let is_one = wanted != seen;
    if is_one {
        let now = backend.clock.now();
        queries::draft::put(&mut tx, access.account(), id, editor, seen_version, wanted, now).await?;
    } else {
        queries::draft::delete(&mut tx, access.account(), id, editor).await?;
    }
    tx.commit().await?;
    Ok(is_one)
}
