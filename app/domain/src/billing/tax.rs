use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::money::half_up;
use crate::Problem;

/// Millionths in one per cent: a rate may have so many decimals, and "8.875" is exact.
const UNITS_PER_PERCENT: u32 = 1_000_000;
const DECIMALS: usize = 6;

/// A rate from 0 to 100 per cent, as an exact decimal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaxRate(u32);

impl TaxRate {
    pub const NONE: Self = Self(0);

    /// The tax on an amount that is not negative, rounded half up.
    #[must_use]
    pub fn on(self, amount: i64) -> i64 {
        half_up(i128::from(amount) * i128::from(self.0), 100 * i128::from(UNITS_PER_PERCENT))
    }
}

impl FromStr for TaxRate {
    type Err = Problem;

    /// Reads per cent: "19", "8.875".
    fn from_str(text: &str) -> Result<Self, Problem> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        let wrong = Problem::OutOfRange { min: 0, max: 100 };
        if !digits(whole) || !digits(fraction) || fraction.len() > DECIMALS {
            return Err(wrong);
        }
        let units = format!("{whole}{fraction:0<DECIMALS$}").parse().ok();
        units.filter(|units| *units <= 100 * UNITS_PER_PERCENT).map(Self).ok_or(wrong)
    }
}

impl fmt::Display for TaxRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / UNITS_PER_PERCENT, self.0 % UNITS_PER_PERCENT);
        match fraction {
            0 => write!(f, "{whole}"),
            _ => write!(f, "{whole}.{}", format!("{fraction:0DECIMALS$}").trim_end_matches('0')),
        }
    }
}

/// What is added to the prices of one customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    pub rate: TaxRate,
    /// A business with a tax id in another country of the EU than the issuer owes the tax itself (Directive 2006/112/EC, article 196):
    /// nothing is added, and the invoice says so.
    pub reverse_charge: bool,
}

impl Tax {
    /// The rate that lines are made with.
    #[must_use]
    pub fn applied(self) -> TaxRate {
        if self.reverse_charge { TaxRate::NONE } else { self.rate }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_exact_and_read_back() {
        for (text, amount, tax) in [
            ("0", 100_000, 0),
            ("19", 24_995, 4_749),
            ("8.875", 10_000, 888),
            ("100", 7, 7),
            ("0.000001", 50_000_000, 1),
            ("25.5", 1, 0),
            ("50", 1, 1),
        ] {
            let rate: TaxRate = text.parse().unwrap();
            assert_eq!(rate.on(amount), tax, "{text}");
            assert_eq!(rate.to_string(), text);
        }
        for text in ["", "-1", "100.1", "1.", ".5", "1.0000001", "7 %", "1e1", "99999999999999999999"] {
            assert!(text.parse::<TaxRate>().is_err(), "{text}");
        }
    }

    #[test]
    fn who_owes_the_tax_themselves_is_charged_none() {
        let rate = "19".parse().unwrap();
        assert_eq!(Tax { rate, reverse_charge: false }.applied(), rate);
        assert_eq!(Tax { rate, reverse_charge: true }.applied(), TaxRate::NONE);
    }
}
