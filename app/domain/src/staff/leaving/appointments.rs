use super::{
    Answer, Answers, Draw, Fate, Held, HeldAppointment, HeldCalendar, HeldKind, Round, Surroundings,
    plan::{Taken, cannot, require_receivers},
    share_out,
};
use crate::{
    MemberId, Problem,
    calendars::{CalendarKind, Candidate, Host, Turns, drawn},
    words::joined,
};

/// Appointments that a sentence names before it counts the rest.
const NAMED_MAX: usize = 3;

/// Who comes to each appointment instead.
///
/// # Errors
/// [`Problem::CannotTake`] naming those for which nobody is free.
pub(super) fn appointments(
    held: &Held,
    answers: &Answers,
    around: &Surroundings<'_>,
    taken: &Taken,
) -> Result<(Vec<Fate>, Vec<Draw>), Problem> {
    let things = &held.appointments;
    let undrawn = |fates: Vec<Fate>| (fates, vec![Draw::new(); things.len()]);
    match &answers.appointments {
        _ if things.is_empty() => Ok((vec![], vec![])),
        Answer::People(people) => given(things, people, around).map(undrawn),
        Answer::ByTurn => by_turn(held, around, taken),
        Answer::Cancel => Ok(undrawn(things.iter().map(alone_cancelled).collect())),
        Answer::Keep => Ok(undrawn(vec![Fate::Kept; things.len()])),
        Answer::Nobody => Err(Problem::InvalidChoice),
    }
}

/// What others take part in goes on with them.
fn alone_cancelled(thing: &HeldAppointment) -> Fate {
    if thing.others.is_empty() { Fate::Cancelled } else { Fate::WithOthers }
}

fn is_free(thing: &HeldAppointment, person: MemberId, around: &Surroundings<'_>) -> bool {
    let until = around.receivers.get(&person).and_then(|receiver| receiver.until);
    !thing.unfree.contains(&person) && until.is_none_or(|until| thing.time.ends_at <= until)
}

fn given(
    things: &[HeldAppointment],
    people: &[MemberId],
    around: &Surroundings<'_>,
) -> Result<Vec<Fate>, Problem> {
    require_receivers(HeldKind::Appointments, people, around)?;
    let can = |thing: &HeldAppointment, person| {
        // Where one of them takes part already, nobody needs to come in.
        !people.iter().any(|one| thing.others.contains(one)) && is_free(thing, person, around)
    };
    let shared = share_out(things, people, can);
    let mut left = Vec::new();
    let fates = things.iter().zip(shared).map(|(thing, got)| match got {
        Some(person) => Fate::To(person),
        None if thing.others.is_empty() => {
            left.push(thing);
            Fate::Kept
        }
        None => Fate::WithOthers,
    });
    let fates = fates.collect();
    if left.is_empty() {
        return Ok(fates);
    }
    let name = |person: &MemberId| around.receivers.get(person).map(|receiver| receiver.name.as_str());
    let who = match people {
        [only] => format!("{} is not free", name(only).unwrap_or_default()),
        _ => "Nobody you chose is free".to_owned(),
    };
    cannot(format!("{who} for {}: {}.", of_them(left.len()), listed(&left)))
}

/// Draws for one appointment after the other, as bookings would.
fn by_turn(held: &Held, around: &Surroundings<'_>, taken: &Taken) -> Result<(Vec<Fate>, Vec<Draw>), Problem> {
    let mut rounds = around.rounds.clone();
    for calendar in &held.calendars {
        if let Some(person) = taken.calendars.get(&calendar.id) {
            let round = rounds.entry(calendar.id).or_default();
            join_round(round, calendar, *person, around);
        }
    }
    let (mut fates, mut draws, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for thing in &held.appointments {
        let (fate, draw) = match thing.kind {
            CalendarKind::RoundRobin => draw_one(thing, rounds.get_mut(&thing.calendar), around),
            CalendarKind::Personal => {
                let next = taken.calendars.get(&thing.calendar);
                let free = next.filter(|person| is_free(thing, **person, around));
                (free.map(|person| Fate::To(*person)), Draw::new())
            }
            CalendarKind::Collective => (None, Draw::new()),
        };
        let fate = fate.or((!thing.others.is_empty()).then_some(Fate::WithOthers));
        if fate.is_none() {
            left.push(thing);
        }
        fates.push(fate.unwrap_or(Fate::Kept));
        draws.push(draw);
    }
    if left.is_empty() {
        return Ok((fates, draws));
    }
    let mut calendars: Vec<_> = left.iter().map(|thing| format!("“{}”", thing.calendar_name)).collect();
    calendars.sort_unstable();
    calendars.dedup();
    cannot(format!(
        "It is nobody’s turn for {} in {}: nobody else is there, or nobody is free and works then. {}.",
        of_them(left.len()),
        joined(&calendars),
        listed(&left)
    ))
}

/// Whoever takes the place in a round robin comes in as a newcomer with the share that goes with it.
fn join_round(round: &mut Round, calendar: &HeldCalendar, person: MemberId, around: &Surroundings<'_>) {
    if calendar.kind != CalendarKind::RoundRobin || round.iter().any(|one| one.host.member == person) {
        return;
    }
    let host = Host {
        member: person,
        weight: calendar.terms.weight,
        priority: calendar.terms.priority,
        joined_at: around.now,
        ramp_up_weeks: 0,
    };
    round.push(Candidate { host, turns: Turns::default() });
}

fn draw_one(
    thing: &HeldAppointment,
    round: Option<&mut Round>,
    around: &Surroundings<'_>,
) -> (Option<Fate>, Draw) {
    let Some(round) = round else { return (None, Draw::new()) };
    let can = |one: &&Candidate| {
        let person = one.host.member;
        is_free(thing, person, around) && (around.works)(person, thing.time)
    };
    let mut free: Vec<_> = round.iter().filter(can).copied().collect();
    let Some((person, draw)) = drawn(&mut free, around.now) else { return (None, Draw::new()) };
    for after in free {
        if let Some(before) = round.iter_mut().find(|one| one.host.member == after.host.member) {
            *before = after;
        }
    }
    (Some(Fate::To(person)), draw)
}

fn of_them(count: usize) -> String {
    if count == 1 { "one of them".into() } else { format!("{count} of them") }
}

fn listed(things: &[&HeldAppointment]) -> String {
    let named = things.iter().take(NAMED_MAX).map(|thing| format!("{} on {}", thing.visitor, thing.at));
    let named = named.collect::<Vec<_>>().join("; ");
    match things.len().saturating_sub(NAMED_MAX) {
        0 => named,
        more => format!("{named}; and {more} more"),
    }
}
