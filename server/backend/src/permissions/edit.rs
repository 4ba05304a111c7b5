//! The frame of every change of a profile: under the account's lock, with the editor's rights of this instant.

use domain::{
    Permission, PermissionSet, ProfileId, Refusal,
    activity::{Change, Event, changes},
    permissions::Profile,
};

use super::{assignment::require_now, queries};
use crate::{Access, Backend, Result, account, activity, db::Tx};

pub(super) struct Edited {
    pub profile: Profile,
    /// What the editor may give at this instant.
    pub own: PermissionSet,
}

/// Locks the account and loads the profile.
///
/// # Errors
/// [`Refusal::SignInNeeded`] for an editor who is gone, [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub(super) async fn edit(tx: &mut Tx, backend: &Backend, access: &Access, id: ProfileId) -> Result<Edited> {
    let own = editor(tx, backend, access).await?;
    let found = queries::profile::find(tx, access.account(), id).await?.ok_or(Refusal::NotFound)?;
    Ok(Edited { profile: found.profile, own })
}

/// Locks the account and answers what the editor may give at this instant.
///
/// # Errors
/// [`Refusal::SignInNeeded`] for an editor who is gone, [`Refusal::PermissionMissing`].
pub(super) async fn editor(tx: &mut Tx, backend: &Backend, access: &Access) -> Result<PermissionSet> {
    account::lock(tx, access.account()).await?;
    let needed = Permission::SettingsManageProfiles;
    Ok(require_now(tx, access, needed, backend.clock.now()).await?.grantable())
}

/// How the editor came to a change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    AtOnce,
    FromDraft,
}

/// Writes `after` as the next version of `before`, unless they are the same. It records the event, so call it last.
///
/// # Errors
/// [`Refusal::Invalid`] for `name` when another profile is called so.
pub(super) async fn save(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    before: Profile,
    after: Profile,
    made: Made,
) -> Result<Profile> {
    let changes = differences(&before, &after);
    if changes.is_empty() {
        return Ok(before);
    }
    let after = Profile { version: before.version + 1, ..after };
    let now = backend.clock.now();
    queries::profile::put(tx, access.account(), &after, access.member_id(), now).await?;
    let event = Event::ProfileChanged {
        profile: after.id,
        name: after.name.clone(),
        changes,
        from_draft: made == Made::FromDraft,
    };
    activity::record(tx, access, now, &event).await?;
    Ok(after)
}

fn differences(before: &Profile, after: &Profile) -> Vec<Change> {
    let mut all = changes(&[
        ("name", before.name.clone(), after.name.clone()),
        ("description", before.description.clone(), after.description.clone()),
    ]);
    let word = |set: PermissionSet, permission| if set.contains(permission) { "on" } else { "off" };
    all.extend(before.permissions.difference(after.permissions).iter().map(|permission| Change {
        what: permission.label().to_owned(),
        from: word(before.permissions, permission).to_owned(),
        to: word(after.permissions, permission).to_owned(),
    }));
    all
}
