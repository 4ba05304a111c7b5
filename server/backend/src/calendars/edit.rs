//! The frame of every change of a calendar: under the account's lock, with the editor's rights of this instant.

use domain::{
    CalendarId, Permission, Refusal,
    activity::{CalendarAct, Event},
    calendars::{Calendar, CalendarSettings},
};

use super::queries;
use crate::{Access, Backend, Result, account, activity, db::Tx, permissions::require_now};

/// Locks the account and sees whether the editor may still manage calendars.
///
/// # Errors
/// [`Refusal::SignInNeeded`] for an editor who is gone, [`Refusal::PermissionMissing`].
pub(super) async fn editor(tx: &mut Tx, backend: &Backend, access: &Access) -> Result<()> {
    account::lock(tx, access.account()).await?;
    require_now(tx, access, Permission::CalendarsManage, backend.clock.now()).await?;
    Ok(())
}

/// As [`editor`], and loads the calendar, held so that no booking happens meanwhile.
///
/// # Errors
/// As there, and [`Refusal::NotFound`].
pub(super) async fn edit(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    id: CalendarId,
) -> Result<(Calendar, CalendarSettings)> {
    editor(tx, backend, access).await?;
    let found = queries::calendar::hold(tx, access.account(), id).await?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// As [`edit`], for who is in it: that takes another permission for a round robin.
///
/// # Errors
/// As there.
pub(super) async fn edit_people(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    id: CalendarId,
) -> Result<(Calendar, CalendarSettings)> {
    account::lock(tx, access.account()).await?;
    let found = queries::calendar::hold(tx, access.account(), id).await?.ok_or(Refusal::NotFound)?;
    let needed = found.0.kind.people_permission();
    access.require(needed)?;
    require_now(tx, access, needed, backend.clock.now()).await?;
    Ok(found)
}

/// Records what was done; call it last.
pub(super) async fn record(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    calendar: Calendar,
    did: CalendarAct,
) -> Result<()> {
    let event = Event::Calendar { calendar: calendar.id, name: calendar.name, did };
    activity::record(tx, access, backend.clock.now(), &event).await
}
