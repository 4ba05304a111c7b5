use domain::{
    Permission, ProfileId, Refusal, Section,
    permissions::{Profile, section_switched, switched},
};

use super::{
    edit::{Edited, edit, save},
    queries,
};
use crate::{Access, Backend, Result, db::Tx};

/// What an editor switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    One(Permission),
    /// On: whatever of it the editor holds themselves. Off: all of it.
    Section(Section),
}

/// Switches something on or off, and answers the profile as it is then. `seen_version` is what the editor looked at: what others
/// have changed since is kept, unless it is the very thing that would be switched now.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (also for what the editor does not hold themselves), [`Refusal::NotFound`],
/// [`Refusal::ChangedMeanwhile`] when somebody else switched the same since.
pub async fn switch(
    backend: &Backend,
    access: &Access,
    id: ProfileId,
    seen_version: i32,
    what: Switch,
    on: bool,
) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let Edited { profile, own } = edit(&mut tx, access, id).await?;
    let before = profile.permissions;
    let permissions = match what {
        Switch::One(permission) => switched(own, before, permission, on)?,
        Switch::Section(section) => section_switched(own, before, section, on)?,
    };
    if seen_version != profile.version && permissions != before {
        require_untouched(&mut tx, access, &profile, seen_version, permissions).await?;
    }
    let after = Profile { permissions, ..profile.clone() };
    let saved = save(&mut tx, backend, access, profile, after).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Others may have changed the profile since it was seen, but nothing of what changes now.
async fn require_untouched(
    tx: &mut Tx,
    access: &Access,
    now: &Profile,
    seen_version: i32,
    after: domain::PermissionSet,
) -> Result<()> {
    let seen = queries::version::find(tx, access.account(), now.id, seen_version).await?;
    let seen = seen.ok_or(Refusal::ChangedMeanwhile)?.permissions;
    let by_others = seen.difference(now.permissions);
    let by_this = now.permissions.difference(after);
    if by_others.intersection(by_this).is_empty() { Ok(()) } else { Err(Refusal::ChangedMeanwhile.into()) }
}
