use serde::{Deserialize, Serialize};

use crate::Problem;

/// What amounts are in: the account's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Currency {
    /// ISO 4217.
    pub code: String,
    /// Digits behind the point: 2 for USD, 0 for JPY, 3 for KWD.
    pub digits: u8,
}

impl Currency {
    /// Reads a typed amount of at most `max` into the smallest unit; none when nothing was typed. Commas and blanks between thousands
    /// are overlooked.
    ///
    /// # Errors
    /// [`Problem::InvalidAmount`] for what is negative, too much or no amount in this currency.
    pub fn parse(&self, typed: &str, max: i64) -> Result<Option<i64>, Problem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let amount = self.cents(typed).filter(|cents| *cents <= max);
        amount.map(Some).ok_or_else(|| Problem::InvalidAmount { max: self.digits_of(max) })
    }

    fn cents(&self, typed: &str) -> Option<i64> {
        let (whole, fraction) = typed.split_once('.').unwrap_or((typed, ""));
        let digits = usize::from(self.digits);
        if fraction.len() > digits || !fraction.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let grouped = whole.split([',', ' ', '\u{a0}', '\u{202f}']);
        for (index, group) in grouped.clone().enumerate() {
            let is_thousands = index == 0 || group.len() == 3;
            if !is_thousands || group.is_empty() || !group.chars().all(|c| c.is_ascii_digit()) {
                return None;
            }
        }
        let whole: String = grouped.collect();
        format!("{whole}{fraction:0<digits$}").parse().ok()
    }

    /// Reads an amount as machines write it, "1250.5" or "1250": digits and a point, nothing else. None for what is no such amount, has
    /// more places than the currency, or is more than `max`.
    #[must_use]
    pub fn exact(&self, text: &str, max: i64) -> Option<i64> {
        let is_plain = text.chars().all(|c| c.is_ascii_digit() || c == '.') && !text.ends_with('.');
        self.cents(text).filter(|cents| is_plain && *cents <= max)
    }

    /// The amount as a form shows it: "1250.50".
    #[must_use]
    pub fn typed(&self, cents: i64) -> String {
        let sign = if cents < 0 { "-" } else { "" };
        let cents = cents.unsigned_abs();
        match 10_u64.pow(self.digits.into()) {
            1 => format!("{sign}{cents}"),
            unit => {
                format!("{sign}{}.{:0width$}", cents / unit, cents % unit, width = usize::from(self.digits))
            }
        }
    }

    /// The amount as people read it, without the currency: "1,250.50".
    #[must_use]
    pub fn digits_of(&self, cents: i64) -> String {
        let typed = self.typed(cents);
        let (sign, typed) = typed.strip_prefix('-').map_or(("", &*typed), |typed| ("-", typed));
        let (whole, fraction) = typed.split_once('.').unwrap_or((typed, ""));
        let mut grouped = sign.to_owned();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        if fraction.is_empty() { grouped } else { format!("{grouped}.{fraction}") }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MAX: i64 = 1_000_000_000_000;

    fn currency(code: &str, digits: u8) -> Currency {
        Currency { code: code.into(), digits }
    }

    #[test]
    fn amounts_are_read_in_the_currencys_smallest_unit() {
        let (usd, jpy, kwd) = (currency("USD", 2), currency("JPY", 0), currency("KWD", 3));
        for (typed, cents) in
            [("1250", 125_000), (" 1,250.5 ", 125_050), ("0", 0), ("1 000 000.00", 100_000_000)]
        {
            assert_eq!(usd.parse(typed, MAX), Ok(Some(cents)), "{typed}");
        }
        assert_eq!(usd.parse("  ", MAX), Ok(None));
        assert_eq!(jpy.parse("1250", MAX), Ok(Some(1_250)));
        assert_eq!(kwd.parse("1.5", MAX), Ok(Some(1_500)));
        assert_eq!(usd.parse("10,000,000,000", MAX), Ok(Some(MAX)));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        let usd = currency("USD", 2);
        let max = || Problem::InvalidAmount { max: "10,000,000,000.00".into() };
        for typed in
            ["-1", "+1", "1.234", "1,5", "1,2345", ",100", "ten", "1e3", ".5", "10000000000.01", "٣", "1.-5"]
        {
            assert_eq!(usd.parse(typed, MAX), Err(max()), "{typed}");
        }
        assert!(currency("JPY", 0).parse("1.5", MAX).is_err());
        assert!(usd.parse(&"9".repeat(400), MAX).is_err());
    }

    #[test]
    fn amounts_are_shown_in_groups() {
        let usd = currency("USD", 2);
        assert_eq!(usd.digits_of(123_456_705), "1,234,567.05");
        assert_eq!(usd.digits_of(99), "0.99");
        assert_eq!(currency("JPY", 0).digits_of(1_250), "1,250");
        assert_eq!(currency("KWD", 3).digits_of(1_250), "1.250");
    }

    #[test]
    fn what_is_given_back_has_a_sign() {
        let usd = currency("USD", 2);
        for (cents, typed, shown) in
            [(-21_770, "-217.70", "-217.70"), (-5, "-0.05", "-0.05"), (-123_456, "-1234.56", "-1,234.56")]
        {
            assert_eq!((usd.typed(cents), usd.digits_of(cents)), (typed.to_owned(), shown.to_owned()));
        }
        assert_eq!(currency("JPY", 0).typed(-323), "-323");
        assert_eq!(usd.typed(i64::MIN), "-92233720368547758.08");
    }

    #[test]
    fn machines_write_amounts_without_ornament() {
        let usd = currency("USD", 2);
        assert_eq!(usd.exact("249.95", MAX), Some(24_995));
        assert_eq!(usd.exact("249.9", MAX), Some(24_990));
        assert_eq!(usd.exact("249", MAX), Some(24_900));
        for text in ["", "1,000", " 1", "-1", "+1", "1.", ".5", "1.234", "1e3", "10000000000.01"] {
            assert_eq!(usd.exact(text, MAX), None, "{text}");
        }
        assert_eq!(currency("JPY", 0).exact("1000.0", MAX), None);
        assert_eq!(currency("KWD", 3).exact("10.000", MAX), Some(10_000));
    }

    proptest! {
        #[test]
        fn what_a_form_shows_reads_back(cents in 0..=MAX, digits in 0..4_u8) {
            let currency = currency("EUR", digits);
            prop_assert_eq!(currency.parse(&currency.typed(cents), MAX), Ok(Some(cents)));
            prop_assert_eq!(currency.parse(&currency.digits_of(cents), MAX), Ok(Some(cents)));
        }
    }
}
