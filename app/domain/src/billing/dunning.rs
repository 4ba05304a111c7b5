//! What happens after a payment failed: the timetable, from the first failure to the pause.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::anchor::after;

/// Days after the first failure on which the payment is tried again. When the last fails too, the account is paused.
pub const RETRY_DAYS: [u64; 4] = [3, 7, 10, 14];

/// Why a payment was declined, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decline {
    /// It may work another time: too little money, a limit.
    Soft,
    /// This card will not work again: lost, stolen, closed, expired; or there is none.
    Hard,
}

/// Where an account is on the timetable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dunning {
    pub first_failure: NaiveDate,
    /// Dates of the timetable that are over.
    pub over: usize,
    /// The card was declined for good: it is not tried again by itself, but the dates go on.
    pub hard: bool,
    /// When an outcome came so late that dates went by, the last try waits until then.
    pub not_before: NaiveDate,
}

/// What a date of the timetable brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DunningStep {
    /// Try the card again.
    Retry,
    /// The card is not tried; say again that something is owed.
    Remind,
    /// The last date, with a card that is not tried: the backup card, if there is one, or the pause.
    LastResort,
}

impl Dunning {
    #[must_use]
    pub fn new(first_failure: NaiveDate, decline: Decline) -> Self {
        let hard = decline == Decline::Hard;
        Self { first_failure, over: 0, hard, not_before: first_failure }
    }

    /// Every date on which something happens; on the last the account is paused unless it is paid.
    #[must_use]
    pub fn timetable(&self) -> [NaiveDate; RETRY_DAYS.len()] {
        RETRY_DAYS.map(|days| after(self.first_failure, days))
    }

    /// The next date; none when all are over.
    #[must_use]
    pub fn next_on(&self) -> Option<NaiveDate> {
        self.timetable().get(self.over).map(|date| (*date).max(self.not_before))
    }

    /// What the next date brings, and where the account is then.
    #[must_use]
    pub fn next_step(self) -> (DunningStep, Self) {
        let next = Self { over: self.over + 1, ..self };
        let step = match (self.hard, next.is_exhausted()) {
            (false, _) => DunningStep::Retry,
            (true, false) => DunningStep::Remind,
            (true, true) => DunningStep::LastResort,
        };
        (step, next)
    }

    /// What is still to come, in order; the last is where the account is paused unless it is paid.
    #[must_use]
    pub fn ahead(self) -> Vec<(NaiveDate, DunningStep)> {
        let mut dates = Vec::new();
        let mut now = self;
        while let Some(on) = now.next_on() {
            let (step, next) = now.next_step();
            dates.push((on, step));
            now = next;
        }
        dates
    }

    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.over >= RETRY_DAYS.len()
    }

    /// After one more decline. Dates that went by while the outcome was not known are not made up for, but the last is kept.
    #[must_use]
    pub fn declined(self, on: NaiveDate, decline: Decline) -> Self {
        let passed = self.timetable().iter().take(RETRY_DAYS.len() - 1).filter(|date| **date <= on).count();
        let hard = self.hard || decline == Decline::Hard;
        Self { over: self.over.max(passed), hard, not_before: after(on, 1), ..self }
    }

    /// With another card the rest of the timetable is tried again.
    #[must_use]
    pub fn with_new_card(self) -> Self {
        Self { hard: false, ..self }
    }
}
