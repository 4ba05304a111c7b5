use domain::{AppointmentId, Permission};

use crate::{
    Access, Backend, Result,
    calendars::{held::Changer, release::release},
};

/// Cancels an appointment: one's own with the permission to book, another's with the one to edit any. What is cancelled stays so.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`]; [`domain::Refusal::NotFound`], also for one that one may not see;
/// [`domain::Refusal::AppointmentClosed`] for one that has begun; [`domain::Refusal::ChangedMeanwhile`] when it was changed since
/// `seen_version`.
pub async fn cancel(backend: &Backend, access: &Access, id: AppointmentId, seen_version: i32) -> Result<()> {
    access.require_unnoted(Permission::CalendarsView)?;
    release(backend, access.account(), id, &Changer::Staff(access, seen_version)).await
}
