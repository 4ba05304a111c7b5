use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    MemberId, Permission, PermissionSet, ProfileId, Refusal,
    permissions::{Assignment, Compared, PermissionSource, ProfileName},
};

use super::{assignment::set_of, queries, source::source_now};
use crate::{
    Access, Backend, Result,
    account::{self, zone::start_of_day},
    db::Tx,
};

/// One side of a comparison, as it is now or as it was when a local day ended.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for what did not exist yet on that day.
pub async fn compared(
    backend: &Backend,
    access: &Access,
    source: PermissionSource,
    on: Option<NaiveDate>,
) -> Result<Compared> {
    access.require(Permission::SettingsManageProfiles)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let zone = account::time_zone(&mut tx, account).await?;
    let before = on.and_then(|day| day.succ_opt()).map(|next| start_of_day(next, &zone));
    let compared = match (before, source) {
        (Some(before), PermissionSource::Profile(id)) => profile_then(&mut tx, access, id, before).await?,
        (Some(before), PermissionSource::Member(id)) => member_then(&mut tx, access, id, before).await?,
        (_, PermissionSource::Role(_) | PermissionSource::Draft(_)) | (None, _) => {
            let now =
                source_now(&mut tx, access, source, backend.clock.now()).await?.ok_or(Refusal::NotFound)?;
            held(now.label, now.assignment, now.is_active)
        }
    };
    tx.commit().await?;
    Ok(compared)
}

async fn profile_then(
    tx: &mut Tx,
    access: &Access,
    id: ProfileId,
    before: DateTime<Utc>,
) -> Result<Compared> {
    let then = queries::version::as_of(tx, access.account(), id, before).await?.ok_or(Refusal::NotFound)?;
    Ok(Compared { label: then.name, permissions: then.permissions })
}

/// Somebody as of an earlier day: what they were given by then, with what that profile held by then.
async fn member_then(tx: &mut Tx, access: &Access, id: MemberId, before: DateTime<Utc>) -> Result<Compared> {
    let account = access.account();
    let label = queries::holder::find(tx, account, id, before).await?.ok_or(Refusal::NotFound)?.name;
    let given = queries::given::last_before(tx, account, id, before).await?.ok_or(Refusal::NotFound)?;
    let profile = match given.choice.profile {
        Some(profile) => queries::version::as_of(tx, account, profile, before)
            .await?
            .map(|version| (ProfileName { id: profile, name: version.name }, version.permissions)),
        None => None,
    };
    let beside = set_of(&queries::elevation::had(tx, account, id, before).await?);
    let assignment = Assignment::elevated(given.choice.role, profile, given.choice.only_assigned, beside);
    Ok(held(label, assignment, given.is_active))
}

/// Whoever is shut out may do nothing, whatever they were given.
fn held(label: String, assignment: Assignment, is_active: bool) -> Compared {
    match is_active {
        true => Compared { label, permissions: assignment.permissions },
        false => Compared { label: format!("{label} (not active)"), permissions: PermissionSet::EMPTY },
    }
}
