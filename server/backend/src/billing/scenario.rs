//! The file that `server billing simulate` reads. Nothing is guessed: what is unknown or cannot be is refused.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    account::Currency,
    billing::{self, Act, CancelWhen, CardOutcome, Interval, Limits, PRICE_MAX_MINOR, Tax},
};
use serde::Deserialize;

use super::SimulationError;
use crate::account::known_currency;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    time_zone: String,
    currency: String,
    #[serde(default)]
    tax_percent: Option<String>,
    plans: Vec<Plan>,
    events: Vec<Event>,
    until: DateTime<Utc>,
}

/// Prices are for a full period, without tax; an interval without one is not sold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    code: String,
    tier: u32,
    #[serde(default)]
    month: Option<String>,
    #[serde(default)]
    year: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Event {
    Subscribe {
        at: DateTime<Utc>,
        plan: String,
        interval: Interval,
        #[serde(default)]
        anchor_day: Option<u32>,
        #[serde(default)]
        trial_days: u32,
    },
    Change {
        at: DateTime<Utc>,
        plan: String,
        interval: Interval,
    },
    Cancel {
        at: DateTime<Utc>,
        when: CancelWhen,
    },
    Card {
        at: DateTime<Utc>,
        outcome: Outcome,
    },
    Pay {
        at: DateTime<Utc>,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Ok,
    Soft,
    Hard,
    Unreachable,
    None,
}

impl Scenario {
    /// # Errors
    /// What in the file is not a zone, a currency, a percentage or a price.
    pub(super) fn check(self) -> Result<(Currency, billing::Scenario<Tz>), SimulationError> {
        let zone = self.time_zone.parse().map_err(|_unknown| SimulationError::TimeZone(self.time_zone))?;
        let currency = known_currency(&self.currency).ok_or(SimulationError::Currency(self.currency))?;
        let percent = self.tax_percent.unwrap_or_else(|| "0".to_owned());
        let rate = percent.parse().map_err(|_problem| SimulationError::TaxPercent(percent))?;
        let plans = self.plans.into_iter().map(|plan| plan.check(&currency)).collect::<Result<_, _>>()?;
        let events = self.events.into_iter().map(Event::read).collect();
        let tax = Tax { rate, reverse_charge: false };
        Ok((currency, billing::Scenario { zone, tax, plans, events, until: self.until }))
    }
}

impl Plan {
    fn check(self, currency: &Currency) -> Result<billing::Plan, SimulationError> {
        let price = |text: Option<String>| {
            let read = |text: String| {
                let price = currency.exact(&text, PRICE_MAX_MINOR);
                price.ok_or_else(|| SimulationError::Price {
                    plan: self.code.clone(),
                    text,
                    example: currency.typed(100_000),
                })
            };
            text.map(read).transpose()
        };
        Ok(billing::Plan {
            month_minor: price(self.month)?,
            year_minor: price(self.year)?,
            code: self.code,
            version: 1,
            tier: self.tier,
            limits: Limits::default(),
        })
    }
}

impl Event {
    fn read(self) -> billing::Event {
        let (at, act) = match self {
            Self::Subscribe { at, plan, interval, anchor_day, trial_days } => {
                (at, Act::Subscribe { plan, interval, anchor_day, trial_days })
            }
            Self::Change { at, plan, interval } => (at, Act::Change { plan, interval }),
            Self::Cancel { at, when } => (at, Act::Cancel(when)),
            Self::Card { at, outcome } => (at, Act::Card(outcome.into())),
            Self::Pay { at } => (at, Act::Pay),
        };
        billing::Event { at, act }
    }
}

impl From<Outcome> for CardOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Ok => Self::Ok,
            Outcome::Soft => Self::Soft,
            Outcome::Hard => Self::Hard,
            Outcome::Unreachable => Self::Unreachable,
            Outcome::None => Self::None,
        }
    }
}
