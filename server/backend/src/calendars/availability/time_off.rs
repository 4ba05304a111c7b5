use domain::{MemberId, Permission, Refusal, calendars::MemberTimeOff};

use super::{is_hidden, require};
use crate::{Access, Backend, Result, calendars::queries};

/// Somebody's times off that are not over: one's own, or another's for whoever may edit any appointment.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for somebody whose appointments one may not see.
pub async fn time_off(backend: &Backend, access: &Access, member: MemberId) -> Result<MemberTimeOff> {
    require(access, member, Permission::CalendarsView, Permission::CalendarsEditAny)?;
    if is_hidden(access, member) {
        return Err(Refusal::NotFound.into());
    }
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let stored = queries::hours::find(&mut tx, account, member).await?;
    let stored = stored.filter(|stored| !stored.is_removed).ok_or(Refusal::NotFound)?;
    let times = queries::time_off::ahead(&mut tx, account, member, now).await?;
    tx.commit().await?;
    let time_zone = stored.time_zone.unwrap_or(stored.account_time_zone);
    Ok(MemberTimeOff { member, name: stored.name, time_zone, times })
}
