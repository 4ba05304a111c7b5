use domain::{
    Checks, MemberId, Permission, Refusal,
    activity::Event,
    calendars::{HoursForm, WorkingHours},
};

use super::require;
use crate::{
    Access, Backend, Result,
    account::{self, zone},
    activity,
    calendars::queries,
};

/// Sets when somebody works in a usual week: one's own hours, or another's for whoever manages calendars. Booked appointments stay,
/// also outside of the new hours. The same again changes nothing.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for somebody removed; [`Refusal::Invalid`] for `time_zone` and
/// `hours[0]` to `hours[6]`; [`Refusal::ChangedMeanwhile`] when they were set since `seen_version` (0 before any were).
pub async fn set_hours(
    backend: &Backend,
    access: &Access,
    member: MemberId,
    seen_version: i32,
    typed: &HoursForm,
) -> Result<()> {
    require(access, member, Permission::CalendarsView, Permission::CalendarsManage)?;
    let (time_zone, hours) = checked(typed)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    account::lock(&mut tx, account).await?;
    let stored = queries::hours::find(&mut tx, account, member).await?;
    let stored = stored.filter(|stored| !stored.is_removed).ok_or(Refusal::NotFound)?;
    if stored.version > 0 && (&stored.time_zone, &stored.hours) == (&time_zone, &hours) {
        return Ok(());
    }
    if stored.version != seen_version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let version = stored.version + 1;
    queries::hours::put(&mut tx, account, member, time_zone.as_deref(), &hours, version).await?;
    let event = Event::HoursSet { member, name: stored.name, is_own: access.member_id() == Some(member) };
    activity::record(&mut tx, access, backend.clock.now(), &event).await?;
    tx.commit().await?;
    Ok(())
}

/// The zone's name (none for the account's) and the week.
fn checked(typed: &HoursForm) -> Result<(Option<String>, WorkingHours), Refusal> {
    let mut checks = Checks::default();
    let time_zone = match typed.time_zone.trim() {
        "" => Some(None),
        name => checks.note("time_zone", zone::parse(name)).map(|zone| Some(zone.name().to_owned())),
    };
    let hours = WorkingHours::check(&typed.lines, &mut checks);
    checks.finish(time_zone.zip(hours))
}
