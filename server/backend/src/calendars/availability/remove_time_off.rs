use domain::{Permission, Refusal, TimeOffId, activity::Event};

use super::{add_time_off::words, is_hidden, require_block};
use crate::{Access, Backend, Result, account, activity, calendars::queries};

/// Opens blocked time again: one's own, or another's for whoever may edit any appointment.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for the time of somebody whose appointments one may not see.
pub async fn remove_time_off(backend: &Backend, access: &Access, id: TimeOffId) -> Result<()> {
    access.require_unnoted(Permission::CalendarsView)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    account::lock(&mut tx, account).await?;
    let found = queries::time_off::find(&mut tx, account, id).await?;
    let (member, span) = found.filter(|(member, _)| !is_hidden(access, *member)).ok_or(Refusal::NotFound)?;
    require_block(access, member)?;
    queries::time_off::delete(&mut tx, account, id).await?;
    let stored = queries::hours::find(&mut tx, account, member).await?.ok_or(Refusal::NotFound)?;
    let is_own = access.member_id() == Some(member);
    let time = words(span, &stored.account_time_zone);
    let event = Event::TimeOffRemoved { member, name: stored.name, is_own, time };
    activity::record(&mut tx, access, backend.clock.now(), &event).await?;
    tx.commit().await?;
    Ok(())
}
