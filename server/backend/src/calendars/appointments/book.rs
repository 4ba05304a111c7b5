use domain::{AppointmentId, CalendarId, Permission, calendars::StaffBookingForm};

use super::choice::{choice, chosen_host};
use crate::{
    Access, Backend, Result,
    calendars::place::{Wanted, place},
};

/// Books for a visitor: with the chosen host of a round robin, or with whose turn it is. A host chosen by hand loses no turn. The
/// same form again answers the same.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`], also for whoever sees only their own and does not choose themselves;
/// [`domain::Refusal::NotFound`], also for a calendar that one may not see; [`domain::Refusal::Invalid`] for `host`, `starts_at`,
/// `name`, `email`, `phone`, `notes`, `questions[0]` and on, and `request_key`; [`domain::Refusal::TimeTaken`];
/// [`domain::Refusal::ChangedMeanwhile`] when the page's key was used for another booking.
pub async fn book(
    backend: &Backend,
    access: &Access,
    calendar: CalendarId,
    typed: &StaffBookingForm,
) -> Result<AppointmentId> {
    access.require(Permission::CalendarsBook)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let (choice, ..) = choice(&mut tx, access, calendar).await?;
    tx.commit().await?;
    let host = chosen_host(&choice, &typed.host)?;
    let wanted = Wanted { access, calendar, form: &typed.booking, host, by_staff: true };
    Ok(place(backend, &wanted).await?.id)
}
