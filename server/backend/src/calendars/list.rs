use domain::{Permission, Slug, calendars::CalendarRow};

use super::{queries, sight::Sight};
use crate::{Access, Backend, Result, account};

/// The calendars that somebody may see, by name, with what they may see of them.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn list(backend: &Backend, access: &Access) -> Result<Vec<CalendarRow>> {
    access.require(Permission::CalendarsView)?;
    let mut tx = backend.db.tenant_filtering(access.account()).await?;
    let slug = account::slug(&mut tx, access.account()).await?;
    let now = backend.clock.now();
    let rows = queries::calendar::all(&mut tx, access.account(), Sight::of(access), now).await?;
    tx.commit().await?;
    let rows = rows.into_iter().map(|row| CalendarRow {
        public_url: public_url(backend, &slug, &row.calendar.slug),
        calendar: row.calendar,
        duration_minutes: row.duration_minutes,
        hosts: row.hosts,
        upcoming: row.upcoming,
    });
    Ok(rows.collect())
}

/// Where visitors book.
pub(super) fn public_url(backend: &Backend, account: &Slug, calendar: &Slug) -> String {
    backend.link(&format!("/book/{account}/{calendar}"))
}
