use std::collections::HashMap;

use domain::{
    AppointmentId, MemberId, Permission, Problem, Refusal,
    activity::AppointmentAct,
    calendars::{CalendarKind, Span},
};

use crate::{
    Access, Backend, Result,
    account::local,
    calendars::{
        held::{Changer, held},
        letters::AppointmentNews,
        offer::Chosen,
        place::give,
        queries::{self, appointment::Stored},
        record::{Told, event_hosts, record, reloaded},
    },
    db::Tx,
};

/// Gives an appointment of a round robin to another of its hosts, who has to be free then, within working hours or not. The turn that
/// it cost is given back; the new host, chosen by hand, loses none. To whom it belongs already, nothing happens.
///
/// # Errors
/// [`Refusal::PermissionMissing`] as in [`super::reschedule`], and without the scope of everybody's; [`Refusal::NotFound`], also for
/// one that one may not see; [`Refusal::Invalid`] for `host`; [`Refusal::AppointmentClosed`]; [`Refusal::TimeTaken`] when they are not
/// free; [`Refusal::ChangedMeanwhile`] when it was changed since `seen_version`.
pub async fn reassign(
    backend: &Backend,
    access: &Access,
    id: AppointmentId,
    seen_version: i32,
    host: MemberId,
) -> Result<()> {
    access.require_unnoted(Permission::CalendarsView)?;
    let (account, now) = (access.account(), backend.clock.now());
    let changer = Changer::Staff(access, seen_version);
    let mut tx = backend.db.tenant(account).await?;
    let before = held(&mut tx, backend, account, id, &changer).await?;
    // Whoever sees only their own would lose sight of it.
    access.require_unnoted(Permission::CalendarsAllRecords)?;
    if !before.is_open(now) {
        return Err(Refusal::AppointmentClosed.into());
    }
    if before.has_host(host) && before.hosts.len() == 1 {
        return Ok(());
    }
    changer.require_seen(&before)?;
    let time = free_time(&mut tx, access, &before, host).await?;
    queries::host::take_back(&mut tx, account, before.calendar.id, &before.moves).await?;
    let own = Span { starts_at: before.starts_at, ends_at: before.ends_at };
    queries::appointment::put_time(&mut tx, account, id, own, &HashMap::new()).await?;
    let chosen = Chosen { hosts: vec![host], turns: Vec::new(), moves: HashMap::new() };
    if !give(&mut tx, account, (before.calendar.id, id), &chosen, time).await? {
        return Err(Refusal::TimeTaken.into());
    }
    tell(&mut tx, backend, access, &before).await?;
    tx.commit().await?;
    Ok(())
}

/// The time, with buffers, that it takes of a host who has it free.
async fn free_time(tx: &mut Tx, access: &Access, stored: &Stored, host: MemberId) -> Result<Span> {
    let account = access.account();
    let hosts = queries::listing::hosts_in(tx, account, stored.calendar.id, Some(host)).await?;
    if stored.calendar.kind != CalendarKind::RoundRobin || hosts.is_empty() {
        return Err(Refusal::field("host", Problem::NotHost).into());
    }
    let time = queries::appointment::occupied(tx, account, stored.id).await?.ok_or(Refusal::NotFound)?;
    let busy = queries::host::busy(tx, account, &[host.0], time, Some(stored.id)).await?;
    if busy.is_empty() { Ok(time) } else { Err(Refusal::TimeTaken.into()) }
}

async fn tell(tx: &mut Tx, backend: &Backend, access: &Access, before: &Stored) -> Result<()> {
    let account = access.account();
    let after = reloaded(tx, account, before.id).await?;
    let told = Told::about(account, &after);
    told.tell(tx, backend, AppointmentNews::Moved, None).await?;
    for gone in before.hosts.iter().filter(|host| !after.has_host(host.member)) {
        told.tell(tx, backend, AppointmentNews::GivenAway, Some(gone.member)).await?;
    }
    let to = event_hosts(&after.hosts).pop().ok_or(Refusal::NotFound)?;
    told.tell(tx, backend, AppointmentNews::Booked, Some(to.member)).await?;
    let did = AppointmentAct::Reassigned {
        calendar_name: after.calendar.name.clone(),
        from: event_hosts(&before.hosts),
        to,
        at: local(after.starts_at, &after.account_zone).text,
    };
    record(tx, backend, access, &after, did).await
}
