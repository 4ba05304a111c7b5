use domain::{CalendarId, Permission, Refusal, calendars::CalendarDeletion};

use super::queries;
use crate::{Access, Backend, Result};

/// What has to be known before a calendar is deleted.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for another account's.
pub async fn deletion(backend: &Backend, access: &Access, id: CalendarId) -> Result<CalendarDeletion> {
    access.require(Permission::CalendarsManage)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let (calendar, _) = queries::calendar::find(&mut tx, account, id).await?.ok_or(Refusal::NotFound)?;
    let counts = queries::calendar::appointments(&mut tx, account, id, backend.clock.now()).await?;
    tx.commit().await?;
    Ok(CalendarDeletion { calendar, upcoming: counts.upcoming, past: counts.past })
}
