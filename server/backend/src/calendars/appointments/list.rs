use domain::{
    Page, Permission,
    calendars::{AppointmentFilter, AppointmentList},
    listing::ROWS_PER_PAGE,
};

use crate::{
    Access, Backend, Result, account,
    calendars::{
        queries::{self, listing::Asked},
        sight::Sight,
    },
    search::searched,
};

/// Appointments in order of their time, as the filter asks: of those that the actor may see. A page behind the last one answers the
/// last one.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn list(backend: &Backend, access: &Access, filter: &AppointmentFilter) -> Result<AppointmentList> {
    access.require(Permission::CalendarsView)?;
    let (account, sight) = (access.account(), Sight::of(access));
    let mut tx = backend.db.tenant_filtering(account).await?;
    let zone = account::time_zone(&mut tx, account).await?;
    let filter = AppointmentFilter { search: searched(&filter.search), ..filter.clone() };
    let mut asked = Asked::new(&filter, &zone, sight);
    let total = queries::listing::count(&mut tx, account, &asked).await?;
    let last = u32::try_from(total.div_ceil(u64::from(ROWS_PER_PAGE))).unwrap_or(u32::MAX).max(1);
    asked.page = filter.page.clamp(1, last);
    let rows = queries::listing::rows(&mut tx, account, &asked).await?;
    let calendars = queries::listing::calendars(&mut tx, account, sight).await?;
    let hosts = match sight.owner {
        Some(_) => vec![],
        None => queries::listing::hosts(&mut tx, account).await?,
    };
    tx.commit().await?;
    Ok(AppointmentList { appointments: Page { rows, page: asked.page, total }, calendars, hosts })
}
