use std::str::FromStr;

use domain::{
    Permission, PermissionSet, ProfileId, Refusal, Section,
    permissions::{Profile, section_switched, switched},
};

use super::{
    edit::{Edited, Made, edit, save},
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

impl Switch {
    /// The set after somebody who holds `own` switched this.
    ///
    /// # Errors
    /// [`Refusal::PermissionMissing`] as the rules in `domain` say.
    pub(super) fn applied(
        self,
        own: PermissionSet,
        set: PermissionSet,
        on: bool,
    ) -> std::result::Result<PermissionSet, Refusal> {
        match self {
            Self::One(permission) => switched(own, set, permission, on),
            Self::Section(section) => section_switched(own, set, section, on),
        }
    }
}

impl FromStr for Switch {
    type Err = Refusal;

    /// The key of a permission or of a section.
    fn from_str(key: &str) -> std::result::Result<Self, Refusal> {
        let one = key.parse().map(Self::One);
        one.or_else(|_| key.parse().map(Self::Section)).map_err(|problem| Refusal::field("key", problem))
    }
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
    let Edited { profile, own } = edit(&mut tx, backend, access, id).await?;
    let before = profile.permissions;
    let permissions = what.applied(own, before, on)?;
    if seen_version != profile.version && permissions != before {
        require_untouched(&mut tx, access, &profile, seen_version, permissions).await?;
    }
    let after = Profile { permissions, ..profile.clone() };
    let saved = save(&mut tx, backend, access, profile, after, Made::AtOnce).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Others may have changed the profile since it was seen, but nothing of what changes now.
async fn require_untouched(
    tx: &mut Tx,
    access: &Access,
    now: &Profile,
    seen_version: i32,
    after: PermissionSet,
) -> Result<()> {
    let seen = queries::version::find(tx, access.account(), now.id, seen_version).await?;
    let seen = seen.ok_or(Refusal::ChangedMeanwhile)?.permissions;
    let by_others = seen.difference(now.permissions);
    let by_this = now.permissions.difference(after);
    if by_others.intersection(by_this).is_empty() { Ok(()) } else { Err(Refusal::ChangedMeanwhile.into()) }
}
