use domain::{CalendarId, Permission, Refusal, activity::CalendarAct};

use super::{
    edit::{edit, record},
    queries,
};
use crate::{Access, Backend, Result};

/// Deletes a calendar with its rules, its hosts' turns and its appointments that are over or cancelled.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`]; [`Refusal::AppointmentsAhead`] while any is booked from now on;
/// [`Refusal::MailsOnTheirWay`] until everybody has been told what became of those that were.
pub async fn delete(backend: &Backend, access: &Access, id: CalendarId) -> Result<()> {
    access.require(Permission::CalendarsManage)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let (calendar, _) = edit(&mut tx, backend, access, id).await?;
    let counts = queries::calendar::appointments(&mut tx, account, id, backend.clock.now()).await?;
    if counts.upcoming > 0 {
        return Err(Refusal::AppointmentsAhead { count: counts.upcoming }.into());
    }
    // They are composed when they leave, from what would be deleted.
    if queries::calendar::has_unsent_letters(&mut tx, account, id).await? {
        return Err(Refusal::MailsOnTheirWay.into());
    }
    queries::calendar::delete(&mut tx, account, id).await?;
    record(&mut tx, backend, access, calendar, CalendarAct::Deleted { appointments: counts.past }).await?;
    tx.commit().await?;
    Ok(())
}
