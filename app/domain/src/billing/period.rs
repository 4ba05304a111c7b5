use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::money::share;

/// Local days from one date up to, and without, another, and how long the full period is that contains them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Days of the full period.
    pub of_days: u32,
}

impl Period {
    #[must_use]
    pub fn days(&self) -> u32 {
        days_between(self.from, self.to)
    }

    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.from <= date && date < self.to
    }

    /// What is left of it on `date`, that day included.
    #[must_use]
    pub fn rest(&self, date: NaiveDate) -> Self {
        Self { from: date.clamp(self.from, self.to), ..*self }
    }

    /// What these days cost at a price for the full period.
    #[must_use]
    pub fn share(&self, price_minor: i64) -> i64 {
        share(price_minor, self.days(), self.of_days)
    }
}

pub(super) fn days_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or_default()
}
