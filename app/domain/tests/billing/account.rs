//! One account and a gateway that answers as it is told.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use domain::{
    Refusal,
    billing::{
        Answer::{self, *},
        Book, Card, Decline, Effect, Interval, Moment, Start, StateName, Tax, Terms,
    },
};

use crate::story::plan;

pub const ZONE: Tz = Tz::America__Denver;
pub const SOFT: Answer = Declined(Decline::Soft);
pub const HARD: Answer = Declined(Decline::Hard);

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
/// Noon in Denver, or a little later.
pub fn noon(text: &str) -> Moment {
    Moment::new(Moment::start_of(day(text), &ZONE).at + TimeDelta::hours(12), &ZONE)
}
pub fn terms(code: &str, tier: u32, interval: Interval) -> Terms {
    Terms::new(plan(code, tier, 10_000 * i64::from(tier)), interval).unwrap()
}
pub fn starter() -> Terms {
    terms("starter", 1, Interval::Month)
}
pub fn growth() -> Terms {
    terms("growth", 2, Interval::Month)
}
pub fn start(on: &str) -> Start {
    Start { on: day(on), trial_days: 0, anchor_day: None }
}

/// A book and a gateway that gives these answers, one after the other, and then pays.
pub struct Account {
    pub book: Book,
    pub answers: Vec<Answer>,
    pub told: Vec<String>,
}

impl Account {
    /// On the starter plan, paid, since that day.
    pub fn since(on: &str) -> Self {
        let book = Book::new(Tax::default(), Some(Card::new(None, day(on))));
        let mut account = Self { book, answers: Vec::new(), told: Vec::new() };
        account.act(noon(on), |book, now| book.subscribe(starter(), start(on), now)).unwrap();
        account.told.clear();
        account
    }

    pub fn answers(mut self, answers: &[Answer]) -> Self {
        self.answers = answers.iter().rev().copied().collect();
        self
    }

    pub fn act(
        &mut self,
        now: Moment,
        act: impl FnOnce(&mut Book, Moment) -> Result<Vec<Effect>, Refusal>,
    ) -> Result<(), Refusal> {
        let effects = act(&mut self.book, now)?;
        self.carry_out(effects, now);
        Ok(())
    }

    pub fn until(&mut self, at: &str) -> Vec<String> {
        let now = noon(at).at;
        while let Some(step) = self.book.step(now, &ZONE).unwrap() {
            self.carry_out(step.effects, step.moment);
        }
        std::mem::take(&mut self.told)
    }

    pub fn carry_out(&mut self, effects: Vec<Effect>, now: Moment) {
        for effect in effects {
            let at = now.at.with_timezone(&ZONE).format("%m-%d %H:%M");
            match effect {
                Effect::Charge { attempt, method, amount_minor, .. } => {
                    self.told.push(format!("{at} charge {attempt} {method:?} {amount_minor}"));
                    self.settle(attempt, now);
                }
                Effect::Ask { attempt } => {
                    self.told.push(format!("{at} ask {attempt}"));
                    self.settle(attempt, now);
                }
                Effect::Mail(mail) => self.told.push(format!("{} {:?}", mail.on.format("%m-%d"), mail.kind)),
                Effect::Entered { on, state } => self.told.push(format!("{} {state:?}", on.format("%m-%d"))),
                Effect::Issued { .. } | Effect::PlanChanged { .. } => {}
            }
        }
    }

    fn settle(&mut self, attempt: u32, now: Moment) {
        let answer = self.answers.pop().unwrap_or(Paid);
        let effects = self.book.settle(attempt, answer, now).unwrap();
        self.carry_out(effects, now);
    }

    pub fn state(&self) -> StateName {
        self.book.subscription.as_ref().unwrap().state.name()
    }

    pub fn plan(&self) -> &str {
        &self.book.subscription.as_ref().unwrap().terms.plan.code
    }
}
