use domain::{Permission, ProfileId, Refusal};

use super::{
    super::{
        edit::{Edited, edit},
        queries,
        unused::use_of,
    },
    editor_of, own,
};
use crate::{Access, Backend, Result};

/// Switches off in the editor's draft what nobody who holds the profile uses and they may switch; what was collected in the draft
/// before stays. Repeated, it changes nothing.
///
/// # Errors
/// [`Refusal::PermissionMissing`], also when the editor holds nothing of what is not used; [`Refusal::NotFound`], also when
/// everything is used.
pub async fn narrow(backend: &Backend, access: &Access, id: ProfileId) -> Result<()> {
    access.require(Permission::SettingsManageProfiles)?;
    let editor = editor_of(access)?;
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { profile, own: held } = edit(&mut tx, backend, access, id).await?;
    let idle = use_of(&mut tx, access, &profile, now).await?.idle();
    let first = idle.iter().next().ok_or(Refusal::NotFound)?;
    // A master switch stays with what is kept on purpose, and with what the editor may not switch off.
    let switched_off = idle.intersection(held).removable_from(profile.permissions);
    if switched_off.is_empty() {
        return Err(Refusal::PermissionMissing(first).into());
    }
    let before = own(&mut tx, access, &profile).await?;
    let before = before.map_or(profile.permissions, |draft| draft.rebased.permissions);
    let permissions = before.without(switched_off);
    queries::draft::put(&mut tx, access.account(), id, editor, profile.version, permissions, now).await?;
    tx.commit().await?;
    Ok(())
}
