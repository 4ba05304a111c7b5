//! Cards expire; what matters is which charge that breaks, be it next month or next year.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::anchor::before;

/// Days before the charge that a card would break on which people are warned.
pub const EXPIRY_WARNING_DAYS: [u64; 4] = [30, 14, 7, 1];

/// The last month in which a card works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CardExpiry {
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl CardExpiry {
    #[must_use]
    pub fn works_on(self, date: NaiveDate) -> bool {
        date <= self.last_day()
    }

    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let (year, month) = if self.month == 12 { (self.year + 1, 1) } else { (self.year, self.month + 1) };
        NaiveDate::from_ymd_opt(year, month, 1).map_or(NaiveDate::MAX, |first| before(first, 1))
    }
}

/// What Steward knows of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// None when the gateway does not tell.
    pub expires: Option<CardExpiry>,
    /// Warnings of earlier days are over: they were sent, or there was nothing to warn of.
    pub warn_from: NaiveDate,
}

impl Card {
    #[must_use]
    pub fn new(expires: Option<CardExpiry>, added_on: NaiveDate) -> Self {
        Self { expires, warn_from: added_on }
    }

    /// The next day on which to warn that the charge on `charge` will not work.
    #[must_use]
    pub fn next_warning(&self, charge: NaiveDate) -> Option<NaiveDate> {
        let days = EXPIRY_WARNING_DAYS.map(|days| before(charge, days));
        days.into_iter().find(|day| *day >= self.warn_from)
    }
}
