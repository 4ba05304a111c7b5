use domain::{
    MemberId, Permission, PermissionSet, Problem, ProfileId, Refusal,
    activity::Event,
    permissions::{KeptBy, check_kept_note},
};
use uuid::Uuid;

use super::super::{assignment::require_now, queries};
use crate::{Access, Backend, Result, account, activity, db::Tx, id};

/// Says that a profile or somebody keeps a permission although nobody used it, and why. It is not pointed out any more; a later note
/// takes the place of an earlier one.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`], [`Refusal::Invalid`] for `note`, and for `permission` when they do not hold
/// it.
pub async fn keep_permission(
    backend: &Backend,
    access: &Access,
    whose: KeptBy,
    permission: Permission,
    note: &str,
) -> Result<()> {
    let needed = require(access, whose)?;
    let note = check_kept_note(note)?;
    let by = access.member_id().ok_or(Refusal::NotFound)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let (of, held) = whose_now(&mut tx, backend, access, whose, needed).await?;
    if !held.contains(permission) {
        return Err(Refusal::field("permission", Problem::InvalidChoice).into());
    }
    let now = backend.clock.now();
    let id: Uuid = id::new(now);
    queries::kept::put(&mut tx, access.account(), id, (whose, permission, &note), by, now).await?;
    let (member, profile) = ids(whose);
    let event =
        Event::PermissionKept { permission: permission.label().to_owned(), of, member, profile, note };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes that back; asking again is harmless.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn stop_keeping_permission(
    backend: &Backend,
    access: &Access,
    whose: KeptBy,
    permission: Permission,
) -> Result<()> {
    let needed = require(access, whose)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let (of, _) = whose_now(&mut tx, backend, access, whose, needed).await?;
    if queries::kept::delete(&mut tx, access.account(), whose, permission).await? {
        let (member, profile) = ids(whose);
        let event =
            Event::PermissionNotKept { permission: permission.label().to_owned(), of, member, profile };
        activity::record(&mut tx, access, backend.clock.now(), &event).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// About a profile whoever manages profiles decides, about a person whoever reviews access.
fn require(access: &Access, whose: KeptBy) -> Result<Permission> {
    match whose {
        KeptBy::Profile(_) => {
            access.require(Permission::SettingsManageProfiles)?;
            Ok(Permission::SettingsManageProfiles)
        }
        KeptBy::Member(_) => {
            access.require(Permission::ReviewAccess)?;
            Ok(Permission::ReviewAccess)
        }
    }
}

/// What it is about, in words, and what that holds; under the account's lock, with the actor's rights of this instant.
async fn whose_now(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    whose: KeptBy,
    needed: Permission,
) -> Result<(String, PermissionSet)> {
    account::lock(tx, access.account()).await?;
    let now = backend.clock.now();
    require_now(tx, access, needed, now).await?;
    match whose {
        KeptBy::Profile(id) => {
            let found = queries::profile::find(tx, access.account(), id).await?.ok_or(Refusal::NotFound)?;
            Ok((format!("the profile “{}”", found.profile.name), found.profile.permissions))
        }
        KeptBy::Member(id) => {
            let found =
                queries::holder::find(tx, access.account(), id, now).await?.ok_or(Refusal::NotFound)?;
            Ok((found.name, found.assignment.permissions))
        }
    }
}

fn ids(whose: KeptBy) -> (Option<MemberId>, Option<ProfileId>) {
    match whose {
        KeptBy::Profile(profile) => (None, Some(profile)),
        KeptBy::Member(member) => (Some(member), None),
    }
}
