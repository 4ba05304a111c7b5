use domain::{Permission, calendars::CalendarName};

use crate::{
    Access, Backend, Result,
    calendars::{queries, sight::Sight},
};

/// The calendars that somebody may book visitors into, by name; closed ones too.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn calendar_choices(backend: &Backend, access: &Access) -> Result<Vec<CalendarName>> {
    access.require(Permission::CalendarsBook)?;
    let mut tx = backend.db.tenant_filtering(access.account()).await?;
    let calendars = queries::listing::calendars(&mut tx, access.account(), Sight::of(access)).await?;
    tx.commit().await?;
    Ok(calendars)
}
