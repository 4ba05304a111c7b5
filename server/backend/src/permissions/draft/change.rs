use domain::{Permission, ProfileId, permissions::Profile};

use super::{
    super::{
        Switch,
        edit::{Edited, edit},
        queries,
    },
    editor_of, own,
};
use crate::{Access, Backend, Result};

/// Switches something in the editor's draft, which begins with the first switch, and answers the profile as it would be with it. A
/// draft that changes nothing any more is gone.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] (also for what the editor does not hold themselves), `NotFound`.
pub async fn change(
    backend: &Backend,
    access: &Access,
    id: ProfileId,
    what: Switch,
    on: bool,
) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let editor = editor_of(access)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let edited = edit(&mut tx, backend, access, id).await?;
    let Edited { profile, own: held } = edited;
    let before = own(&mut tx, access, &profile).await?;
    let before = before.map_or(profile.permissions, |draft| draft.rebased.permissions);
    let permissions = what.applied(held, before, on)?;
    if permissions == profile.permissions {
        queries::draft::delete(&mut tx, access.account(), id, editor).await?;
    } else {
        let now = backend.clock.now();
        queries::draft::put(&mut tx, access.account(), id, editor, profile.version, permissions, now).await?;
    }
    tx.commit().await?;
    Ok(Profile { permissions, ..profile })
}
