//! One subscription as a state machine: each transition takes it and gives back what it is then, or says why not.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Anchor, Card, Decline, Dunning, Effective, Interval, LineRef, Next, Period, Start, State, Terms,
    anchor::{after, before},
};
use crate::Refusal;

/// Days before a change at the end of the period on which people are reminded of it.
pub const CHANGE_REMINDER_DAYS: [u64; 2] = [7, 1];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Counts the subscriptions of the account.
    pub number: u32,
    pub terms: Terms,
    pub anchor: Anchor,
    /// The trial, or the period that is paid or owed.
    pub period: Period,
    pub next: Next,
    pub state: State,
    /// The charge that pays for what is left of the period; none in a trial.
    pub paid_by: Option<LineRef>,
    /// Changes that took effect at once, or were to.
    pub changes: u32,
}

impl Subscription {
    #[must_use]
    pub fn start(number: u32, terms: Terms, start: Start) -> Self {
        let first_paid = after(start.on, start.trial_days.into());
        let anchor = match start.anchor_day {
            Some(day) => Anchor::from_day(day, first_paid),
            None => Anchor::on(first_paid),
        };
        let (state, period) = match start.trial_days {
            0 => (State::Active, anchor.period(terms.interval, first_paid)),
            days => (State::Trialing, Period { from: start.on, to: first_paid, of_days: days }),
        };
        Self { number, terms, anchor, period, next: Next::Renew, state, paid_by: None, changes: 0 }
    }

    #[must_use]
    pub fn is_trial(&self) -> bool {
        matches!(self.state, State::Trialing | State::Ending { in_trial: true })
    }

    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Ended { .. })
    }

    /// Where it is on the timetable of a payment that failed; none while none runs.
    #[must_use]
    pub fn dunning(&self) -> Option<Dunning> {
        match self.state {
            State::PastDue(dunning) => Some(dunning),
            _ => None,
        }
    }

    /// The codes of the plan that it has and of the one that it will have.
    #[must_use]
    pub fn plan_codes(&self) -> Vec<String> {
        let next = match &self.next {
            Next::Change { terms, .. } => Some(terms),
            Next::Renew | Next::End => None,
        };
        [&self.terms].into_iter().chain(next).map(|terms| terms.plan.code.clone()).collect()
    }

    /// The next period: on the same terms, or on those that were chosen for it.
    ///
    /// # Errors
    /// [`Refusal::BillingParked`] in a state that has no next period.
    pub fn renewed(self) -> Result<Self, Refusal> {
        let state = match self.state {
            State::Trialing | State::Active => State::Active,
            past_due @ State::PastDue(_) => past_due,
            _ => return Err(self.impossible("begin the next period")),
        };
        let from = self.period.to;
        let (terms, anchor) = match self.next {
            Next::Renew => (self.terms, self.anchor),
            Next::Change { terms, .. } => {
                let anchor = anchor_after(self.anchor, &self.terms, &terms, from);
                (terms, anchor)
            }
            Next::End => return Err(self.impossible("begin the next period")),
        };
        let period = anchor.period(terms.interval, from);
        Ok(Self { terms, anchor, period, next: Next::Renew, state, paid_by: None, ..self })
    }

    /// Other terms from today on; whatever was to happen at the end of the period is dropped. In a trial the trial goes on. With
    /// another interval a period of it begins: a year today, a month on the anchor day, so that it begins with a part of one.
    ///
    /// # Errors
    /// [`Refusal::DebtFirst`], [`Refusal::SubscriptionEnded`].
    pub fn changed(self, terms: Terms, today: NaiveDate) -> Result<Self, Refusal> {
        let is_trial = self.is_trial();
        let state = match self.state {
            State::Trialing | State::Ending { in_trial: true } => State::Trialing,
            State::Active | State::Ending { in_trial: false } => State::Active,
            State::PastDue(_) | State::Paused { .. } => return Err(Refusal::DebtFirst),
            State::Ended { .. } => return Err(Refusal::SubscriptionEnded),
        };
        let (anchor, period) = if is_trial || terms.interval == self.terms.interval {
            (self.anchor, self.period)
        } else {
            let anchor = anchor_after(self.anchor, &self.terms, &terms, today);
            (anchor, anchor.period(terms.interval, today))
        };
        Ok(Self { terms, anchor, period, next: Next::Renew, state, ..self })
    }

    /// Other terms from the end of the period on, instead of whatever was to happen then.
    ///
    /// # Errors
    /// [`Refusal::DebtFirst`] while paused, [`Refusal::SubscriptionEnded`].
    pub fn scheduled(self, terms: Terms, today: NaiveDate) -> Result<Self, Refusal> {
        let next = Next::Change { terms, remind_from: after(today, 1) };
        self.going_on(next)
    }

    /// Drops whatever was to happen at the end of the period.
    ///
    /// # Errors
    /// [`Refusal::AlreadyChosen`] when that is nothing; otherwise as [`Self::scheduled`].
    pub fn kept(self) -> Result<Self, Refusal> {
        if self.next == Next::Renew { Err(Refusal::AlreadyChosen) } else { self.going_on(Next::Renew) }
    }

    fn going_on(self, next: Next) -> Result<Self, Refusal> {
        let state = match self.state {
            State::Ending { in_trial: true } => State::Trialing,
            State::Ending { in_trial: false } => State::Active,
            State::Paused { .. } => return Err(Refusal::DebtFirst),
            State::Ended { .. } => return Err(Refusal::SubscriptionEnded),
            same => same,
        };
        Ok(Self { next, state, ..self })
    }

    /// Cancelled for the end of the period. Whoever is past due still owes what is open.
    ///
    /// # Errors
    /// [`Refusal::AlreadyEnding`], [`Refusal::SubscriptionEnded`].
    pub fn ending(self) -> Result<Self, Refusal> {
        let state = match self.state {
            _ if self.next == Next::End => return Err(Refusal::AlreadyEnding),
            State::Trialing => State::Ending { in_trial: true },
            State::Active => State::Ending { in_trial: false },
            State::PastDue(_) | State::Paused { .. } => self.state,
            State::Ending { .. } => return Err(Refusal::AlreadyEnding),
            State::Ended { .. } => return Err(Refusal::SubscriptionEnded),
        };
        Ok(Self { next: Next::End, state, ..self })
    }

    /// # Errors
    /// [`Refusal::SubscriptionEnded`].
    pub fn ended(self, on: NaiveDate) -> Result<Self, Refusal> {
        if self.is_over() {
            return Err(Refusal::SubscriptionEnded);
        }
        Ok(Self { state: State::Ended { on }, ..self })
    }

    /// A payment was declined: the timetable begins, or goes on.
    ///
    /// # Errors
    /// [`Refusal::BillingParked`] in a state in which nothing is charged.
    pub fn declined(self, on: NaiveDate, decline: Decline) -> Result<Self, Refusal> {
        let dunning = match self.state {
            State::Active | State::Ending { in_trial: false } => Dunning::new(on, decline),
            State::PastDue(dunning) => dunning.declined(on, decline),
            _ => return Err(self.impossible("become past due")),
        };
        Ok(Self { state: State::PastDue(dunning), ..self })
    }

    /// Further on the timetable.
    ///
    /// # Errors
    /// [`Refusal::BillingParked`] when no timetable runs.
    pub fn at(self, dunning: Dunning) -> Result<Self, Refusal> {
        match self.state {
            State::PastDue(_) => Ok(Self { state: State::PastDue(dunning), ..self }),
            _ => Err(self.impossible("go on with a timetable")),
        }
    }

    /// # Errors
    /// [`Refusal::BillingParked`] unless the timetable is at its end.
    pub fn paused(self, since: NaiveDate) -> Result<Self, Refusal> {
        match self.state {
            State::PastDue(dunning) if dunning.is_exhausted() => {
                Ok(Self { state: State::Paused { since }, ..self })
            }
            _ => Err(self.impossible("be paused")),
        }
    }

    /// Everything owed is paid. When the period ended during a pause, the next one begins today: nobody pays for days on which they
    /// were paused.
    ///
    /// # Errors
    /// [`Refusal::BillingParked`] when nothing was owed.
    pub fn debt_paid(self, today: NaiveDate) -> Result<Self, Refusal> {
        let was_paused = matches!(self.state, State::Paused { .. });
        if !was_paused && !matches!(self.state, State::PastDue(_)) {
            return Err(self.impossible("be out of debt"));
        }
        let state = if self.next == Next::End { State::Ending { in_trial: false } } else { State::Active };
        let period = if was_paused && today > self.period.to {
            Period { from: today, to: today, ..self.period }
        } else {
            self.period
        };
        let paid = Self { state, period, ..self };
        Ok(if was_paused { paid.reminded(today) } else { paid })
    }

    /// How other terms would take effect.
    #[must_use]
    pub fn effective(&self, terms: &Terms) -> Effective {
        if self.is_trial() { Effective::Now } else { self.terms.change_to(terms) }
    }

    /// The next day on which to remind of a change at the end of the period.
    #[must_use]
    pub fn next_reminder(&self) -> Option<NaiveDate> {
        let Next::Change { remind_from, .. } = self.next else { return None };
        if matches!(self.state, State::Paused { .. } | State::Ended { .. }) {
            return None;
        }
        let days = CHANGE_REMINDER_DAYS.map(|days| before(self.period.to, days));
        days.into_iter().find(|day| *day >= remind_from && *day >= self.period.from)
    }

    /// Reminders up to this day are over.
    #[must_use]
    pub fn reminded(self, on: NaiveDate) -> Self {
        match self.next {
            Next::Change { terms, .. } => {
                Self { next: Next::Change { terms, remind_from: after(on, 1) }, ..self }
            }
            _ => self,
        }
    }

    /// The first charge that the card would break by expiring; none when it breaks none.
    #[must_use]
    pub fn broken_charge(&self, card: &Card) -> Option<NaiveDate> {
        let expires = card.expires?;
        let terms = match &self.next {
            _ if !matches!(self.state, State::Trialing | State::Active) => return None,
            Next::End => return None,
            Next::Renew => &self.terms,
            Next::Change { terms, .. } => terms,
        };
        let next = self.period.to;
        if !expires.works_on(next) {
            return Some(next);
        }
        let anchor = anchor_after(self.anchor, &self.terms, terms, next);
        Some(anchor.next(terms.interval, expires.last_day()))
    }

    fn impossible(&self, act: &str) -> Refusal {
        Refusal::BillingParked(format!("a subscription that is {:?} cannot {act}.", self.state.name()))
    }
}

/// Years begin on the day on which months turn into them; otherwise the anchor stays.
fn anchor_after(anchor: Anchor, from: &Terms, to: &Terms, on: NaiveDate) -> Anchor {
    match (from.interval, to.interval) {
        (Interval::Month, Interval::Year) => anchor.year_from(on),
        _ => anchor,
    }
}
