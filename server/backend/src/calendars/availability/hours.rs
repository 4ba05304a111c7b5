use domain::{MemberId, Permission, Refusal, calendars::MemberHours};

use super::require;
use crate::{Access, Backend, Result, calendars::queries};

/// When somebody works in a usual week: one's own, or another's for whoever manages calendars.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for somebody removed.
pub async fn hours(backend: &Backend, access: &Access, member: MemberId) -> Result<MemberHours> {
    require(access, member, Permission::CalendarsView, Permission::CalendarsManage)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let stored = queries::hours::find(&mut tx, access.account(), member).await?;
    tx.commit().await?;
    let stored = stored.filter(|stored| !stored.is_removed).ok_or(Refusal::NotFound)?;
    Ok(MemberHours {
        member,
        name: stored.name,
        time_zone: stored.time_zone,
        account_time_zone: stored.account_time_zone,
        hours: stored.hours,
        version: stored.version,
    })
}
