use domain::{
    Permission, ProfileId, Refusal,
    permissions::{Profile, replaced},
};

use super::{
    super::{
        edit::{Edited, Made, edit, save},
        queries,
    },
    editor_of, own,
};
use crate::{Access, Backend, Result};

/// Makes the editor's draft the profile's next version. `seen_version` is what they read the draft against. A second click finds
/// no draft any more, and changes nothing.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (also when something would change that the editor does not hold any more),
/// [`Refusal::NotFound`], [`Refusal::ChangedMeanwhile`] when the profile was changed after they read it; the draft stays.
pub async fn apply(backend: &Backend, access: &Access, id: ProfileId, seen_version: i32) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let editor = editor_of(access)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { profile, own: held } = edit(&mut tx, backend, access, id).await?;
    let Some(draft) = own(&mut tx, access, &profile).await? else { return Ok(profile) };
    if profile.version != seen_version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let permissions = replaced(held, profile.permissions, draft.rebased.permissions)?;
    queries::draft::delete(&mut tx, access.account(), id, editor).await?;
    let after = Profile { permissions, ..profile.clone() };
    let saved = save(&mut tx, backend, access, profile, after, Made::FromDraft).await?;
    tx.commit().await?;
    Ok(saved)
}
