//! Whose turn it is in a round robin.
//!
//! **Share.** Each draw is one booking, divided among those who take part in it by their weights of that moment. Taking part are the
//! free hosts of the highest [`Priority`](super::Priority) among them, without those of weight 0. So somebody who was not free misses
//! neither the booking nor a share of it: after a holiday they go on where they stopped, and nothing is made up for.
//!
//! **Credit** is somebody's share so far minus what they got. The one with the highest credit gets the booking, unless so much will be
//! due that every draw up to some point is spoken for: then it is the one with the highest credit of those to whom these draws belong.
//! A newcomer starts with no credit, which is level with the others: their credits lie around nothing, too.
//!
//! **What it promises.** While the same people with the same weights take part, each has got within one booking of their share at any
//! time. That this can be done is R. Tijdeman, "The chairman assignment problem", Discrete Mathematics 32 (1980), whose bound is
//! 1 - 1/(2n - 2); drawing by due dates does it, and it leaves room for the highest credit as long as nothing presses. When people
//! join they keep within it. When people leave or weights change no rule could promise it without knowing beforehand: if of four
//! equal hosts whoever was drawn leaves after each draw, the last is owed 1/4 + 1/3 + 1/2 bookings. Credits are kept through all
//! such changes, so that what somebody is owed or ahead is worked off and does not add up: in 4,500 random histories of 10,000 draws,
//! with up to 2,000 changes each, nobody was ever farther off than 1.36, and two of them ended just over 1 (1.007).

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::Host;
use crate::MemberId;

/// One booking in units of credit. All numbers up to 20 divide it: up to 20 hosts of equal weight share without a remainder. Else
/// a draw takes less than one unit from each share, so that a million draws are wrong by about a millionth of a booking.
pub const BOOKING: i64 = 931_170_240_000;
/// A credit that must not be exceeded. It is a millionth below one booking, so that remainders cannot lift a share over it;
/// Tijdeman's bound leaves that room for up to 500,000 hosts.
const DUE: i64 = BOOKING - BOOKING / 1_000_000;
/// Draws that are looked ahead for what is due. Later it could be only to somebody whose share is less than 1 of 5,000 draws.
const DRAWS_AHEAD: i64 = 10_000;

/// What is kept about a host from draw to draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    /// Their share minus what they got, in parts of a [`BOOKING`].
    pub credit: i64,
    /// When they last got one.
    pub last_booked_at: Option<DateTime<Utc>>,
}

/// A host who is free at the slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub host: Host,
    pub turns: Turns,
}

/// Gives one booking to one of those who are free, and brings the turns of those who took part up to date. None when nobody takes
/// bookings. It depends on nothing but what is passed, and not on its order: equal credits go to the least recently booked,
/// then to the smaller id.
pub fn draw(free: &mut [Candidate], now: DateTime<Utc>) -> Option<MemberId> {
    let takes_part = free.iter().filter(|one| one.host.takes_bookings());
    let asked_first = takes_part.map(|one| one.host.priority).min()?;
    let weight = |one: &Candidate| match one.host.priority == asked_first {
        true => one.host.weight_at(now),
        false => 0,
    };
    let total: i64 = free.iter().map(weight).sum();
    let mut entrants: Vec<_> = free
        .iter_mut()
        .filter(|one| weight(one) > 0)
        .map(|one| Entrant { share: BOOKING * weight(one) / total, candidate: one })
        .collect();
    for entrant in &mut entrants {
        entrant.candidate.turns.credit += entrant.share;
    }
    let chosen = choose(&entrants)?;
    let candidate = entrants.into_iter().find(|one| one.candidate.host.member == chosen)?.candidate;
    candidate.turns.credit -= BOOKING;
    candidate.turns.last_booked_at = Some(now);
    Some(chosen)
}

/// As [`draw`], with what it did to the credits.
pub fn drawn(free: &mut [Candidate], now: DateTime<Utc>) -> Option<(MemberId, Vec<(MemberId, i64)>)> {
    let before: Vec<_> = free.iter().map(|one| one.turns.credit).collect();
    let chosen = draw(free, now)?;
    let moved = |(one, before): (&Candidate, i64)| (one.host.member, one.turns.credit - before);
    let moves = free.iter().zip(before).map(moved).filter(|(_, credit)| *credit != 0).collect();
    Some((chosen, moves))
}

/// Somebody who takes part in a draw. Their credit contains its share already.
struct Entrant<'a> {
    candidate: &'a mut Candidate,
    share: i64,
}

impl Entrant<'_> {
    fn credit(&self) -> i64 {
        self.candidate.turns.credit
    }

    /// How many draws can go to others before they must have got one: 0 when it must be this.
    fn can_wait(&self) -> i64 {
        let share = self.share.max(1);
        ((DUE - self.credit()).max(0) + share - 1) / share
    }
}

fn choose(entrants: &[Entrant<'_>]) -> Option<MemberId> {
    let most_owed = |among: &dyn Fn(&Entrant<'_>) -> bool| {
        entrants.iter().filter(|one| among(one)).max_by_key(|one| {
            (one.credit(), Reverse(one.candidate.turns.last_booked_at), Reverse(one.candidate.host.member))
        })
    };
    let first = most_owed(&|_| true)?;
    let chosen = match spoken_for(entrants, first.can_wait().min(DRAWS_AHEAD)) {
        Some(draws) => most_owed(&|one| one.can_wait() <= draws)?,
        None => first,
    };
    Some(chosen.candidate.host.member)
}

/// The first number of further draws, below `end`, at which this draw and all of them are due to somebody.
fn spoken_for(entrants: &[Entrant<'_>], end: i64) -> Option<i64> {
    let mut credits: Vec<_> = entrants.iter().map(|one| (one.credit(), one.share)).collect();
    let mut due = 0;
    (0..end).find(|draws| {
        for (credit, share) in &mut credits {
            while *credit >= DUE {
                *credit -= BOOKING;
                due += 1;
            }
            *credit += *share;
        }
        due > *draws
    })
}
