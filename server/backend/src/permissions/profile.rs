use domain::{Permission, ProfileId, Refusal, permissions::ProfileDetails};

use super::{draft, queries};
use crate::{Access, Backend, Result};

/// Names that a profile's page shows before "and … more".
const HOLDERS: i64 = 12;

/// Everything a profile's page shows.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for another account's.
pub async fn profile(backend: &Backend, access: &Access, id: ProfileId) -> Result<ProfileDetails> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let account = access.account();
    let found = queries::profile::find(&mut tx, account, id).await?.ok_or(Refusal::NotFound)?;
    let counts = queries::holder::count(&mut tx, account, id).await?;
    let holders = queries::holder::first_of_each(&mut tx, account, Some(id), HOLDERS).await?;
    let draft = draft::own(&mut tx, access, &found.profile).await?;
    tx.commit().await?;
    Ok(ProfileDetails {
        profile: found.profile,
        people: counts.members,
        invited: counts.invited,
        holders: holders.into_iter().map(|(_, holder)| holder).collect(),
        changed: found.changed,
        draft: draft.map(|draft| draft.rebased.permissions),
    })
}
