use domain::{
    MemberId, Page, Permission, Refusal,
    activity::{ActivityFilter, ActivityPerson, ActivityRow},
    listing::{self, ROWS_PER_PAGE},
};

use super::{queries, scope::Scope};
use crate::{Access, Backend, Result, account, db::Tx};

/// People that the filter offers; the others are reached from their own page.
const PEOPLE: i64 = 200;

/// One page of the log, the newest first. Everybody may ask for what they did themselves.
///
/// # Errors
/// [`Refusal::PermissionMissing`] for anything else without the permission to view activity.
pub async fn list(backend: &Backend, access: &Access, filter: &ActivityFilter) -> Result<Page<ActivityRow>> {
    let own = filter.member.is_some() && filter.member == access.member_id();
    if !own {
        access.require(Permission::SettingsViewActivity)?;
    }
    let mut tx = backend.db.tenant_filtering(access.account()).await?;
    let page = page(&mut tx, access, filter).await?;
    tx.commit().await?;
    Ok(page)
}

async fn page(tx: &mut Tx, access: &Access, filter: &ActivityFilter) -> Result<Page<ActivityRow>> {
    let account = access.account();
    // Only days need a zone to become instants.
    let time_zone = match filter.from.is_some() || filter.to.is_some() {
        true => account::time_zone(tx, account).await?,
        false => String::new(),
    };
    let scope = Scope::new(filter, time_zone, i64::MAX);
    let total = u64::try_from(queries::count(tx, account, &scope).await?).unwrap_or(0);
    let mut page = Page { rows: vec![], page: filter.page.max(1), total };
    page.page = page.page.min(page.pages());
    let found =
        queries::newest(tx, account, &scope, listing::offset(page.page), ROWS_PER_PAGE.into()).await?;
    page.rows = found.into_iter().map(ActivityRow::from).collect();
    Ok(page)
}

/// The last thing that happened to a member, for sentences that explain it to them; none when the log tells nothing.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn last_change_of_access(
    backend: &Backend,
    access: &Access,
    member: MemberId,
) -> Result<Option<ActivityRow>> {
    let mut tx = backend.db.tenant(access.account()).await?;
    let found = queries::last_change_of_access(&mut tx, access.account(), member).await?;
    tx.commit().await?;
    Ok(found.map(ActivityRow::from))
}

/// Who can be chosen in the filter: the people who were active last, by name, and `selected` in any case.
///
/// # Errors
/// [`Refusal::PermissionMissing`].
pub async fn people(
    backend: &Backend,
    access: &Access,
    selected: Option<MemberId>,
) -> Result<Vec<ActivityPerson>> {
    access.require(Permission::SettingsViewActivity)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let people = queries::people(&mut tx, access.account(), selected.map(|id| id.0), PEOPLE).await?;
    tx.commit().await?;
    Ok(people)
}

/// One person of the account, by the name they have now; also somebody removed. Everybody may ask for themselves.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn person(backend: &Backend, access: &Access, id: MemberId) -> Result<ActivityPerson> {
    if access.member_id() != Some(id) {
        access.require(Permission::SettingsViewActivity)?;
    }
    let mut tx = backend.db.tenant(access.account()).await?;
    let found = queries::people(&mut tx, access.account(), Some(id.0), 0).await?;
    tx.commit().await?;
    Ok(found.into_iter().next().ok_or(Refusal::NotFound)?)
}
