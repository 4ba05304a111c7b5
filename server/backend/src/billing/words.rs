//! How money, days and plans are written in the log, in mails and on pages.

use chrono::NaiveDate;
use domain::{
    account::Currency,
    billing::{Excess, Interval, Terms},
};

/// "USD 1,250.50", "-USD 5.00".
#[must_use]
pub fn money(currency: &Currency, minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let digits = currency.digits_of(minor);
    format!("{sign}{} {}", currency.code, digits.trim_start_matches('-'))
}

/// "5 May 2016".
#[must_use]
pub fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// "Growth by the month"; plans that have no name go by their code.
#[must_use]
pub fn terms(terms: &Terms, names: &[(String, String)]) -> String {
    let interval = match terms.interval {
        Interval::Month => "by the month",
        Interval::Year => "by the year",
    };
    format!("{} {interval}", name(&terms.plan.code, names))
}

/// "USD 249.95 a month".
#[must_use]
pub fn price(minor: i64, interval: Interval, currency: &Currency) -> String {
    let interval = match interval {
        Interval::Month => "a month",
        Interval::Year => "a year",
    };
    format!("{} {interval}", money(currency, minor))
}

/// What an account has too much of for a plan.
#[must_use]
pub fn excess(excess: &Excess) -> String {
    format!("{}: you have {}, and the plan includes {}.", excess.what.label(), excess.used, excess.limit)
}

/// The plan's name.
#[must_use]
pub fn name<'a>(code: &'a str, names: &'a [(String, String)]) -> &'a str {
    names.iter().find(|(known, _)| known == code).map_or(code, |(_, name)| name)
}
