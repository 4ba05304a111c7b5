//! Moving an appointment to another time: for its visitor and by the staff alike.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, AppointmentId, MemberId, Refusal,
    activity::AppointmentAct,
    calendars::{CalendarKind, CalendarRules, Span, instant},
};

use super::{
    held::{Changer, held},
    letters::AppointmentNews,
    offer::{Asked, Chosen, Supply},
    place::give,
    queries::{self, appointment::Stored},
    record::{Told, event_hosts, record, reloaded},
};
use crate::{Backend, Result, account::local, db::Tx};

/// Other hosts that are tried when somebody was quicker.
const ATTEMPTS: u32 = 8;

/// Moves an appointment. Its host stays, if they are free then; else a round robin gives it to whose turn it is. The time that it has
/// already changes nothing.
///
/// # Errors
/// As [`held`]; [`Refusal::Invalid`] for `starts_at`; [`Refusal::AppointmentClosed`]; [`Refusal::TimeTaken`] for a time that is not
/// offered; [`Refusal::ChangedMeanwhile`].
pub(super) async fn replace(
    backend: &Backend,
    account: AccountId,
    id: AppointmentId,
    changer: &Changer<'_>,
    starts_at: &str,
) -> Result<()> {
    let starts_at = instant(starts_at).map_err(|problem| Refusal::field("starts_at", problem))?;
    for _ in 0..ATTEMPTS {
        if attempt(backend, account, id, changer, starts_at).await? {
            return Ok(());
        }
    }
    Err(Refusal::TimeTaken.into())
}

/// False when somebody got the chosen host in another calendar at the same instant.
async fn attempt(
    backend: &Backend,
    account: AccountId,
    id: AppointmentId,
    changer: &Changer<'_>,
    starts_at: DateTime<Utc>,
) -> Result<bool> {
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(account).await?;
    let before = held(&mut tx, backend, account, id, changer).await?;
    if !before.is_open(now) {
        return Err(Refusal::AppointmentClosed.into());
    }
    if before.starts_at == starts_at {
        return Ok(true);
    }
    changer.require_seen(&before)?;
    let found = queries::calendar::find(&mut tx, account, before.calendar.id).await?;
    let (calendar, settings) = found.ok_or(Refusal::NotFound)?;
    let rules = match changer.by_visitor() {
        true => settings.rules,
        false => CalendarRules { minimum_notice_minutes: 0, ..settings.rules },
    };
    let within = Span { starts_at, ends_at: starts_at };
    let asked = Asked { calendar: &calendar, rules, within, except: Some(id), only: changer.only() };
    let supply = Supply::load(&mut tx, account, &asked).await?;
    let slot = supply.slot(starts_at, now).ok_or(Refusal::TimeTaken)?;
    let chosen = match stays(&before, &slot.free) {
        Some(chosen) => chosen,
        None => {
            queries::host::take_back(&mut tx, account, calendar.id, &before.moves).await?;
            let supply = Supply::load(&mut tx, account, &asked).await?;
            supply.choose(&slot, now).ok_or(Refusal::TimeTaken)?
        }
    };
    let time = Span { starts_at, ends_at: starts_at + rules.duration() };
    queries::appointment::put_time(&mut tx, account, id, time, &chosen.moves).await?;
    if !give(&mut tx, account, (calendar.id, id), &chosen, rules.occupied(starts_at)).await? {
        return Ok(false);
    }
    tell(&mut tx, backend, account, changer, &before).await?;
    tx.commit().await?;
    Ok(true)
}

/// The host goes on, and nobody's turn changes. All of a collective calendar take part, whoever they are now.
fn stays(before: &Stored, free: &[MemberId]) -> Option<Chosen> {
    let own: Vec<_> = before.hosts.iter().map(|host| host.member).collect();
    let hosts = match before.calendar.kind {
        CalendarKind::Collective => free.to_vec(),
        CalendarKind::RoundRobin | CalendarKind::Personal if own.iter().all(|host| free.contains(host)) => {
            own
        }
        CalendarKind::RoundRobin | CalendarKind::Personal => return None,
    };
    Some(Chosen { hosts, turns: Vec::new(), moves: before.moves.clone() })
}

/// Everybody hears what it means for them: a host who stays, who is new, who is so no longer, and the visitor.
async fn tell(
    tx: &mut Tx,
    backend: &Backend,
    account: AccountId,
    changer: &Changer<'_>,
    before: &Stored,
) -> Result<()> {
    let after = reloaded(tx, account, before.id).await?;
    let told = Told::about(account, &after);
    told.tell(tx, backend, AppointmentNews::Moved, None).await?;
    for host in &after.hosts {
        let news = match before.has_host(host.member) {
            true => AppointmentNews::Moved,
            false => AppointmentNews::Booked,
        };
        told.tell(tx, backend, news, Some(host.member)).await?;
    }
    for gone in before.hosts.iter().filter(|host| !after.has_host(host.member)) {
        told.tell(tx, backend, AppointmentNews::GivenAway, Some(gone.member)).await?;
    }
    let did = AppointmentAct::Moved {
        calendar_name: after.calendar.name.clone(),
        hosts: event_hosts(&after.hosts),
        from: local(before.starts_at, &after.account_zone).text,
        to: local(after.starts_at, &after.account_zone).text,
        by_visitor: changer.by_visitor(),
    };
    record(tx, backend, &changer.access(account), &after, did).await
}
