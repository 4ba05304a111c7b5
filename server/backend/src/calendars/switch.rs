use domain::{CalendarId, Permission, activity::CalendarAct};

use super::{
    edit::{edit, record},
    queries,
};
use crate::{Access, Backend, Result};

/// Opens a calendar for bookings by visitors, or closes it: then its address shows nothing. Booked appointments stay. As it is
/// already, nothing happens.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`], [`domain::Refusal::NotFound`].
pub async fn switch(backend: &Backend, access: &Access, id: CalendarId, on: bool) -> Result<()> {
    access.require(Permission::CalendarsManage)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let (calendar, _) = edit(&mut tx, backend, access, id).await?;
    if calendar.is_active == on {
        return Ok(());
    }
    queries::calendar::switch(&mut tx, access.account(), id, on).await?;
    record(&mut tx, backend, access, calendar, CalendarAct::Switched { on }).await?;
    tx.commit().await?;
    Ok(())
}
