//! Whose turn it is: shares, newcomers, holidays, ties. What somebody should have got is added up here a second time, apart from the
//! credits that the draw keeps.
#![allow(clippy::unwrap_used, reason = "tests, not the product")]

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    MemberId,
    calendars::{BOOKING, Candidate, Host, Priority, Turns, draw, simulate},
};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

fn minute(number: usize) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(i64::try_from(number).unwrap())
}
fn host(number: u128, weight: u32) -> Candidate {
    let member = uuid::Uuid::from_u128(number).into();
    let host = Host { member, weight, priority: Priority::Medium, joined_at: minute(0), ramp_up_weeks: 0 };
    Candidate { host, turns: Turns::default() }
}
fn id(number: u128) -> MemberId {
    host(number, 1).host.member
}

/// The hosts of a calendar, with what each should have got and got.
#[derive(Default)]
struct Team {
    hosts: Vec<Candidate>,
    ledger: Vec<(f64, f64)>,
    draws: usize,
    joined: u128,
}

impl Team {
    fn of(weights: &[u32]) -> Self {
        let mut team = Self::default();
        weights.iter().for_each(|weight| team.join(*weight));
        team
    }

    fn join(&mut self, weight: u32) {
        self.joined += 1;
        self.hosts.push(host(self.joined, weight));
        self.ledger.push((0.0, 0.0));
    }

    fn leave(&mut self, index: usize) {
        self.hosts.remove(index);
        self.ledger.remove(index);
    }

    /// One draw when all are free. Answers whose it was.
    fn draw(&mut self) -> usize {
        self.draws += 1;
        let now = minute(self.draws);
        let total: i64 = self.hosts.iter().map(|one| one.host.weight_at(now)).sum();
        for (one, (share, _)) in self.hosts.iter().zip(&mut self.ledger) {
            *share += one.host.weight_at(now) as f64 / total as f64;
        }
        let drawn = draw(&mut self.hosts, now).unwrap();
        let index = self.hosts.iter().position(|one| one.host.member == drawn).unwrap();
        self.ledger[index].1 += 1.0;
        index
    }

    /// How far anybody is from their share.
    fn farthest(&self) -> f64 {
        self.ledger.iter().map(|(share, got)| (share - got).abs()).fold(0.0, f64::max)
    }
}

fn any_weights() -> impl Strategy<Value = Vec<u32>> {
    let weight = prop_oneof![1_u32..=100, Just(1), Just(100), 1_u32..=5];
    proptest::collection::vec(weight, 1..=12)
}

/// The same cases in every run: the rules promise nothing about some of what is looked at here, and a test must not depend on luck.
fn fixed(cases: u32) -> TestRunner {
    TestRunner::new_with_rng(Config::with_cases(cases), TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn everybody_is_within_one_booking_of_their_share_at_each_of_10_000_draws(weights in any_weights()) {
        let mut team = Team::of(&weights);
        for _ in 0..10_000 {
            team.draw();
            prop_assert!(team.farthest() < 1.0, "{:?} after {}", weights, team.draws);
        }
        for (one, (share, got)) in team.hosts.iter().zip(&team.ledger) {
            let credit = one.turns.credit as f64 / BOOKING as f64;
            prop_assert!((credit - (share - got)).abs() < 0.000_001, "credit is what is owed");
        }
    }

    /// Not one booking more than their share from the first draw on, and so no longer run than their weight allows.
    #[test]
    fn newcomers_are_not_flooded(weights in any_weights(), before in 0_usize..500, newcomers in any_weights()) {
        let mut team = Team::of(&weights);
        (0..before).for_each(|_| { team.draw(); });
        newcomers.iter().for_each(|weight| team.join(*weight));
        let total: u32 = weights.iter().chain(&newcomers).sum();
        let mut run = (0, 0_u32);
        for _ in 0..500 {
            let index = team.draw();
            prop_assert!(team.farthest() < 1.0);
            run = if run.0 == index { (index, run.1 + 1) } else { (index, 1) };
            // Who gets every booking pays with the share of the others, and can pay from +1 to -1.
            let others = f64::from(total - team.hosts[index].host.weight) / f64::from(total);
            prop_assert!(f64::from(run.1) * others < 2.0, "{:?} of {:?} and {:?}", run, weights, newcomers);
        }
    }
}

/// Joins, leaves and new weights (also 0), about 40 and about 400 of them in 10,000 draws.
#[test]
fn with_joins_leaves_and_new_weights_everybody_is_within_one_booking_after_10_000_draws() {
    for (every, cases) in [(250, 24), (25, 24)] {
        let change = (0_usize..3, any::<proptest::sample::Index>(), 0_u32..=100, 1_usize..2 * every);
        let changes = proptest::collection::vec(change, 10_000 / every);
        fixed(cases)
            .run(&(any_weights(), changes), |(weights, changes)| {
                let mut team = Team::of(&weights);
                let mut changes = changes.iter();
                while team.draws < 10_000 {
                    let until = match changes.next() {
                        Some((kind, who, weight, draws)) => {
                            let who = who.index(team.hosts.len());
                            match kind {
                                0 if team.hosts.len() < 12 => team.join(*weight),
                                1 if team.hosts.len() > 2 => team.leave(who),
                                _ => team.hosts[who].host.weight = *weight,
                            }
                            (team.draws + draws).min(10_000)
                        }
                        None => 10_000,
                    };
                    if team.hosts.iter().all(|one| !one.host.takes_bookings()) {
                        team.join(50);
                    }
                    while team.draws < until {
                        team.draw();
                        prop_assert!(team.farthest() < 1.5, "after {}", team.draws);
                    }
                }
                prop_assert!(team.farthest() <= 1.0, "{:?}", team.ledger);
                Ok(())
            })
            .unwrap();
    }
}

/// What no rule can avoid, so that the promise is not read for more than it is.
#[test]
fn when_whoever_was_drawn_leaves_the_last_is_owed_more_than_one() {
    let mut team = Team::of(&[1, 1, 1, 1]);
    for _ in 0..2 {
        let drawn = team.draw();
        team.leave(drawn);
    }
    team.draw();
    assert!((team.farthest() - 13.0 / 12.0).abs() < 0.001);
    team.draw();
    assert!(team.farthest() < 1.0, "and gets it next");
}

#[test]
fn after_a_holiday_nothing_is_made_up_for() {
    let mut hosts = [host(1, 10), host(2, 10), host(3, 10)];
    (0..10).for_each(|number| assert!(draw(&mut hosts, minute(number)).is_some()));
    let credit = hosts[0].turns.credit;
    for number in 10..1_010 {
        draw(&mut hosts[1..], minute(number)).unwrap();
    }
    assert_eq!(hosts[0].turns.credit, credit);
    let drawn: Vec<_> = (1_010..1_040).map(|number| draw(&mut hosts, minute(number)).unwrap()).collect();
    assert_eq!(drawn.iter().filter(|member| **member == id(1)).count(), 10);
    assert!(drawn.windows(2).all(|pair| pair[0] != pair[1]), "in turn");
}

#[test]
fn whoever_is_free_at_some_slots_only_has_a_share_of_those() {
    fixed(16)
        .run(&(any_weights(), proptest::collection::vec(any::<u16>(), 3_000)), |(weights, free)| {
            let mut hosts: Vec<_> =
                (1..).zip(&weights).map(|(number, weight)| host(number, *weight)).collect();
            for (number, free) in free.into_iter().enumerate() {
                let is_free = |one: &Candidate| free >> (one.host.member.0.as_u128() - 1) & 1 == 1;
                let mut there: Vec<_> = hosts.iter().copied().filter(is_free).collect();
                let drawn = draw(&mut there, minute(number));
                prop_assert_eq!(drawn.is_some(), !there.is_empty());
                for after in there {
                    prop_assert!(after.turns.credit.abs() < BOOKING * 3 / 2, "{}", after.turns.credit);
                    let one = hosts.iter_mut().find(|one| one.host.member == after.host.member).unwrap();
                    *one = after;
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_lower_priority_is_asked_only_when_nobody_of_a_higher_one_is_free() {
    let with = |number, priority| {
        let mut one = host(number, 10);
        one.host.priority = priority;
        one
    };
    let mut hosts = [with(1, Priority::Low), with(2, Priority::High), with(3, Priority::Medium)];
    for number in 0..5 {
        assert_eq!(draw(&mut hosts, minute(number)), Some(id(2)));
    }
    assert_eq!(hosts[0].turns, Turns::default(), "they had no part in it");
    hosts[1].host.weight = 0;
    assert_eq!(draw(&mut hosts, minute(6)), Some(id(3)));
    assert_eq!(draw(&mut hosts[..1], minute(7)), Some(id(1)));
}

#[test]
fn weight_0_gets_none() {
    let mut hosts = [host(1, 0), host(2, 1)];
    assert!((0..10).all(|number| draw(&mut hosts, minute(number)) == Some(id(2))));
    assert_eq!(draw(&mut hosts[..1], minute(11)), None);
    assert_eq!(draw(&mut [], minute(11)), None);
}

#[test]
fn ties_go_to_the_least_recently_booked_then_by_id() {
    let booked = |number, at: Option<usize>| {
        let mut one = host(number, 7);
        one.turns.last_booked_at = at.map(minute);
        one
    };
    let drawn = |mut hosts: Vec<Candidate>| draw(&mut hosts, minute(100)).unwrap();
    assert_eq!(drawn(vec![booked(1, Some(5)), booked(2, Some(3)), booked(3, Some(4))]), id(2));
    assert_eq!(drawn(vec![booked(1, Some(5)), booked(2, Some(3)), booked(3, None)]), id(3), "never booked");
    assert_eq!(drawn(vec![booked(3, Some(3)), booked(2, Some(3))]), id(2));
    let mut owed = booked(1, Some(99));
    owed.turns.credit = 1;
    assert_eq!(drawn(vec![owed, booked(2, None)]), id(1), "what is owed comes first");
}

proptest! {
    #[test]
    fn the_same_state_gives_the_same_answer_in_whatever_order(
        hosts in proptest::collection::vec((0_u32..=100, -BOOKING..BOOKING, proptest::option::of(0_usize..5)), 1..20),
        turn in 0_usize..20,
    ) {
        let candidate = |(number, (weight, credit, at)): (u128, (u32, i64, Option<usize>))| {
            let turns = Turns { credit, last_booked_at: at.map(minute) };
            Candidate { turns, ..host(number, weight) }
        };
        let mut one: Vec<_> = (1..).zip(hosts).map(candidate).collect();
        let mut other = one.clone();
        other.reverse();
        let places = other.len();
        other.rotate_left(turn % places);
        prop_assert_eq!(draw(&mut one, minute(9)), draw(&mut other, minute(9)));
        other.sort_by_key(|one| one.host.member);
        prop_assert_eq!(one, other);
    }
}

#[test]
fn a_newcomers_share_rises_over_the_chosen_weeks() {
    let mut newcomer = host(4, 10);
    newcomer.host.ramp_up_weeks = 4;
    let mut hosts = [host(1, 10), host(2, 10), host(3, 10), newcomer];
    // Ten bookings a day.
    let mut week = || -> usize {
        (0..70)
            .filter(|_| {
                let now = hosts.iter().filter_map(|one| one.turns.last_booked_at).max().unwrap_or(minute(0));
                draw(&mut hosts, now + TimeDelta::minutes(144)) == Some(id(4))
            })
            .count()
    };
    let got: Vec<_> = (0..5).map(|_| week()).collect();
    assert!(got.is_sorted() && got[0] <= 4 && got[4] >= 17, "{got:?}");
}

#[test]
fn what_would_happen_is_what_happens() {
    let hosts = [host(1, 3), host(2, 1), host(3, 0)];
    assert_eq!(simulate(&hosts, 100, minute(0)), [(id(1), 75), (id(2), 25), (id(3), 0)]);
    let mut real = hosts;
    let real: Vec<_> = (0..7).filter_map(|number| draw(&mut real, minute(number))).collect();
    let count = |number| u32::try_from(real.iter().filter(|member| **member == id(number)).count()).unwrap();
    assert_eq!(simulate(&hosts, 7, minute(0)), [(id(1), count(1)), (id(2), count(2)), (id(3), 0)]);
    assert_eq!(simulate(&hosts, u32::MAX, minute(0)).iter().map(|(_, got)| got).sum::<u32>(), 1_000);
}
