use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    MemberId, Permission, ProfileId, Refusal, Role,
    permissions::{Assignment, Compared, ProfileName},
};

use super::queries;
use crate::{
    Access, Backend, Result,
    account::{self, zone::start_of_day},
    db::Tx,
};

/// What is put beside something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Profile(ProfileId),
    Member(MemberId),
    /// A role as it is without a profile.
    Role(Role),
}

/// One side of a comparison, as it is now or as it was when a local day ended.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for what did not exist yet on that day.
pub async fn compared(
    backend: &Backend,
    access: &Access,
    side: Side,
    on: Option<NaiveDate>,
) -> Result<Compared> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let zone = account::time_zone(&mut tx, access.account()).await?;
    let before = on.and_then(|day| day.succ_opt()).map(|next| start_of_day(next, &zone));
    let compared = match side {
        Side::Profile(id) => profile(&mut tx, access, id, before).await?,
        Side::Member(id) => member(&mut tx, access, id, before).await?,
        Side::Role(role) => {
            let given = Assignment::of_role(role);
            Compared { label: given.profile_label().to_owned(), permissions: given.permissions }
        }
    };
    tx.commit().await?;
    Ok(compared)
}

async fn profile(
    tx: &mut Tx,
    access: &Access,
    id: ProfileId,
    before: Option<DateTime<Utc>>,
) -> Result<Compared> {
    let account = access.account();
    let found = match before {
        None => queries::profile::find(tx, account, id)
            .await?
            .map(|found| (found.profile.name, found.profile.permissions)),
        Some(before) => queries::version::as_of(tx, account, id, before)
            .await?
            .map(|version| (version.name, version.permissions)),
    };
    let (label, permissions) = found.ok_or(Refusal::NotFound)?;
    Ok(Compared { label, permissions })
}

/// Somebody as of an earlier day: what they were given by then, with what that profile held by then.
async fn member(
    tx: &mut Tx,
    access: &Access,
    id: MemberId,
    before: Option<DateTime<Utc>>,
) -> Result<Compared> {
    let account = access.account();
    let now = queries::holder::find(tx, account, id).await?.ok_or(Refusal::NotFound)?;
    let label = now.name;
    let Some(before) = before else { return Ok(Compared { label, permissions: now.assignment.permissions }) };
    let given = queries::given::last_before(tx, account, id, before).await?.ok_or(Refusal::NotFound)?;
    let profile = match given.profile {
        Some(profile) => queries::version::as_of(tx, account, profile, before)
            .await?
            .map(|version| (ProfileName { id: profile, name: version.name }, version.permissions)),
        None => None,
    };
    let permissions = Assignment::new(given.role, profile, given.only_assigned).permissions;
    Ok(Compared { label, permissions })
}
