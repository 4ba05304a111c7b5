use chrono::{DateTime, Utc};
use domain::{
    Permission, PermissionSet, ProfileId, Refusal,
    activity::Event,
    billing::Limited,
    permissions::{PROFILES_MAX, Preset, Profile, check_profile_words},
};

use super::{edit::editor, queries};
use crate::{Access, Backend, Result, activity, billing, db::Tx, id};

/// What a new profile begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    Empty,
    Preset(Preset),
    Copy(ProfileId),
}

/// Makes a profile. It begins with as much of `start` as its maker holds themselves: nobody gives more than they have.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::Invalid`] for `name` and `description`, [`Refusal::NotFound`] for a copied profile
/// that is not there, [`Refusal::LimitReached`], [`Refusal::PlanFull`].
pub async fn create(
    backend: &Backend,
    access: &Access,
    name: &str,
    description: &str,
    start: Start,
) -> Result<Profile> {
    access.require(Permission::SettingsManageProfiles)?;
    let (name, description) = check_profile_words(name, description)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let own = editor(&mut tx, backend, access).await?;
    room_for_one(&mut tx, access).await?;
    let permissions = started(&mut tx, access, start).await?.intersection(own);
    let permissions = permissions.without(PermissionSet::ADMIN_ONLY).consistent();
    let profile = made(&mut tx, backend, access, name, description, permissions).await?;
    tx.commit().await?;
    Ok(profile)
}

/// Ask under the account's lock.
///
/// # Errors
/// [`Refusal::LimitReached`], [`Refusal::PlanFull`].
pub(super) async fn room_for_one(tx: &mut Tx, access: &Access) -> Result<()> {
    billing::require_room(tx, access.account(), Limited::Profiles).await?;
    if queries::profile::count(tx, access.account()).await? >= i64::from(PROFILES_MAX) {
        return Err(Refusal::LimitReached { what: "permission profiles".into(), max: PROFILES_MAX }.into());
    }
    Ok(())
}

/// Writes a new profile and records that it is there.
///
/// # Errors
/// [`Refusal::Invalid`] for `name` when another profile is called so.
pub(super) async fn made(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    name: String,
    description: String,
    permissions: PermissionSet,
) -> Result<Profile> {
    let now = backend.clock.now();
    let profile = Profile { id: id::new(now), name, description, permissions, version: 1 };
    put(tx, access, &profile, now).await?;
    let event = Event::ProfileCreated { profile: profile.id, name: profile.name.clone() };
    activity::record(tx, access, now, &event).await?;
    Ok(profile)
}

/// Writes a new profile as it was at `now`; whoever calls it records the event.
pub(crate) async fn put(tx: &mut Tx, access: &Access, profile: &Profile, now: DateTime<Utc>) -> Result<()> {
    queries::profile::put(tx, access.account(), profile, access.member_id(), now).await
}

async fn started(tx: &mut Tx, access: &Access, start: Start) -> Result<PermissionSet> {
    Ok(match start {
        Start::Empty => PermissionSet::EMPTY,
        Start::Preset(preset) => preset.permissions(),
        Start::Copy(id) => {
            let found = queries::profile::find(tx, access.account(), id).await?;
            found.ok_or(Refusal::NotFound)?.profile.permissions
        }
    })
}
