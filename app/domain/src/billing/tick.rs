//! What is due, and the step that does it. Whoever calls it as often, and whenever, gets the same book.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Book, Cause, Draft, DunningStep, Effect, MailKind, Method, Moment, Next, State, anchor::after, book::mail,
};
use crate::Refusal;

/// Steps that one day of one account may need; more is a run-away.
pub const STEPS_A_DAY_MAX: u32 = 24;

/// Days of an account go forward only, and each has few steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pace {
    day: NaiveDate,
    steps: u32,
}

/// Something that has to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    pub day: NaiveDate,
    pub task: Task,
}

/// What it is; of one day's tasks the first comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// The period or the trial ends.
    EndPeriod,
    /// A date of the timetable after a failed payment.
    Retry,
    /// Remind of a change at the end of the period.
    Remind,
    /// Warn of a card that expires.
    WarnOfCard,
    /// Ask about a charge whose outcome is not known.
    Ask(DateTime<Utc>),
}

/// One thing that was due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When it was due: what follows from it, the answers to its charges too, counts from then.
    pub moment: Moment,
    pub effects: Vec<Effect>,
}

impl Book {
    /// What is due next. Nothing while a charge is on its way.
    #[must_use]
    pub fn next_due<Z: TimeZone>(&self, zone: &Z) -> Option<Due> {
        if self.attempt.is_some_and(|attempt| attempt.is_in_flight) {
            return None;
        }
        let ask = self.attempt.and_then(|attempt| attempt.doubt).map(|doubt| {
            let at = doubt.ask_at();
            Due { day: Moment::new(at, zone).day, task: Task::Ask(at) }
        });
        let on = |task| move |day| Due { day, task };
        [
            self.period_end().map(on(Task::EndPeriod)),
            self.next_retry().map(on(Task::Retry)),
            self.subscription.as_ref().and_then(|one| one.next_reminder()).map(on(Task::Remind)),
            self.next_card_warning().map(on(Task::WarnOfCard)),
            ask,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Does the first thing that is due at `now`; none when nothing is. Call it until then, and carry out the effects in between.
    ///
    /// # Errors
    /// [`Refusal::BillingParked`] when a day has more steps than it can need, or the book contradicts itself.
    pub fn step<Z: TimeZone>(&mut self, now: DateTime<Utc>, zone: &Z) -> Result<Option<Step>, Refusal> {
        let Some(due) = self.next_due(zone).filter(|due| is_reached(due, now, zone)) else {
            return Ok(None);
        };
        let moment = self.paced(due, zone)?;
        let mut effects = Vec::new();
        match due.task {
            Task::EndPeriod => self.end_period(moment, &mut effects)?,
            Task::Retry => self.retry(moment, &mut effects)?,
            Task::Remind => {
                self.subscription = self.subscription.take().map(|one| one.reminded(moment.day));
                effects.push(mail(moment.day, MailKind::DowngradeComing));
            }
            Task::WarnOfCard => {
                if let Some(card) = &mut self.card {
                    card.warn_from = after(moment.day, 1);
                }
                effects.push(mail(moment.day, MailKind::CardExpiring));
            }
            Task::Ask(_) => {
                if let Some(attempt) = &mut self.attempt {
                    attempt.is_in_flight = true;
                    effects.push(Effect::Ask { attempt: attempt.number });
                }
            }
        }
        Ok(Some(Step { moment, effects }))
    }

    /// The invoice that comes at the end of the period, from the function that will make it. None when there will be none.
    #[must_use]
    pub fn next_invoice(&self) -> Option<Draft> {
        let subscription = self.running().ok().filter(|one| one.next != Next::End)?;
        let renewed = subscription.clone().renewed().ok()?;
        Some(self.draft_period(&renewed, subscription.period.to))
    }

    /// Somebody acted: the day is at least theirs, and what follows is no run-away.
    pub(super) fn acted(&mut self, now: Moment) -> Vec<Effect> {
        let day = self.pace.map_or(now.day, |pace| pace.day.max(now.day));
        self.pace = Some(Pace { day, steps: 0 });
        Vec::new()
    }

    /// An answer came on that day.
    pub(super) fn reached(&mut self, day: NaiveDate) {
        if self.pace.is_none_or(|pace| pace.day < day) {
            self.pace = Some(Pace { day, steps: 0 });
        }
    }

    fn period_end(&self) -> Option<NaiveDate> {
        let subscription = self.running().ok()?;
        let is_waiting = matches!(subscription.state, State::Paused { .. }) && subscription.next != Next::End;
        (!is_waiting).then_some(subscription.period.to)
    }

    fn next_retry(&self) -> Option<NaiveDate> {
        match self.running().ok()?.state {
            // A charge in doubt might succeed yet.
            State::PastDue(dunning) if self.attempt.is_none() => dunning.next_on(),
            _ => None,
        }
    }

    fn next_card_warning(&self) -> Option<NaiveDate> {
        let card = self.card?;
        card.next_warning(self.running().ok()?.broken_charge(&card)?)
    }

    /// When a task counts as done, which is when it was due, but never before what was done last.
    fn paced<Z: TimeZone>(&mut self, due: Due, zone: &Z) -> Result<Moment, Refusal> {
        let day = self.pace.map_or(due.day, |pace| pace.day.max(due.day));
        let steps = self.pace.filter(|pace| pace.day == day).map_or(1, |pace| pace.steps + 1);
        if steps > STEPS_A_DAY_MAX {
            return Err(Refusal::BillingParked(format!("{day} has more steps than a day can need.")));
        }
        self.pace = Some(Pace { day, steps });
        Ok(match due.task {
            Task::Ask(at) if day == due.day => Moment { day, at },
            _ => Moment::start_of(day, zone),
        })
    }

    fn end_period(&mut self, moment: Moment, effects: &mut Vec<Effect>) -> Result<(), Refusal> {
        let subscription = self.running()?.clone();
        if subscription.next == Next::End {
            return self.end(subscription, moment, effects);
        }
        let before = subscription.terms.clone();
        let renewed = subscription.renewed()?;
        if !renewed.terms.same(&before) {
            self.watch_cards_from(moment);
            effects.push(Effect::PlanChanged { on: moment.day });
            effects.push(mail(moment.day, MailKind::PlanChanged));
        }
        let draft = self.draft_period(&renewed, moment.day);
        self.issue_period(renewed, draft, moment, effects)
    }

    fn retry(&mut self, moment: Moment, effects: &mut Vec<Effect>) -> Result<(), Refusal> {
        let subscription = self.running()?.clone();
        let State::PastDue(dunning) = subscription.state else { return Ok(()) };
        let (step, next) = dunning.next_step();
        self.enter(moment.day, subscription.at(next)?, effects);
        match (step, self.oldest_open()) {
            (DunningStep::Retry, Some(invoice)) => {
                self.charge(invoice, Method::Default, Cause::Schedule, moment, effects)
            }
            (DunningStep::Remind, _) => {
                effects.push(mail(moment.day, MailKind::PaymentReminder));
                Ok(())
            }
            (DunningStep::LastResort, _) => self.last_resort(None, moment, effects),
            (DunningStep::Retry, None) => Err(Refusal::BillingParked("nothing is owed in a debt.".into())),
        }
    }
}

fn is_reached<Z: TimeZone>(due: &Due, now: DateTime<Utc>, zone: &Z) -> bool {
    match due.task {
        Task::Ask(at) => at <= now,
        _ => due.day <= Moment::new(now, zone).day,
    }
}
