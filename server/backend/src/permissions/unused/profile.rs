use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    Permission, PermissionSet, ProfileId, Refusal,
    permissions::{Held, Known, Profile, ProfileUse, Unused, unused},
};

use super::{super::queries, Calendar};
use crate::{Access, Backend, Result, db::Tx};

/// What a profile opens and none of its active holders uses. It is told only when somebody has held the profile all that time: of
/// whoever got it yesterday nothing is known yet.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`].
pub async fn profile_use(backend: &Backend, access: &Access, id: ProfileId) -> Result<ProfileUse> {
    access.require(Permission::SettingsManageProfiles)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let found = queries::profile::find(&mut tx, account, id).await?.ok_or(Refusal::NotFound)?;
    let found = use_of(&mut tx, access, &found.profile, backend.clock.now()).await?;
    tx.commit().await?;
    Ok(found)
}

/// As [`profile_use`], of a profile that was found already.
pub(in super::super) async fn use_of(
    tx: &mut Tx,
    access: &Access,
    profile: &Profile,
    now: DateTime<Utc>,
) -> Result<ProfileUse> {
    let account = access.account();
    let calendar = Calendar::of(tx, account, now).await?;
    let kept = queries::kept::of(tx, account, &[profile.id.0], &[]).await?;
    let kept: Vec<_> = kept.into_iter().map(|(_, kept)| kept).collect();
    let mut unused = found_unused(tx, access, &calendar, profile).await?;
    unused.retain(|unused| !kept.iter().any(|kept| kept.permission == unused.permission));
    Ok(ProfileUse { unused, kept, recorded_since: calendar.recorded_since })
}

async fn found_unused(
    tx: &mut Tx,
    access: &Access,
    calendar: &Calendar,
    profile: &Profile,
) -> Result<Vec<Unused>> {
    let account = access.account();
    let longest = queries::given::longest_holding(tx, account, profile.id).await?;
    let (Some(longest), Some(recorded_since)) = (longest, calendar.recorded_since) else { return Ok(vec![]) };
    let states = queries::version::states_since(tx, account, &[profile.id.0], calendar.from).await?;
    let held = Held::by_profile(states.get(&profile.id).map(Vec::as_slice).unwrap_or_default());
    let seen = profile.permissions.intersection(PermissionSet::SEEN_BY_STEWARD);
    let last = queries::uses::last_by_holders(tx, account, profile.id, seen).await?;
    let last: HashMap<_, _> = last.into_iter().collect();
    let known = |permission| {
        let since: DateTime<Utc> = held.since(permission)?;
        let held_since = calendar.day(since.max(longest));
        Some(Known { permission, held_since, last_used: last.get(&permission).copied() })
    };
    let known: Vec<_> = seen.iter().filter_map(known).collect();
    Ok(unused(calendar.today, recorded_since, profile.permissions, &known))
}
