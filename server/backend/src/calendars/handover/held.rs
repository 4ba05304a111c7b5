use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    AccountId, CalendarId, MemberId,
    calendars::{CalendarKind, Span, WorkingHours, covers},
    staff::leaving::{HeldAppointment, HeldCalendar, Round},
};
use uuid::Uuid;

use crate::{Result, calendars::queries, db::Tx, id::uuids};

pub(crate) struct HeldInCalendars {
    pub appointments: Vec<HeldAppointment>,
    pub calendars: Vec<HeldCalendar>,
}

/// Until the transaction ends nobody books in the calendars of `member` or changes their appointments, and nobody books `people`; with
/// `by_turn` nobody whose turn it could be either. Call it under the account's lock, and before [`held`].
pub(crate) async fn hold(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    people: &[MemberId],
    by_turn: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    let calendars = queries::held::hold_calendars(tx, account, member, now).await?;
    queries::held::hold_appointments(tx, account, member, now).await?;
    let people = uuids(people.iter().copied().chain([member]));
    let rounds = if by_turn { calendars.as_slice() } else { &[] };
    queries::held::hold_people(tx, account, &people, rounds).await
}

/// Until the transaction ends nobody books in these calendars, or in those of these appointments, or books `member`, and nobody changes
/// the appointments. All calendars at once: whoever books holds a calendar before they hold people.
pub(crate) async fn hold_returning(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    calendars: &[Uuid],
    appointments: &[Uuid],
) -> Result<()> {
    queries::held::hold_named(tx, account, calendars, appointments).await?;
    queries::held::hold_people(tx, account, &[member.0], &[]).await
}

/// What somebody holds at this instant; `zone` is the account's.
pub(crate) async fn held(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    zone: &str,
    now: DateTime<Utc>,
) -> Result<HeldInCalendars> {
    let appointments = queries::held::appointments(tx, account, member, zone, now).await?;
    let calendars = queries::held::calendars(tx, account, member).await?;
    Ok(HeldInCalendars { appointments, calendars })
}

/// Appointments to come, and places by hand, of somebody who is out.
pub(crate) async fn count(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<(u64, u64)> {
    queries::held::count(tx, account, member, now).await
}

/// Whose turn it is, and when people work.
#[derive(Default)]
pub(crate) struct Rounds {
    pub rounds: HashMap<CalendarId, Round>,
    hours: HashMap<MemberId, (WorkingHours, Tz)>,
}

impl Rounds {
    pub fn works(&self, member: MemberId, time: Span) -> bool {
        self.hours.get(&member).is_some_and(|(hours, zone)| covers(hours, zone, time))
    }
}

/// The round robins of these appointments without `member`, as if what drawing them did to the credits were taken back; and the hours of
/// everybody in them and of `people`.
pub(crate) async fn rounds(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    appointments: &[HeldAppointment],
    people: &[MemberId],
) -> Result<Rounds> {
    let drawn = || appointments.iter().filter(|one| one.kind == CalendarKind::RoundRobin);
    let calendars: HashSet<_> = drawn().map(|one| one.calendar).collect();
    let calendars = uuids(calendars);
    let mut rounds = queries::round::candidates(tx, account, &calendars, member).await?;
    for one in drawn() {
        let round = rounds.entry(one.calendar).or_default();
        for (moved, credit) in &one.moves {
            if let Some(candidate) = round.iter_mut().find(|candidate| candidate.host.member == *moved) {
                candidate.turns.credit -= credit;
            }
        }
    }
    let hosts = rounds.values().flatten().map(|candidate| candidate.host.member);
    let all: HashSet<_> = hosts.chain(people.iter().copied()).collect();
    let hours = queries::round::hours(tx, account, &uuids(all)).await?;
    Ok(Rounds { rounds, hours })
}
