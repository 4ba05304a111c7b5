use domain::{
    Page, Permission,
    listing::ROWS_PER_PAGE,
    staff::{StaffFilter, StaffRow},
};

use super::queries::listing as queries;
use crate::{Access, Backend, Result, search::searched};

/// One page of members and open invitations together. A page behind the last one answers the last one.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn list(backend: &Backend, access: &Access, filter: &StaffFilter) -> Result<Page<StaffRow>> {
    access.require(Permission::SettingsViewStaff)?;
    let now = backend.clock.now();
    let filter = &StaffFilter { search: searched(&filter.search), ..filter.clone() };
    let mut tx = backend.db.tenant(access.account()).await?;
    let total = queries::count(&mut tx, access.account(), filter, now).await?;
    let last = u32::try_from(total.div_ceil(u64::from(ROWS_PER_PAGE))).unwrap_or(u32::MAX).max(1);
    let page = filter.page.clamp(1, last);
    let rows = queries::rows(&mut tx, access.account(), filter, page, now).await?;
    tx.commit().await?;
    Ok(Page { rows, page, total })
}

#[cfg(test)]
mod tests {
    use domain::{AccountId, Email, MemberId, PermissionSet, Refusal};

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
