//! The states of a subscription, and every way from one to another.

use domain::{
    Refusal,
    billing::{
        Decline, Dunning, Next, State,
        StateName::{self, *},
        Subscription,
    },
};

use crate::account::{day, growth, start, starter};

const TODAY: &str = "2016-05-20";
const NONE: Option<StateName> = None;

type Transition = fn(Subscription) -> Result<Subscription, Refusal>;

/// What each transition makes of each state of [`states`].
const TABLE: [(&str, Transition, [Option<StateName>; 8]); 9] = [
    (
        "renewed",
        Subscription::renewed,
        [Some(Active), Some(Active), Some(PastDue), Some(PastDue), NONE, NONE, NONE, NONE],
    ),
    (
        "changed",
        |one| one.changed(growth(), day(TODAY)),
        [Some(Trialing), Some(Active), NONE, NONE, NONE, Some(Trialing), Some(Active), NONE],
    ),
    (
        "scheduled",
        |one| one.scheduled(growth(), day(TODAY)),
        [
            Some(Trialing),
            Some(Active),
            Some(PastDue),
            Some(PastDue),
            NONE,
            Some(Trialing),
            Some(Active),
            NONE,
        ],
    ),
    ("kept", Subscription::kept, [NONE, NONE, NONE, NONE, NONE, Some(Trialing), Some(Active), NONE]),
    (
        "ending",
        Subscription::ending,
        [Some(Ending), Some(Ending), Some(PastDue), Some(PastDue), Some(Paused), NONE, NONE, NONE],
    ),
    (
        "ended",
        |one| one.ended(day(TODAY)),
        [Some(Ended), Some(Ended), Some(Ended), Some(Ended), Some(Ended), Some(Ended), Some(Ended), NONE],
    ),
    (
        "declined",
        |one| one.declined(day(TODAY), Decline::Soft),
        [NONE, Some(PastDue), Some(PastDue), Some(PastDue), NONE, NONE, Some(PastDue), NONE],
    ),
    ("paused", |one| one.paused(day(TODAY)), [NONE, NONE, NONE, Some(Paused), NONE, NONE, NONE, NONE]),
    (
        "debt_paid",
        |one| one.debt_paid(day(TODAY)),
        [NONE, NONE, Some(Active), Some(Active), Some(Active), NONE, NONE, NONE],
    ),
];

fn states() -> [(State, Next); 8] {
    let on = day(TODAY);
    let first = Dunning::new(on, Decline::Soft);
    [
        (State::Trialing, Next::Renew),
        (State::Active, Next::Renew),
        (State::PastDue(first), Next::Renew),
        (State::PastDue(Dunning { over: 4, ..first }), Next::Renew),
        (State::Paused { since: on }, Next::Renew),
        (State::Ending { in_trial: true }, Next::End),
        (State::Ending { in_trial: false }, Next::End),
        (State::Ended { on }, Next::End),
    ]
}

#[test]
fn a_subscription_goes_where_it_may_and_nowhere_else() {
    let fresh = Subscription::start(1, starter(), start("2016-05-01"));
    for (name, transition, expected) in TABLE {
        for ((state, next), expected) in states().into_iter().zip(expected) {
            let after = transition(Subscription { state, next, ..fresh.clone() });
            assert_eq!(after.map(|after| after.state.name()).ok(), expected, "{name} of {state:?}");
        }
    }
}

#[test]
fn whoever_cancelled_and_then_paid_their_debt_is_ending() {
    let fresh = Subscription::start(1, starter(), start("2016-05-01"));
    let cancelled = fresh.declined(day(TODAY), Decline::Soft).unwrap().ending().unwrap();
    assert_eq!(cancelled.state.name(), PastDue);
    assert_eq!(cancelled.clone().debt_paid(day(TODAY)).unwrap().state.name(), Ending);
    assert_eq!(cancelled.kept().unwrap().debt_paid(day(TODAY)).unwrap().state.name(), Active);
}
