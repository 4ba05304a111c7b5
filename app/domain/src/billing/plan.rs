use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::Refusal;

/// More than any plan costs, and small enough that no sum of invoices leaves an `i64`.
pub const PRICE_MAX_MINOR: i64 = 1_000_000_000_000;

/// How long a full period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    Month,
    Year,
}

/// One version of something to subscribe to. Subscriptions keep the version they were made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub code: String,
    /// Counts changes of prices and limits.
    pub version: u32,
    /// A higher one is an upgrade, whatever it costs.
    pub tier: u32,
    /// For a full month, in the smallest unit, without tax; none when the plan is not sold by the month.
    pub month_minor: Option<i64>,
    /// The same for a full year.
    pub year_minor: Option<i64>,
    pub limits: Limits,
}

/// How much of everything an account on a plan may have; none is without end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub seats: Option<u32>,
    pub profiles: Option<u32>,
    pub calendars: Option<u32>,
    pub api_keys: Option<u32>,
}

/// What an account has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    pub seats: u32,
    pub profiles: u32,
    pub calendars: u32,
    pub api_keys: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limited {
    Seats,
    Profiles,
    Calendars,
    ApiKeys,
}

impl Limited {
    pub const ALL: [Self; 4] = [Self::Seats, Self::Profiles, Self::Calendars, Self::ApiKeys];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Seats => "Seats",
            Self::Profiles => "Permission profiles",
            Self::Calendars => "Calendars",
            Self::ApiKeys => "API keys",
        }
    }

    /// "1 seat", "5 permission profiles".
    #[must_use]
    pub fn counted(self, count: u32) -> String {
        let (one, many) = match self {
            Self::Seats => ("seat", "seats"),
            Self::Profiles => ("permission profile", "permission profiles"),
            Self::Calendars => ("calendar", "calendars"),
            Self::ApiKeys => ("API key", "API keys"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}

/// What does not fit into a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excess {
    pub what: Limited,
    pub used: u32,
    pub limit: u32,
}

impl Usage {
    #[must_use]
    pub const fn of(&self, what: Limited) -> u32 {
        match what {
            Limited::Seats => self.seats,
            Limited::Profiles => self.profiles,
            Limited::Calendars => self.calendars,
            Limited::ApiKeys => self.api_keys,
        }
    }
}

impl Limits {
    /// How many there may be; none for any number.
    #[must_use]
    pub const fn of(&self, what: Limited) -> Option<u32> {
        match what {
            Limited::Seats => self.seats,
            Limited::Profiles => self.profiles,
            Limited::Calendars => self.calendars,
            Limited::ApiKeys => self.api_keys,
        }
    }

    /// What an account with this usage would have too much of: the rehearsal of a downgrade.
    #[must_use]
    pub fn exceeded_by(&self, usage: &Usage) -> Vec<Excess> {
        let excess = |what| {
            let used = usage.of(what);
            self.of(what).filter(|limit| used > *limit).map(|limit| Excess { what, used, limit })
        };
        Limited::ALL.into_iter().filter_map(excess).collect()
    }
}

/// A plan as somebody has it: with an interval, and so a price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub plan: Plan,
    pub interval: Interval,
    /// For a full period, in the smallest unit, without tax.
    pub price_minor: i64,
}

/// When a change of terms takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effective {
    /// At once, prorated and paid for now.
    Now,
    AtPeriodEnd,
}

impl Terms {
    /// # Errors
    /// [`Refusal::PlanNotSold`] when the plan has no price for this interval.
    pub fn new(plan: Plan, interval: Interval) -> Result<Self, Refusal> {
        let price = match interval {
            Interval::Month => plan.month_minor,
            Interval::Year => plan.year_minor,
        };
        let price_minor = price.ok_or(Refusal::PlanNotSold)?;
        Ok(Self { plan, interval, price_minor })
    }

    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        self.interval == other.interval
            && self.plan.code == other.plan.code
            && self.plan.version == other.plan.version
    }

    /// When a change from these terms to others takes effect. The tier decides first. On the same tier, from month to year is at once
    /// and from year to month waits; with the interval the same too, paying more is at once and paying less waits.
    #[must_use]
    pub fn change_to(&self, other: &Self) -> Effective {
        let is_up = match (other.plan.tier.cmp(&self.plan.tier), self.interval, other.interval) {
            (Ordering::Greater, ..) | (Ordering::Equal, Interval::Month, Interval::Year) => true,
            (Ordering::Less, ..) | (Ordering::Equal, Interval::Year, Interval::Month) => false,
            (Ordering::Equal, ..) => other.price_minor > self.price_minor,
        };
        if is_up { Effective::Now } else { Effective::AtPeriodEnd }
    }
}

#[cfg(test)]
mod tests {
    use super::{Interval::*, *};

    fn terms(tier: u32, interval: Interval, price_minor: i64) -> Terms {
        let plan = Plan {
            code: format!("tier {tier}"),
            version: 1,
            tier,
            month_minor: Some(price_minor),
            year_minor: Some(price_minor),
            limits: Limits::default(),
        };
        Terms::new(plan, interval).unwrap()
    }

    #[test]
    fn the_tier_decides_first_then_the_interval_then_the_price() {
        let from = [terms(2, Month, 20), terms(2, Year, 200)];
        let cases = [
            (terms(3, Month, 1), [Effective::Now, Effective::Now]),
            (terms(3, Year, 1), [Effective::Now, Effective::Now]),
            (terms(1, Month, 900), [Effective::AtPeriodEnd, Effective::AtPeriodEnd]),
            (terms(1, Year, 900), [Effective::AtPeriodEnd, Effective::AtPeriodEnd]),
            (terms(2, Year, 210), [Effective::Now, Effective::Now]),
            (terms(2, Month, 21), [Effective::Now, Effective::AtPeriodEnd]),
            (terms(2, Year, 190), [Effective::Now, Effective::AtPeriodEnd]),
            (terms(2, Month, 19), [Effective::AtPeriodEnd, Effective::AtPeriodEnd]),
        ];
        for (to, expected) in cases {
            assert_eq!([from[0].change_to(&to), from[1].change_to(&to)], expected, "{to:?}");
        }
    }

    #[test]
    fn a_plan_is_sold_by_what_it_has_a_price_for() {
        let plan = Plan { year_minor: None, ..terms(1, Month, 5).plan };
        assert!(Terms::new(plan.clone(), Month).is_ok());
        assert_eq!(Terms::new(plan, Year), Err(Refusal::PlanNotSold));
    }

    #[test]
    fn a_rehearsal_lists_what_does_not_fit() {
        let limits = Limits { seats: Some(3), profiles: Some(2), calendars: None, api_keys: Some(0) };
        let usage = Usage { seats: 4, profiles: 2, calendars: 99, api_keys: 1 };
        let found = [(Limited::Seats, 4, 3), (Limited::ApiKeys, 1, 0)];
        let found = found.map(|(what, used, limit)| Excess { what, used, limit });
        assert_eq!(limits.exceeded_by(&usage), found);
        assert_eq!(Limits::default().exceeded_by(&usage), []);
    }
}
