//! When appointments can start: for one host, and for a calendar.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

use super::{
    CalendarKind, CalendarRules, Span, WorkingHours, openings,
    span::{common, merged},
};
use crate::MemberId;

/// The time of somebody whom bookings can go to.
#[derive(Clone, Debug)]
pub struct HostTime<Z> {
    pub member: MemberId,
    pub hours: WorkingHours,
    pub zone: Z,
    /// Appointments with their buffers ([`CalendarRules::occupied`] of their own calendar), time off, other blocked time; in any order.
    pub busy: Vec<Span>,
}

/// An instant at which a visitor can book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub starts_at: DateTime<Utc>,
    /// Who can take it, in the order of the hosts; for a collective calendar everybody.
    pub free: Vec<MemberId>,
}

/// The slots of a calendar that start within `asked`, in order. `hosts` are those who take bookings now.
///
/// A round robin offers what any host has free. A collective calendar offers what all have free; its slots are counted from the start
/// of each stretch in which all work, so that hosts of different time zones find each other. A personal calendar has one host.
#[must_use]
pub fn slots<Z: TimeZone>(
    kind: CalendarKind,
    rules: &CalendarRules,
    hosts: &[HostTime<Z>],
    asked: Span,
    now: DateTime<Utc>,
) -> Vec<Slot> {
    let window = rules.bookable(asked, now);
    match kind {
        CalendarKind::Collective => together(rules, hosts, window),
        CalendarKind::RoundRobin | CalendarKind::Personal => any(rules, hosts, window),
    }
}

fn any<Z: TimeZone>(rules: &CalendarRules, hosts: &[HostTime<Z>], window: Span) -> Vec<Slot> {
    let mut found: Vec<(DateTime<Utc>, usize)> = Vec::new();
    for (index, host) in hosts.iter().enumerate() {
        let starts = free_starts(rules, &host.working(rules, window), &merged(host.busy.clone()), window);
        found.extend(starts.into_iter().map(|start| (start, index)));
    }
    // Not the unstable one: each host's starts are in order already, and this sort makes use of that.
    found.sort();
    let member = |(_, index): &(_, usize)| hosts.get(*index).map(|host| host.member);
    let slot = |same: &[(DateTime<Utc>, usize)]| {
        let (starts_at, _) = same.first()?;
        Some(Slot { starts_at: *starts_at, free: same.iter().filter_map(member).collect() })
    };
    found.chunk_by(|a, b| a.0 == b.0).filter_map(slot).collect()
}

fn together<Z: TimeZone>(rules: &CalendarRules, hosts: &[HostTime<Z>], window: Span) -> Vec<Slot> {
    let working = hosts.iter().map(|host| host.working(rules, window));
    let all_work = working.reduce(|all, one| common(&all, &one)).unwrap_or_default();
    let busy = merged(hosts.iter().flat_map(|host| host.busy.iter().copied()).collect());
    let everybody: Vec<_> = hosts.iter().map(|host| host.member).collect();
    let starts = free_starts(rules, &all_work, &busy, window);
    starts.into_iter().map(|starts_at| Slot { starts_at, free: everybody.clone() }).collect()
}

impl<Z: TimeZone> HostTime<Z> {
    /// Far enough for what starts at the end of `window`.
    fn working(&self, rules: &CalendarRules, window: Span) -> Vec<Span> {
        let around = Span { ends_at: window.ends_at + rules.duration(), ..window };
        if window.is_empty() { Vec::new() } else { openings(&self.hours, &self.zone, around) }
    }
}

/// The starts within `window` at which an appointment fits into the working time, and with its buffers beside everything in `busy`
/// (merged). Buffers may lie outside of working time.
///
/// Starts are counted in steps from the beginning of each opening, in real time: whoever works from 9:10 is booked at 9:10, 9:40 …
/// and where the clocks are changed within an opening the steps go on. So they are the same whatever window is asked for. An
/// appointment may reach into the next opening where the two touch.
fn free_starts(rules: &CalendarRules, openings: &[Span], busy: &[Span], window: Span) -> Vec<DateTime<Utc>> {
    let stretches = merged(openings.to_vec());
    let (mut stretches, mut busy) = (stretches.iter().peekable(), busy.iter().peekable());
    let mut found = Vec::new();
    for opening in openings {
        while stretches.next_if(|stretch| stretch.ends_at < opening.ends_at).is_some() {}
        let Some(stretch) = stretches.peek() else { break };
        let last = (stretch.ends_at - rules.duration())
            .min(opening.ends_at.min(window.ends_at) - TimeDelta::nanoseconds(1));
        let mut start = in_steps(opening.starts_at, window.starts_at, rules.slot_step());
        while start <= last {
            let occupied = rules.occupied(start);
            while busy.next_if(|span| span.ends_at <= occupied.starts_at).is_some() {}
            match busy.peek().filter(|span| span.overlaps(&occupied)) {
                None => {
                    found.push(start);
                    start += rules.slot_step();
                }
                Some(span) => {
                    let free_from = span.ends_at + (start - occupied.starts_at);
                    start = in_steps(opening.starts_at, free_from, rules.slot_step());
                }
            }
        }
    }
    found
}

/// The first instant not before `earliest` that is a whole number of steps after `from`.
fn in_steps(from: DateTime<Utc>, earliest: DateTime<Utc>, step: TimeDelta) -> DateTime<Utc> {
    let missing = (earliest - from).max(TimeDelta::zero());
    let seconds = missing.num_seconds() + i64::from(missing.subsec_nanos() > 0);
    let step = step.num_seconds().max(1);
    from + TimeDelta::seconds((seconds + step - 1) / step * step)
}
