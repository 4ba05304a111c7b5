use domain::{AppointmentId, Permission};

use crate::{
    Access, Backend, Result,
    calendars::{held::Changer, replace::replace},
};

/// Moves an appointment to another free time, `starts_at` as the offer says it: one's own with the permission to book, another's with
/// the one to edit any. Its host stays, if they are free then; else a round robin gives it to whose turn it is.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`]; [`domain::Refusal::NotFound`], also for one that one may not see;
/// [`domain::Refusal::Invalid`] for `starts_at`; [`domain::Refusal::AppointmentClosed`]; [`domain::Refusal::TimeTaken`];
/// [`domain::Refusal::ChangedMeanwhile`] when it was changed since `seen_version`.
pub async fn reschedule(
    backend: &Backend,
    access: &Access,
    id: AppointmentId,
    seen_version: i32,
    starts_at: &str,
) -> Result<()> {
    access.require_unnoted(Permission::CalendarsView)?;
    replace(backend, access.account(), id, &Changer::Staff(access, seen_version), starts_at).await
}
