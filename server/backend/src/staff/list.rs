use chrono::{DateTime, Utc};
use domain::{
    AccountId, Page, Permission,
    listing::ROWS_PER_PAGE,
    staff::{StaffFilter, StaffRow},
};

use super::{queries::listing as queries, readiness};
use crate::{Access, Backend, Result, db::Tx, search::searched};

/// One page of members and open invitations together. A page behind the last one answers the last one. Who is ready is told, and
/// asked for, only where the viewer edits staff.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn list(backend: &Backend, access: &Access, filter: &StaffFilter) -> Result<Page<StaffRow>> {
    access.require(Permission::SettingsViewStaff)?;
    let now = backend.clock.now();
    let tells_missing = readiness::may_see(access);
    let filter = &StaffFilter {
        search: searched(&filter.search),
        readiness: filter.readiness.filter(|_| tells_missing),
        ..filter.clone()
    };
    let mut tx = backend.db.tenant(access.account()).await?;
    let page = page(&mut tx, access.account(), filter, now, tells_missing).await?;
    tx.commit().await?;
    Ok(page)
}

/// [`list`] in a transaction that goes on, with what people miss where that is told.
pub(super) async fn page(
    tx: &mut Tx,
    account: AccountId,
    filter: &StaffFilter,
    now: DateTime<Utc>,
    tells_missing: bool,
) -> Result<Page<StaffRow>> {
    let total = queries::count(tx, account, filter, now).await?;
    let last = u32::try_from(total.div_ceil(u64::from(ROWS_PER_PAGE))).unwrap_or(u32::MAX).max(1);
    let page = filter.page.clamp(1, last);
    let filter = &StaffFilter { page, ..filter.clone() };
    let rows = queries::rows(tx, account, filter, now, tells_missing).await?;
    Ok(Page { rows, page, total })
}

#[cfg(test)]
mod tests {
    use domain::{Email, MemberId, PermissionSet, Refusal};

    use super::*;
    use crate::{
        Actor, Clock, Db, Installation, Keys,
        mail::{Mailer, MemoryMailbox},
    };

    /// No role of today lacks this permission, so no person of the database tests can show it.
    #[tokio::test]
    async fn who_may_not_see_staff_is_told_so() {
        let installation = Installation {
            invitations_per_day: 500,
            base_url: "https://steward.test".parse().unwrap(),
            brand_name: "Steward".into(),
            support_email: Email::parse("support@example.com").unwrap(),
        };
        let db = Db::open("postgres://nowhere.invalid/none", 1).unwrap();
        let keys = Keys::new("a key of the tests, and long enough").unwrap();
        let mailer = Mailer::Memory(MemoryMailbox::default());
        let backend = Backend::new(db, Clock::system(), keys, mailer, installation);
        let account = AccountId(uuid::Uuid::nil());
        let actor = Actor::Member {
            id: MemberId(uuid::Uuid::nil()),
            login_id: domain::LoginId(uuid::Uuid::nil()),
            name: "Nobody".into(),
        };
        let access = Access::member(account, actor, PermissionSet::EMPTY, true);
        let refused = list(&backend, &access, &StaffFilter::default()).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(&Refusal::PermissionMissing(Permission::SettingsViewStaff)));
    }
}
