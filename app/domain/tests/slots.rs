//! When appointments can start: the clock on the wall against real time, and what takes time away.
#![allow(clippy::unwrap_used, reason = "tests, not the product")]

use chrono::{DateTime, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use domain::{
    MemberId,
    calendars::{
        CalendarKind, CalendarRules, DayInterval, HostTime, Slot, Span, WorkingHours, openings, slots,
    },
};

const HOURLY: CalendarRules = CalendarRules {
    duration_minutes: 60,
    slot_step_minutes: 60,
    buffer_before_minutes: 0,
    buffer_after_minutes: 0,
    minimum_notice_minutes: 0,
    horizon_days: 365,
};

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
fn span(starts_at: &str, ends_at: &str) -> Span {
    Span { starts_at: at(starts_at), ends_at: at(ends_at) }
}
fn interval(start: &str, end: &str) -> DayInterval {
    DayInterval::parse(start, end).unwrap()
}
/// The same every day.
fn daily(intervals: &[(&str, &str)]) -> WorkingHours {
    let day = |weekday| intervals.iter().map(move |(start, end)| (weekday, interval(start, end)));
    WorkingHours::new(WEEK.into_iter().flat_map(day)).unwrap()
}
fn member(number: u128) -> MemberId {
    uuid::Uuid::from_u128(number).into()
}
fn host(zone: Tz, hours: WorkingHours) -> HostTime<Tz> {
    HostTime { member: member(1), hours, zone, busy: Vec::new() }
}
fn starts(slots: &[Slot]) -> Vec<DateTime<Utc>> {
    slots.iter().map(|slot| slot.starts_at).collect()
}
/// The whole local day of a host, as their clock shows it.
fn on_the_clock(rules: &CalendarRules, host: &HostTime<Tz>, day: &str) -> Vec<String> {
    let day: NaiveDate = day.parse().unwrap();
    let middle = day.and_hms_opt(12, 0, 0).unwrap().and_utc();
    let asked = Span { starts_at: middle - TimeDelta::days(2), ends_at: middle + TimeDelta::days(2) };
    let found = slots(CalendarKind::Personal, rules, std::slice::from_ref(host), asked, asked.starts_at);
    let local = starts(&found).into_iter().map(|start| start.with_timezone(&host.zone));
    local
        .filter(|start| start.date_naive() == day)
        .map(|start| start.format("%H:%M %:z").to_string())
        .collect()
}

#[test]
fn an_hour_that_is_left_out_shrinks_the_interval() {
    let berlin = host(Tz::Europe__Berlin, daily(&[("01:00", "05:00")]));
    assert_eq!(
        on_the_clock(&HOURLY, &berlin, "2026-03-29"),
        ["01:00 +01:00", "03:00 +02:00", "04:00 +02:00"]
    );
    let new_york = host(Tz::America__New_York, daily(&[("01:30", "03:30")]));
    assert_eq!(on_the_clock(&HOURLY, &new_york, "2026-03-08"), ["01:30 -05:00"]);
    assert_eq!(on_the_clock(&HOURLY, &new_york, "2026-03-09"), ["01:30 -04:00", "02:30 -04:00"]);
    let gone = host(Tz::Europe__Berlin, daily(&[("02:00", "03:00")]));
    assert!(on_the_clock(&HOURLY, &gone, "2026-03-29").is_empty());
    assert_eq!(on_the_clock(&HOURLY, &gone, "2026-03-30"), ["02:00 +02:00"]);
}

#[test]
fn an_hour_that_comes_twice_counts_twice() {
    let berlin = host(Tz::Europe__Berlin, daily(&[("01:00", "04:00")]));
    let expected = ["01:00 +02:00", "02:00 +02:00", "02:00 +01:00", "03:00 +01:00"];
    assert_eq!(on_the_clock(&HOURLY, &berlin, "2026-10-25"), expected);
    let new_york = host(Tz::America__New_York, daily(&[("00:00", "02:00")]));
    let expected = ["00:00 -04:00", "01:00 -04:00", "01:00 -05:00"];
    assert_eq!(on_the_clock(&HOURLY, &new_york, "2026-11-01"), expected);
}

#[test]
fn an_interval_that_ends_within_the_doubled_hour_comes_in_two_parts() {
    let hours = daily(&[("01:00", "02:30")]);
    let found = openings(&hours, &Tz::Europe__Berlin, span("2026-10-24T22:00:00Z", "2026-10-25T12:00:00Z"));
    let parts = [
        span("2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z"),
        span("2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z"),
    ];
    assert_eq!(found, parts);
}

#[test]
fn clocks_may_be_changed_by_half_an_hour_and_stand_at_odd_minutes() {
    let lord_howe = host(Tz::Australia__Lord_Howe, daily(&[("01:00", "03:00")]));
    let autumn = ["01:00 +11:00", "01:30 +10:30"];
    assert_eq!(
        on_the_clock(&HOURLY, &lord_howe, "2026-04-05"),
        autumn,
        "two and a half hours, in whole ones"
    );
    assert_eq!(on_the_clock(&HOURLY, &lord_howe, "2026-10-04"), ["01:00 +10:30"], "an hour and a half");
    let asked = span("2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z");
    for (zone, expected) in [
        (Tz::Asia__Kathmandu, "2026-11-30T03:15:00Z"),
        (Tz::Asia__Kolkata, "2026-11-30T03:30:00Z"),
        (Tz::Pacific__Chatham, "2026-11-30T19:15:00Z"),
    ] {
        let host = host(zone, daily(&[("09:00", "10:00")]));
        let found = slots(CalendarKind::Personal, &HOURLY, &[host], asked, asked.starts_at);
        assert_eq!(starts(&found), [at(expected)], "{zone}");
    }
}

#[test]
fn shifts_go_on_over_midnight() {
    let night = host(Tz::Europe__Berlin, daily(&[("00:00", "01:00"), ("23:00", "24:00")]));
    let longer = CalendarRules { duration_minutes: 90, slot_step_minutes: 30, ..HOURLY };
    assert_eq!(on_the_clock(&longer, &night, "2026-06-10"), ["23:00 +02:00", "23:30 +02:00"]);
    let only_evening = host(Tz::Europe__Berlin, daily(&[("22:30", "24:00")]));
    assert_eq!(on_the_clock(&longer, &only_evening, "2026-06-10"), ["22:30 +02:00"]);
    let always = host(Tz::Europe__Berlin, daily(&[("00:00", "24:00")]));
    assert_eq!(on_the_clock(&HOURLY, &always, "2026-06-10").len(), 24);
    assert_eq!(on_the_clock(&HOURLY, &always, "2026-03-29").len(), 23);
    assert_eq!(on_the_clock(&HOURLY, &always, "2026-10-25").len(), 25);
}

#[test]
fn midnight_itself_may_be_left_out_or_come_twice_and_whole_days_may_go_missing() {
    let sao_paulo = host(Tz::America__Sao_Paulo, daily(&[("22:00", "24:00"), ("00:00", "02:00")]));
    assert_eq!(
        on_the_clock(&HOURLY, &sao_paulo, "2018-11-04"),
        ["01:00 -02:00", "22:00 -02:00", "23:00 -02:00"]
    );
    let doubled = ["00:00 -02:00", "01:00 -02:00", "22:00 -02:00", "23:00 -02:00", "23:00 -03:00"];
    assert_eq!(on_the_clock(&HOURLY, &sao_paulo, "2018-02-17"), doubled);
    let apia = host(Tz::Pacific__Apia, daily(&[("09:00", "11:00")]));
    assert_eq!(on_the_clock(&HOURLY, &apia, "2011-12-29").len(), 2);
    assert!(on_the_clock(&HOURLY, &apia, "2011-12-30").is_empty());
    assert_eq!(on_the_clock(&HOURLY, &apia, "2011-12-31").len(), 2);
}

#[test]
fn what_is_booked_keeps_its_buffers_and_the_new_one_gets_its_own() {
    let rules = CalendarRules { buffer_before_minutes: 10, buffer_after_minutes: 20, ..HOURLY };
    let rules = CalendarRules { slot_step_minutes: 15, ..rules };
    let mut berlin = host(Tz::Europe__Berlin, daily(&[("09:00", "15:00")]));
    berlin.busy = vec![rules.occupied(at("2026-11-30T10:30:00Z"))];
    let times: Vec<_> = on_the_clock(&rules, &berlin, "2026-11-30");
    // Booked from 11:30 to 12:30, so taken from 11:20 to 12:50.
    assert_eq!(times.first().unwrap(), "09:00 +01:00", "the time before may lie outside of working hours");
    assert!(times.contains(&"10:00 +01:00".into()) && !times.contains(&"10:15 +01:00".into()));
    assert!(!times.contains(&"12:45 +01:00".into()) && times.contains(&"13:00 +01:00".into()));
    assert_eq!(times.last().unwrap(), "14:00 +01:00");
}

#[test]
fn notice_and_horizon_bound_what_is_offered() {
    let rules = CalendarRules { minimum_notice_minutes: 150, horizon_days: 2, ..HOURLY };
    let asked = span("2026-11-01T00:00:00Z", "2026-12-31T00:00:00Z");
    let host = host(Tz::UTC, daily(&[("09:00", "12:00")]));
    let found = starts(&slots(CalendarKind::Personal, &rules, &[host], asked, at("2026-11-30T07:30:00.5Z")));
    assert_eq!(found.first(), Some(&at("2026-11-30T11:00:00Z")), "10:00 is half a second too near");
    assert_eq!(found.last(), Some(&at("2026-12-01T11:00:00Z")));
    assert_eq!(found.len(), 4);
}

#[test]
fn a_round_robin_offers_what_anybody_has_free_and_a_collective_what_all_have() {
    let berlin = host(Tz::Europe__Berlin, daily(&[("09:00", "13:00")]));
    let mut kathmandu = host(Tz::Asia__Kathmandu, daily(&[("15:00", "18:00")]));
    kathmandu.member = member(2);
    kathmandu.busy = vec![span("2026-11-30T11:15:00Z", "2026-11-30T12:00:00Z")];
    let hosts = [berlin, kathmandu];
    let asked = span("2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z");
    let find = |kind| slots(kind, &HOURLY, &hosts, asked, asked.starts_at);
    let slot = |text: &str, free: &[u128]| Slot {
        starts_at: at(text),
        free: free.iter().copied().map(member).collect(),
    };
    let expected = [
        slot("2026-11-30T08:00:00Z", &[1]),
        slot("2026-11-30T09:00:00Z", &[1]),
        slot("2026-11-30T09:15:00Z", &[2]),
        slot("2026-11-30T10:00:00Z", &[1]),
        slot("2026-11-30T10:15:00Z", &[2]),
        slot("2026-11-30T11:00:00Z", &[1]),
    ];
    assert_eq!(find(CalendarKind::RoundRobin), expected);
    // Both work from 9:15 to 12:00.
    let both = [slot("2026-11-30T09:15:00Z", &[1, 2]), slot("2026-11-30T10:15:00Z", &[1, 2])];
    assert_eq!(find(CalendarKind::Collective), both);
    let nobody: [HostTime<Tz>; 0] = [];
    for kind in CalendarKind::ALL {
        assert_eq!(slots(kind, &HOURLY, &nobody, asked, asked.starts_at), []);
    }
}
