//! What would happen: the same engine, carried out against a gateway that answers as it is told.

use std::collections::VecDeque;

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};

use super::{
    Answer, Book, CancelWhen, Card, Decline, Draft, Effect, Interval, Invoice, Mail, Moment, Plan, Start,
    StateName, Tax, Terms,
};
use crate::Refusal;

/// Years that a scenario may span.
pub const SCENARIO_YEARS_MAX: i64 = 50;
/// Events that it may have.
pub const SCENARIO_EVENTS_MAX: usize = 10_000;
/// Days that a trial may take.
pub const TRIAL_DAYS_MAX: u32 = 730;

/// An account and what its people do.
#[derive(Clone, Debug)]
pub struct Scenario<Z> {
    pub zone: Z,
    pub tax: Tax,
    pub plans: Vec<Plan>,
    /// In order.
    pub events: Vec<Event>,
    /// What is due at this instant happens yet.
    pub until: DateTime<Utc>,
}

#[derive(Clone, Debug)]
pub struct Event {
    pub at: DateTime<Utc>,
    pub act: Act,
}

#[derive(Clone, Debug)]
pub enum Act {
    Subscribe { plan: String, interval: Interval, anchor_day: Option<u32>, trial_days: u32 },
    Change { plan: String, interval: Interval },
    Cancel(CancelWhen),
    Card(CardOutcome),
    Pay,
}

/// What becomes of charges from now on. It counts as a new card, or as having none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardOutcome {
    Ok,
    Soft,
    Hard,
    /// The gateway does not answer, neither to charges nor to questions. When it does again, it never heard of those charges.
    Unreachable,
    /// There is no card.
    None,
}

/// What happened, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub book: Book,
    pub states: Vec<(NaiveDate, StateName)>,
    pub mails: Vec<Mail>,
    pub next_invoice: Option<Draft>,
}

/// Why a scenario cannot be. Events are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    #[error("Event {number} cannot happen. {refusal}")]
    Refused { number: usize, refusal: Refusal },
    #[error("Event {number} names the plan “{plan}”, which is not among the plans.")]
    UnknownPlan { number: usize, plan: String },
    #[error("Event {number} happens before the one above it. Put the events in order.")]
    OutOfOrder { number: usize },
    #[error("Event {number} has an anchor day that no month has. Choose 1 to 31.")]
    AnchorDay { number: usize },
    #[error("Event {number} has a trial of more than {TRIAL_DAYS_MAX} days.")]
    TrialDays { number: usize },
    #[error("The plan “{0}” is there twice.")]
    PlanTwice(String),
    #[error("“until” is before the last event.")]
    UntilTooEarly,
    #[error("A scenario may span at most {SCENARIO_YEARS_MAX} years, from 1900 to 2200.")]
    TooLong,
    #[error("A scenario may have at most {SCENARIO_EVENTS_MAX} events.")]
    TooManyEvents,
    /// See [`Refusal::BillingParked`].
    #[error("{0}")]
    Parked(Refusal),
}

/// Without a card event every charge succeeds.
///
/// # Errors
/// What is impossible about the scenario, or about an event when it comes to it.
pub fn simulate<Z: TimeZone>(scenario: &Scenario<Z>) -> Result<Outcome, Impossible> {
    check(scenario)?;
    let mut course = Course::new(&scenario.zone, scenario.tax, scenario.events.first(), scenario.until);
    for (index, event) in scenario.events.iter().enumerate() {
        course.advance(event.at).map_err(Impossible::Parked)?;
        course.act(event, index + 1, &scenario.plans)?;
    }
    course.advance(scenario.until).map_err(Impossible::Parked)?;
    Ok(course.outcome())
}

/// What will happen to a book until then if every charge succeeds and nobody acts. Its invoices are those still to come.
///
/// # Errors
/// [`Refusal::BillingParked`].
pub fn forecast<Z: TimeZone>(book: &Book, zone: &Z, until: DateTime<Utc>) -> Result<Outcome, Refusal> {
    let issued = book.invoices.len();
    let mut course = Course::with(book.clone(), zone);
    course.advance(until)?;
    let mut outcome = course.outcome();
    outcome.book.invoices.drain(..issued);
    Ok(outcome)
}

fn check<Z>(scenario: &Scenario<Z>) -> Result<(), Impossible> {
    for (index, plan) in scenario.plans.iter().enumerate() {
        if scenario.plans.iter().take(index).any(|other| other.code == plan.code) {
            return Err(Impossible::PlanTwice(plan.code.clone()));
        }
    }
    if scenario.events.len() > SCENARIO_EVENTS_MAX {
        return Err(Impossible::TooManyEvents);
    }
    let out_of_order = scenario.events.windows(2).position(|pair| matches!(pair, [a, b] if b.at < a.at));
    if let Some(index) = out_of_order {
        return Err(Impossible::OutOfOrder { number: index + 2 });
    }
    if scenario.events.last().is_some_and(|last| last.at > scenario.until) {
        return Err(Impossible::UntilTooEarly);
    }
    let begins = scenario.events.first().map_or(scenario.until, |first| first.at);
    let is_written = |at: DateTime<Utc>| (1900..=2200).contains(&chrono::Datelike::year(&at));
    if scenario.until - begins > TimeDelta::days(366 * SCENARIO_YEARS_MAX)
        || !is_written(begins)
        || !is_written(scenario.until)
    {
        return Err(Impossible::TooLong);
    }
    Ok(())
}

/// A book on its way through time.
pub struct Course<'a, Z> {
    pub book: Book,
    zone: &'a Z,
    card: CardOutcome,
    states: Vec<(NaiveDate, StateName)>,
    mails: Vec<Mail>,
}

impl<'a, Z: TimeZone> Course<'a, Z> {
    fn new(zone: &'a Z, tax: Tax, first: Option<&Event>, until: DateTime<Utc>) -> Self {
        let begins = Moment::new(first.map_or(until, |event| event.at), zone);
        Self::with(Book::new(tax, Some(Card::new(None, begins.day))), zone)
    }

    /// A book whose charges succeed until [`Act::Card`] says otherwise.
    #[must_use]
    pub fn with(book: Book, zone: &'a Z) -> Self {
        Self { book, zone, card: CardOutcome::Ok, states: Vec::new(), mails: Vec::new() }
    }

    /// Does all that is due at `now`.
    ///
    /// # Errors
    /// [`Refusal::BillingParked`].
    pub fn advance(&mut self, now: DateTime<Utc>) -> Result<(), Refusal> {
        while let Some(step) = self.book.step(now, self.zone)? {
            self.carry_out(step.effects, step.moment)?;
        }
        Ok(())
    }

    /// # Errors
    /// [`Impossible`] for the event that is counted `number`.
    pub fn act(&mut self, event: &Event, number: usize, plans: &[Plan]) -> Result<(), Impossible> {
        let now = Moment::new(event.at, self.zone);
        let refused = |refusal| Impossible::Refused { number, refusal };
        let terms = |code: &str, interval| {
            let plan = plans.iter().find(|plan| plan.code == *code);
            let plan = plan.ok_or_else(|| Impossible::UnknownPlan { number, plan: code.to_owned() })?;
            Terms::new(plan.clone(), interval).map_err(refused)
        };
        let effects = match &event.act {
            Act::Subscribe { plan, interval, anchor_day, trial_days } => {
                let start = Start { on: now.day, trial_days: *trial_days, anchor_day: *anchor_day };
                check_start(start, number)?;
                self.book.subscribe(terms(plan, *interval)?, start, now)
            }
            Act::Change { plan, interval } => self.book.change(terms(plan, *interval)?, now),
            Act::Cancel(when) => self.book.cancel(*when, now),
            Act::Pay => self.book.pay(now),
            Act::Card(outcome) => {
                self.card = *outcome;
                let has_card = *outcome != CardOutcome::None;
                self.book.set_card(has_card.then(|| Card::new(None, now.day)));
                Ok(Vec::new())
            }
        };
        let effects = effects.map_err(refused)?;
        self.carry_out(effects, now).map_err(refused)
    }

    fn carry_out(&mut self, effects: Vec<Effect>, moment: Moment) -> Result<(), Refusal> {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            match effect {
                Effect::Charge { attempt, .. } => {
                    waiting.extend(self.book.settle(attempt, self.charged(), moment)?);
                }
                Effect::Ask { attempt } => {
                    waiting.extend(self.book.settle(attempt, self.asked(), moment)?);
                }
                Effect::Entered { on, state } => self.states.push((on, state)),
                Effect::Mail(mail) => self.mails.push(mail),
                Effect::Issued { .. } | Effect::PlanChanged { .. } => {}
            }
        }
        Ok(())
    }

    fn charged(&self) -> Answer {
        match self.card {
            CardOutcome::Ok => Answer::Paid,
            CardOutcome::Soft => Answer::Declined(Decline::Soft),
            CardOutcome::Hard | CardOutcome::None => Answer::Declined(Decline::Hard),
            CardOutcome::Unreachable => Answer::Unknown,
        }
    }

    fn asked(&self) -> Answer {
        if self.card == CardOutcome::Unreachable { Answer::Unknown } else { Answer::NeverArrived }
    }

    /// What happened so far.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        let next_invoice = self.book.next_invoice();
        Outcome { book: self.book, states: self.states, mails: self.mails, next_invoice }
    }
}

fn check_start(start: Start, number: usize) -> Result<(), Impossible> {
    if start.anchor_day.is_some_and(|day| !(1..=31).contains(&day)) {
        return Err(Impossible::AnchorDay { number });
    }
    if start.trial_days > TRIAL_DAYS_MAX {
        return Err(Impossible::TrialDays { number });
    }
    Ok(())
}

impl Outcome {
    #[must_use]
    pub fn invoices(&self) -> &[Invoice] {
        &self.book.invoices
    }
}
