//! Who gets what when somebody leaves: Uma Usher goes, Max, Nia and Olive are there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests, not the product")]

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    AppointmentId, CalendarId, MemberId, OpportunityId, Permission, PermissionSet, PipelineId, Problem,
    Refusal,
    calendars::{CalendarKind, Candidate, Host, HostTerms, Priority, Span, Turns},
    staff::leaving::{
        Answer, Answers, Fate, Held, HeldAppointment, HeldCalendar, HeldOpportunity, HeldPipeline, Plan,
        Receiver, Surroundings, plan, sums,
    },
};
use proptest::prelude::*;
use uuid::Uuid;

const MAX: MemberId = MemberId(Uuid::from_u128(1));
const NIA: MemberId = MemberId(Uuid::from_u128(2));
const OLIVE: MemberId = MemberId(Uuid::from_u128(3));
const NOBODY_HERE: MemberId = MemberId(Uuid::from_u128(99));

const CALL: CalendarId = CalendarId(Uuid::from_u128(10));
const COFFEE: CalendarId = CalendarId(Uuid::from_u128(11));
const SALES: PipelineId = PipelineId(Uuid::from_u128(20));
const RENEWALS: PipelineId = PipelineId(Uuid::from_u128(21));

fn hour(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

fn appointment(n: u32, calendar: CalendarId, kind: CalendarKind) -> HeldAppointment {
    let starts_at = hour(24 + i64::from(n));
    HeldAppointment {
        id: AppointmentId(Uuid::from_u128(u128::from(n))),
        calendar,
        calendar_name: if calendar == CALL { "Call".into() } else { "Coffee".into() },
        kind,
        visitor: format!("Visitor {n}"),
        time: Span { starts_at, ends_at: starts_at + TimeDelta::minutes(30) },
        at: format!("hour {n}"),
        version: 1,
        moves: vec![],
        others: vec![],
        unfree: vec![],
    }
}

fn call(n: u32) -> HeldAppointment {
    appointment(n, CALL, CalendarKind::RoundRobin)
}

fn opportunity(n: u128, pipeline: PipelineId) -> HeldOpportunity {
    let pipeline_name = if pipeline == SALES { "Sales".into() } else { "Renewals".into() };
    HeldOpportunity {
        id: OpportunityId(Uuid::from_u128(n)),
        name: format!("Deal {n}"),
        pipeline,
        pipeline_name,
    }
}

fn calendar(id: CalendarId, kind: CalendarKind, others: &[MemberId]) -> HeldCalendar {
    let terms = HostTerms { weight: 20, ..HostTerms::usual() };
    HeldCalendar { id, name: "Call".into(), kind, is_active: true, terms, others: others.to_vec() }
}

fn pipeline(id: PipelineId) -> HeldPipeline {
    HeldPipeline { id, name: "Sales".into(), others: vec![] }
}

fn turn(member: MemberId, weight: u32) -> Candidate {
    let host = Host {
        member,
        weight,
        priority: Priority::Medium,
        joined_at: DateTime::UNIX_EPOCH,
        ramp_up_weeks: 0,
    };
    Candidate { host, turns: Turns::default() }
}

struct World {
    receivers: HashMap<MemberId, Receiver>,
    in_pipelines: HashMap<PipelineId, Vec<MemberId>>,
    rounds: HashMap<CalendarId, Vec<Candidate>>,
    /// Who never works.
    idle: Vec<MemberId>,
}

impl World {
    fn new() -> Self {
        let sees = PermissionSet::of(&[Permission::CalendarsView, Permission::OpportunitiesView]);
        let receiver = |name: &str, is_admin| Receiver {
            name: name.into(),
            is_admin,
            permissions: if is_admin { PermissionSet::everything() } else { sees },
            until: None,
        };
        let receivers = [
            (MAX, receiver("Max Mulder", false)),
            (NIA, receiver("Nia Novak", false)),
            (OLIVE, receiver("Olive Owner", true)),
        ];
        Self {
            receivers: receivers.into(),
            in_pipelines: [(SALES, vec![MAX, NIA])].into(),
            rounds: [(CALL, vec![turn(MAX, 10), turn(NIA, 10)])].into(),
            idle: vec![],
        }
    }

    fn plan(&self, held: &Held, answers: &Answers) -> Result<Plan, Refusal> {
        let works = |member, _: Span| !self.idle.contains(&member);
        let around = Surroundings {
            receivers: &self.receivers,
            in_pipelines: &self.in_pipelines,
            rounds: &self.rounds,
            works: &works,
            now: hour(0),
        };
        plan(held, answers, &around)
    }

    /// Why it cannot be done, for one kind.
    #[track_caller]
    fn why(&self, held: &Held, answers: &Answers, field: &str) -> String {
        match self.plan(held, answers).unwrap_err().problem(field) {
            Some(Problem::CannotTake { why }) => why.clone(),
            other => panic!("{field}: {other:?}"),
        }
    }
}

fn to_people(people: &[MemberId]) -> Answers {
    let answer = Answer::People(people.to_vec());
    Answers {
        appointments: answer.clone(),
        opportunities: answer.clone(),
        calendars: answer.clone(),
        pipelines: answer,
    }
}

#[test]
fn everything_goes_to_one_person_or_is_shared_out_over_several() {
    let world = World::new();
    let held = Held {
        appointments: (0..4).map(call).collect(),
        opportunities: (0..3).map(|n| opportunity(n, SALES)).collect(),
        calendars: vec![calendar(CALL, CalendarKind::RoundRobin, &[MAX])],
        pipelines: vec![pipeline(SALES)],
    };
    let one = world.plan(&held, &to_people(&[MAX])).unwrap();
    assert!(one.appointments.iter().chain(&one.opportunities).all(|fate| *fate == Fate::To(MAX)));
    let several = world.plan(&held, &to_people(&[NIA, MAX])).unwrap();
    assert_eq!(several.appointments, [NIA, MAX, NIA, MAX].map(Fate::To));
    assert_eq!(several.opportunities, [NIA, MAX, NIA].map(Fate::To));
    let told = sums(&several, &world.receivers);
    let told: Vec<_> =
        told.iter().map(|sum| (sum.count, sum.fate.label(sum.receiver.as_deref(), "Uma"))).collect();
    let expected = [
        (2, "Max Mulder"),
        (2, "Nia Novak"),
        (2, "Nia Novak"),
        (1, "Max Mulder"),
        (1, "Nia Novak"),
        (1, "Nia Novak"),
    ];
    assert_eq!(told, expected.map(|(count, name)| (count, format!("To {name}"))));
    assert_eq!(world.plan(&Held::default(), &to_people(&[MAX])).unwrap(), Plan::default());
}

#[test]
fn whoever_is_busy_is_passed_over_and_when_nobody_is_free_it_is_said_for_what() {
    let world = World::new();
    let mut appointments: Vec<_> = (0..6).map(call).collect();
    for taken in &mut appointments[..5] {
        taken.unfree = vec![MAX];
    }
    let held = Held { appointments, ..Held::default() };
    let why = world.why(&held, &to_people(&[MAX]), "appointments");
    assert_eq!(
        why,
        "Max Mulder is not free for 5 of them: Visitor 0 on hour 0; Visitor 1 on hour 1; Visitor 2 on hour 2; and 2 more."
    );
    let shared = world.plan(&held, &to_people(&[MAX, NIA])).unwrap();
    assert_eq!(shared.appointments, [NIA, NIA, NIA, NIA, NIA, MAX].map(Fate::To));
    let both =
        Held { appointments: vec![HeldAppointment { unfree: vec![MAX, NIA], ..call(1) }], ..Held::default() };
    let why = world.why(&both, &to_people(&[MAX, NIA]), "appointments");
    assert_eq!(why, "Nobody you chose is free for one of them: Visitor 1 on hour 1.");
}

#[test]
fn a_guest_gets_nothing_for_the_time_after_their_last_day() {
    let mut world = World::new();
    world.receivers.get_mut(&MAX).unwrap().until = Some(hour(26));
    let held = Held { appointments: vec![call(1), call(3)], ..Held::default() };
    let why = world.why(&held, &to_people(&[MAX]), "appointments");
    assert_eq!(why, "Max Mulder is not free for one of them: Visitor 3 on hour 3.");
    let shared = world.plan(&held, &to_people(&[MAX, NIA])).unwrap();
    assert_eq!(shared.appointments, [MAX, NIA].map(Fate::To));
}

#[test]
fn who_is_gone_or_would_not_see_it_gets_nothing() {
    let mut world = World::new();
    let held = Held {
        appointments: vec![call(1)],
        opportunities: vec![opportunity(1, SALES)],
        calendars: vec![calendar(CALL, CalendarKind::RoundRobin, &[])],
        pipelines: vec![pipeline(SALES)],
    };
    for field in ["appointments", "opportunities", "calendars", "pipelines"] {
        let why = world.why(&held, &to_people(&[MAX, NOBODY_HERE]), field);
        assert_eq!(why, "Somebody you chose is not active in your account any more. Choose again.");
    }
    world.receivers.get_mut(&NIA).unwrap().permissions = PermissionSet::of(&[Permission::CalendarsView]);
    let refusal = world.plan(&held, &to_people(&[NIA])).unwrap_err();
    assert!(refusal.problem("appointments").is_none() && refusal.problem("calendars").is_none());
    for field in ["opportunities", "pipelines"] {
        let why = world.why(&held, &to_people(&[NIA]), field);
        assert_eq!(why, "Nia Novak would not see them: their access does not include “View Opportunities”.");
    }
}

#[test]
fn opportunities_go_to_who_is_in_the_pipeline_comes_into_it_or_is_an_admin() {
    let world = World::new();
    let held = Held {
        opportunities: vec![opportunity(1, SALES), opportunity(2, RENEWALS)],
        pipelines: vec![pipeline(RENEWALS)],
        ..Held::default()
    };
    let answers = |people: &[MemberId], place| Answers { pipelines: place, ..to_people(people) };
    let why = world.why(&held, &answers(&[MAX], Answer::Nobody), "opportunities");
    assert_eq!(
        why,
        "Nobody you chose is in “Renewals”, where one of them stands. Let one of them take the place in it, or choose an Admin."
    );
    let comes_in = world.plan(&held, &answers(&[MAX], Answer::People(vec![MAX]))).unwrap();
    assert_eq!(comes_in.opportunities, [MAX, MAX].map(Fate::To));
    let admin = world.plan(&held, &answers(&[MAX, OLIVE], Answer::Nobody)).unwrap();
    assert_eq!(admin.opportunities, [MAX, OLIVE].map(Fate::To));
}

#[test]
fn what_others_take_part_in_goes_on_with_them() {
    let world = World::new();
    let kickoff = |n, others: &[MemberId], unfree: &[MemberId]| HeldAppointment {
        others: others.to_vec(),
        unfree: unfree.to_vec(),
        ..appointment(n, COFFEE, CalendarKind::Collective)
    };
    let held = Held {
        appointments: vec![
            kickoff(1, &[MAX], &[]),
            kickoff(2, &[OLIVE], &[]),
            kickoff(3, &[OLIVE], &[MAX]),
            kickoff(4, &[], &[]),
        ],
        ..Held::default()
    };
    let of = |answer| {
        world.plan(&held, &Answers { appointments: answer, ..Answers::KEEP }).map(|plan| plan.appointments)
    };
    assert_eq!(
        of(Answer::People(vec![MAX])).unwrap(),
        [Fate::WithOthers, Fate::To(MAX), Fate::WithOthers, Fate::To(MAX)],
        "who is in it already, who comes in, who is busy, and where nobody else is"
    );
    assert_eq!(
        of(Answer::Cancel).unwrap(),
        [Fate::WithOthers, Fate::WithOthers, Fate::WithOthers, Fate::Cancelled]
    );
    assert_eq!(of(Answer::Keep).unwrap(), [Fate::Kept; 4]);
    let why = world.why(&held, &Answers { appointments: Answer::ByTurn, ..Answers::KEEP }, "appointments");
    assert!(why.starts_with("It is nobody’s turn for one of them in “Coffee”"), "{why}");
}

#[test]
fn by_turn_they_go_round_by_weight_to_who_is_free_and_works() {
    let mut world = World::new();
    let by_turn = Answers { appointments: Answer::ByTurn, ..Answers::KEEP };
    let held = Held { appointments: (0..8).map(call).collect(), ..Held::default() };
    let plan = world.plan(&held, &by_turn).unwrap();
    let of = |plan: &Plan, member| plan.appointments.iter().filter(|fate| **fate == Fate::To(member)).count();
    assert_eq!((of(&plan, MAX), of(&plan, NIA)), (4, 4));
    // What each draw does to the credits adds up to nothing, and is kept to be taken back with it.
    for draw in &plan.draws {
        assert!(!draw.is_empty() && draw.iter().map(|(_, credit)| credit).sum::<i64>() == 0);
    }
    assert_eq!(world.plan(&held, &by_turn).unwrap(), plan, "the same again");

    world.rounds.insert(CALL, vec![turn(MAX, 30), turn(NIA, 10)]);
    let weighed = world.plan(&held, &by_turn).unwrap();
    assert_eq!((of(&weighed, MAX), of(&weighed, NIA)), (6, 2));

    let mut busy = held.clone();
    for appointment in &mut busy.appointments {
        appointment.unfree = vec![MAX];
    }
    assert_eq!(of(&world.plan(&busy, &by_turn).unwrap(), NIA), 8);
    world.idle = vec![NIA];
    let why = world.why(&busy, &by_turn, "appointments");
    assert!(
        why.starts_with("It is nobody’s turn for 8 of them in “Call”: nobody else is there, or"),
        "{why}"
    );
}

#[test]
fn who_takes_a_place_has_a_turn_at_once() {
    let mut world = World::new();
    world.rounds.insert(CALL, vec![]);
    let held = Held {
        appointments: vec![call(1), appointment(2, COFFEE, CalendarKind::Personal)],
        calendars: vec![
            calendar(CALL, CalendarKind::RoundRobin, &[]),
            calendar(COFFEE, CalendarKind::Personal, &[]),
        ],
        ..Held::default()
    };
    let answers = |calendars| Answers { appointments: Answer::ByTurn, calendars, ..Answers::KEEP };
    let plan = world.plan(&held, &answers(Answer::People(vec![NIA, MAX]))).unwrap();
    assert_eq!(plan.appointments, [NIA, MAX].map(Fate::To), "the new host of each");
    assert_eq!(plan.closed(&held).count(), 0);
    let why = world.why(&held, &answers(Answer::Nobody), "appointments");
    assert!(why.starts_with("It is nobody’s turn for 2 of them in “Call” and “Coffee”"), "{why}");
}

#[test]
fn where_nobody_is_left_a_calendar_is_closed() {
    let world = World::new();
    let closed = HeldCalendar { is_active: false, ..calendar(CALL, CalendarKind::RoundRobin, &[]) };
    let held = Held {
        calendars: vec![
            calendar(CALL, CalendarKind::RoundRobin, &[MAX]),
            calendar(COFFEE, CalendarKind::Personal, &[]),
            closed,
        ],
        ..Held::default()
    };
    let of = |answer| world.plan(&held, &Answers { calendars: answer, ..Answers::KEEP }).unwrap();
    let names = |plan: &Plan| plan.closed(&held).map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(names(&of(Answer::Nobody)), [COFFEE]);
    assert_eq!(names(&of(Answer::Keep)), []);
    assert_eq!(names(&of(Answer::People(vec![MAX]))), []);
}

#[test]
fn a_host_of_weight_nothing_has_no_turn() {
    let mut world = World::new();
    world.rounds.insert(CALL, vec![turn(MAX, 0)]);
    let held = Held { appointments: vec![call(1)], ..Held::default() };
    let answers = Answers { appointments: Answer::ByTurn, ..Answers::KEEP };
    assert!(world.why(&held, &answers, "appointments").contains("nobody’s turn for one of them"));
}

#[test]
fn what_became_of_something_comes_back_from_what_is_stored() {
    for fate in [Fate::To(MAX), Fate::WithOthers, Fate::Cancelled, Fate::Nobody, Fate::Kept] {
        assert_eq!(Fate::stored(fate.key(), fate.receiver()), Some(fate));
    }
    assert_eq!((Fate::stored("to", None), Fate::stored("kept", Some(MAX))), (None, None));
}

proptest! {
    /// Whatever is held and whoever is busy: either everything has a place, or nothing is moved and it is said why.
    #[test]
    fn everything_has_a_place_or_nothing_is_moved(
        busy in prop::collection::vec(prop::collection::vec(any::<bool>(), 2), 0..40),
        way in 0..4_u8,
    ) {
        let world = World::new();
        let appointments: Vec<_> = busy.iter().enumerate().map(|(n, taken)| {
            let taken = taken.iter().zip([MAX, NIA]).filter(|(is, _)| **is).map(|(_, who)| who).collect();
            HeldAppointment { unfree: taken, ..call(u32::try_from(n).unwrap()) }
        }).collect();
        let answer = match way {
            0 => Answer::People(vec![MAX, NIA]),
            1 => Answer::ByTurn,
            2 => Answer::Cancel,
            _ => Answer::Keep,
        };
        let held = Held { appointments, ..Held::default() };
        let takes_somebody = way < 2;
        let stuck = held.appointments.iter().any(|one| one.unfree.len() == 2);
        match world.plan(&held, &Answers { appointments: answer, ..Answers::KEEP }) {
            Err(refusal) => {
                prop_assert!(takes_somebody && stuck);
                prop_assert!(refusal.problem("appointments").is_some());
            }
            Ok(plan) => {
                prop_assert!(!(takes_somebody && stuck));
                for (one, fate) in held.appointments.iter().zip(&plan.appointments) {
                    if let Fate::To(who) = fate {
                        prop_assert!(!one.unfree.contains(who));
                    }
                }
            }
        }
    }
}
