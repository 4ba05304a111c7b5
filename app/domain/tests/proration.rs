//! When periods begin and what parts of them cost: months of every length, leap years, changed clocks, currencies.
#![allow(clippy::unwrap_used, reason = "tests, not the product")]

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::billing::{
    Anchor,
    Interval::{self, *},
    Limits, Line, LineRef, Period, Plan, TaxRate, Terms, local_day,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
fn terms(price_minor: i64, interval: Interval) -> Terms {
    let plan = Plan {
        code: "plan".into(),
        version: 1,
        tier: 1,
        month_minor: Some(price_minor),
        year_minor: Some(price_minor),
        limits: Limits::default(),
    };
    Terms::new(plan, interval).unwrap()
}
/// The full period around `part`, cut to it.
fn part(interval: Interval, anchor_day: u32, from: &str, to: &str) -> Period {
    let anchor = Anchor::from_day(anchor_day, day(from));
    let period = anchor.period(interval, day(from));
    assert!(day(to) <= period.to, "{from}..{to} is not within {period:?}");
    Period { to: day(to), ..period }
}

const FIRST: LineRef = LineRef { invoice: 1, line: 0 };

#[test]
fn a_part_costs_its_days_of_the_full_period_rounded_half_up() {
    // Price, interval, anchor, part; days, days of the full period, amount.
    let cases = [
        (24_995, Month, 1, "2016-05-05", "2016-06-01", 27, 31, 21_770),
        (59_995, Month, 1, "2016-05-05", "2016-06-01", 27, 31, 52_254),
        (2_900, Month, 1, "2024-02-12", "2024-03-01", 18, 29, 1_800),
        (29_000, Month, 1, "2024-02-12", "2024-03-01", 18, 29, 18_000),
        (995, Month, 1, "2023-04-22", "2023-05-01", 9, 30, 299),
        (10_000, Month, 1, "2023-01-22", "2023-02-01", 10, 31, 3_226),
        (1_000, Month, 1, "2023-01-22", "2023-02-01", 10, 31, 323),
        // Months of 28 to 31 days, whole and by one day.
        (10_000, Month, 1, "2023-02-01", "2023-03-01", 28, 28, 10_000),
        (10_000, Month, 1, "2023-02-28", "2023-03-01", 1, 28, 357),
        (10_000, Month, 1, "2024-02-29", "2024-03-01", 1, 29, 345),
        (10_000, Month, 1, "2023-04-30", "2023-05-01", 1, 30, 333),
        (10_000, Month, 1, "2023-05-31", "2023-06-01", 1, 31, 323),
        // The days of a period that begins within the month.
        (10_000, Month, 15, "2023-02-14", "2023-02-15", 1, 31, 323),
        (10_000, Month, 15, "2023-03-14", "2023-03-15", 1, 28, 357),
        (10_000, Month, 15, "2024-03-14", "2024-03-15", 1, 29, 345),
        // An anchor that has no such day in some months.
        (3_000, Month, 31, "2023-02-01", "2023-02-28", 27, 28, 2_893),
        (3_000, Month, 31, "2023-03-01", "2023-03-31", 30, 31, 2_903),
        (3_000, Month, 30, "2024-02-29", "2024-03-30", 30, 30, 3_000),
        (3_000, Month, 29, "2023-03-10", "2023-03-29", 19, 29, 1_966),
        // Years with and without a 29 February.
        (36_500, Year, 1, "2023-01-01", "2024-01-01", 365, 365, 36_500),
        (36_600, Year, 1, "2024-01-01", "2025-01-01", 366, 366, 36_600),
        (36_600, Year, 1, "2024-01-01", "2024-01-02", 1, 366, 100),
        (100_000, Year, 1, "2023-03-01", "2024-03-01", 366, 366, 100_000),
        (239_995, Year, 15, "2023-06-10", "2023-06-15", 5, 365, 3_288),
        // A half goes up, less does not, and nothing costs nothing.
        (1, Month, 1, "2023-04-16", "2023-05-01", 15, 30, 1),
        (1, Month, 1, "2023-04-17", "2023-05-01", 14, 30, 0),
        (3, Month, 1, "2023-04-16", "2023-05-01", 15, 30, 2),
        (0, Month, 1, "2023-04-16", "2023-05-01", 15, 30, 0),
        (24_995, Month, 1, "2023-04-16", "2023-04-16", 0, 30, 0),
        (1_000_000_000_000, Year, 1, "2023-01-01", "2023-12-31", 364, 365, 997_260_273_973),
    ];
    for (price, interval, anchor, from, to, days, of_days, amount) in cases {
        let part = part(interval, anchor, from, to);
        let found = (part.days(), part.of_days, part.share(price));
        assert_eq!(found, (days, of_days, amount), "{price} {from}..{to}");
    }
    println!("{} cases", cases.len());
}

#[test]
fn periods_begin_on_the_anchor_and_never_on_a_clamped_date_s_day() {
    let follow = |anchor: Anchor, interval, from: &str, count| {
        let mut date = day(from);
        let step = |_| {
            date = anchor.period(interval, date).to;
            date.to_string()
        };
        (0..count).map(step).collect::<Vec<_>>()
    };
    let on = |text| Anchor::on(day(text));
    assert_eq!(
        follow(on("2023-01-31"), Month, "2023-01-31", 4),
        ["2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31"]
    );
    assert_eq!(follow(on("2023-12-30"), Month, "2023-12-30", 3), ["2024-01-30", "2024-02-29", "2024-03-30"]);
    assert_eq!(
        follow(on("2020-02-29"), Year, "2020-02-29", 4),
        ["2021-02-28", "2022-02-28", "2023-02-28", "2024-02-29"]
    );
    assert_eq!(follow(on("2023-04-30"), Year, "2023-04-30", 2), ["2024-04-30", "2025-04-30"]);
    // From a day that is none, first to the anchor.
    let anchor = Anchor::from_day(31, day("2023-02-10"));
    assert_eq!(follow(anchor, Month, "2023-02-10", 3), ["2023-02-28", "2023-03-31", "2023-04-30"]);
    let anchor = Anchor::from_day(1, day("2023-12-15"));
    assert_eq!(follow(anchor, Year, "2023-12-15", 2), ["2024-01-01", "2025-01-01"]);
    assert_eq!(anchor, Anchor { day: 1, month: 1 });
    assert_eq!(Anchor::from_day(28, day("2023-02-28")).month, 2);
}

#[test]
fn a_year_that_begins_on_the_clamped_day_keeps_the_anchor() {
    let anchor = Anchor { day: 31, month: 1 };
    assert_eq!(anchor.year_from(day("2023-02-28")), Anchor { day: 31, month: 2 });
    assert_eq!(anchor.year_from(day("2023-02-27")), Anchor { day: 27, month: 2 });
    let year = anchor.year_from(day("2023-02-28")).period(Year, day("2023-02-28"));
    assert_eq!((year.to, year.days(), year.of_days), (day("2024-02-29"), 366, 366));
}

#[test]
fn days_are_those_of_the_account_s_calendar() {
    let cases = [
        ("2016-05-05T00:00:00Z", Tz::America__Denver, "2016-05-04"),
        ("2016-05-05T06:00:00Z", Tz::America__Denver, "2016-05-05"),
        ("2026-11-30T18:30:00Z", Tz::Asia__Kolkata, "2026-12-01"),
        ("2026-11-30T18:29:59Z", Tz::Asia__Kolkata, "2026-11-30"),
        ("2026-11-30T18:15:00Z", Tz::Asia__Kathmandu, "2026-12-01"),
        ("2026-11-30T10:15:00Z", Tz::Pacific__Chatham, "2026-12-01"),
        ("2026-11-30T13:30:00Z", Tz::Australia__Lord_Howe, "2026-12-01"),
        ("2026-11-30T03:29:59Z", Tz::America__St_Johns, "2026-11-29"),
        // The clocks are changed on these days.
        ("2026-03-08T06:59:59Z", Tz::America__Denver, "2026-03-07"),
        ("2026-03-09T05:59:59Z", Tz::America__Denver, "2026-03-08"),
        ("2026-11-01T06:00:00Z", Tz::America__Denver, "2026-11-01"),
        ("2026-11-02T06:59:59Z", Tz::America__Denver, "2026-11-01"),
        ("2018-11-04T03:00:00Z", Tz::America__Sao_Paulo, "2018-11-04"),
        ("2011-12-30T10:00:00Z", Tz::Pacific__Apia, "2011-12-31"),
    ];
    for (at, zone, expected) in cases {
        assert_eq!(local_day(at.parse::<DateTime<Utc>>().unwrap(), &zone), day(expected), "{at} {zone}");
    }
    println!("{} cases", cases.len());
}

#[test]
fn a_credit_never_exceeds_what_was_paid_less_what_was_given_back() {
    let period = Anchor::on(day("2016-05-01")).period(Month, day("2016-05-01"));
    let rate: TaxRate = "19".parse().unwrap();
    let mut line = Line::charge(&terms(24_995, Month), period, rate);
    assert_eq!((line.net_minor, line.tax_minor, line.total_minor()), (24_995, 4_749, 29_744));
    assert_eq!(line.credit(FIRST, day("2016-05-05"), false), None);
    let credit = line.credit(FIRST, day("2016-05-05"), true).unwrap();
    assert_eq!((credit.net_minor, credit.tax_minor), (-21_770, -4_136));
    assert_eq!((credit.period.from, credit.period.days()), (day("2016-05-05"), 27));
    line.give_back(&credit);
    let rest = line.credit(FIRST, day("2016-05-05"), true).unwrap();
    assert_eq!((rest.net_minor, rest.tax_minor), (-3_225, -613));
    line.give_back(&rest);
    assert_eq!(line.credit(FIRST, day("2016-05-01"), true), None);
    assert_eq!(credit.credit(FIRST, day("2016-05-05"), true), None, "of a credit there is none");
}

#[test]
fn credits_of_lines_that_were_rounded_up_stay_within_them() {
    // Tax of the parts may be more than tax of the whole: half of 2 is taxed with 1, and so is all of it.
    let period = Anchor::on(day("2023-04-01")).period(Month, day("2023-04-01"));
    for price in 0..50 {
        let mut line = Line::charge(&terms(price, Month), period, "50".parse().unwrap());
        let (mut net, mut tax) = (0, 0);
        for date in ["2023-04-29", "2023-04-16", "2023-04-11", "2023-04-01", "2023-04-01"] {
            if let Some(credit) = line.credit(FIRST, day(date), true) {
                line.give_back(&credit);
                (net, tax) = (net - credit.net_minor, tax - credit.tax_minor);
            }
        }
        assert!(net == line.net_minor && tax <= line.tax_minor, "{price}: {net} {tax}");
    }
}
