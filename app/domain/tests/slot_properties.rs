//! When appointments can start, against a model that knows nothing of intervals in real time.
#![allow(clippy::unwrap_used, reason = "tests, not the product")]

use chrono::{DateTime, Datelike, TimeDelta, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use domain::{
    MemberId,
    calendars::{CalendarKind, CalendarRules, DayInterval, HostTime, Slot, Span, WorkingHours, slots},
};
use proptest::prelude::*;

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn starts(slots: &[Slot]) -> Vec<DateTime<Utc>> {
    slots.iter().map(|slot| slot.starts_at).collect()
}

const ZONES: [Tz; 12] = [
    Tz::UTC,
    Tz::Europe__Berlin,
    Tz::America__New_York,
    Tz::Australia__Lord_Howe,
    Tz::Asia__Kathmandu,
    Tz::Asia__Kolkata,
    Tz::Pacific__Chatham,
    Tz::America__Sao_Paulo,
    Tz::America__St_Johns,
    Tz::Antarctica__Troll,
    Tz::Africa__Casablanca,
    Tz::Pacific__Apia,
];

/// The first day of 2012: until the year before, St. John's changed its clocks a minute after midnight, and the model counts in fives.
const FIRST_DAY: i64 = 15_340;

/// Intervals and appointments lie on whole five minutes, so that every start does as well when the step is five minutes.
fn any_hours() -> impl Strategy<Value = WorkingHours> {
    let edges = || proptest::collection::btree_set(0_u16..=288, 0..7);
    proptest::collection::vec(edges(), 7).prop_map(|days| {
        let intervals = WEEK.into_iter().zip(days).flat_map(|(weekday, edges)| {
            let minutes: Vec<_> = edges.into_iter().map(|edge| edge * 5).collect();
            let pairs: Vec<_> = minutes.windows(2).map(|pair| (pair[0], pair[1])).collect();
            // Every other gap is a break, but the last two intervals touch.
            let last = pairs.len().saturating_sub(1);
            let kept =
                pairs.into_iter().enumerate().filter(move |(index, _)| index % 2 == 0 || *index == last);
            kept.map(move |(_, (start, end))| (weekday, DayInterval::new(start, end).unwrap()))
        });
        WorkingHours::new(intervals).unwrap()
    })
}

/// What the clock on the wall says, asked every five minutes.
fn works(hours: &WorkingHours, zone: Tz, at: DateTime<Utc>) -> bool {
    let local = zone.from_utc_datetime(&at.naive_utc());
    let minute = u16::try_from(local.num_seconds_from_midnight() / 60).unwrap();
    let day = hours.of(local.date_naive().weekday());
    day.iter().any(|interval| (interval.start_minute..interval.end_minute).contains(&minute))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// The model looks at the clock at every five minutes of an appointment.
    #[test]
    fn slots_are_exactly_where_the_clock_shows_working_time_and_nothing_else_is(
        hours in any_hours(),
        zone in proptest::sample::select(ZONES.as_slice()),
        // Every third case lies around a change of clocks.
        start in (0_i64..6_000, 0_usize..3),
        numbers in (1_u32..30, 0_u32..6, 0_u32..6, 0_u32..100, 1_u32..4),
        busy in proptest::collection::vec((0_i64..1_200, 1_i64..40), 0..8),
    ) {
        let five = TimeDelta::minutes(5);
        let day = DateTime::UNIX_EPOCH + TimeDelta::days(FIRST_DAY + start.0);
        let from = if start.1 == 0 { next_change(zone, day) - TimeDelta::days(1) } else { day };
        let asked = Span { starts_at: from, ends_at: from + TimeDelta::days(3) };
        let (duration, before, after, notice, horizon_days) = numbers;
        let rules = CalendarRules {
            duration_minutes: duration * 5,
            slot_step_minutes: 5,
            buffer_before_minutes: before * 5,
            buffer_after_minutes: after * 5,
            minimum_notice_minutes: notice * 5,
            horizon_days,
        };
        let taken = |(begin, length): (i64, i64)| {
            let starts_at = from + five * i32::try_from(begin - 100).unwrap();
            Span { starts_at, ends_at: starts_at + five * i32::try_from(length).unwrap() }
        };
        let host = HostTime { member: MemberId::default(), hours, zone, busy: busy.into_iter().map(taken).collect() };
        let found = starts(&slots(CalendarKind::Personal, &rules, std::slice::from_ref(&host), asked, from));
        let expected: Vec<_> = (0..3 * 288)
            .map(|index| from + five * index)
            .filter(|start| *start >= from + five * i32::try_from(notice).unwrap())
            .filter(|start| *start < from + TimeDelta::days(horizon_days.into()))
            .filter(|start| (0..duration).all(|part| {
                works(&host.hours, zone, *start + five * i32::try_from(part).unwrap())
            }))
            .filter(|start| !host.busy.iter().any(|span| span.overlaps(&rules.occupied(*start))))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn slots_are_the_same_whatever_part_of_the_time_is_asked_for(
        team in proptest::collection::vec((any_hours(), proptest::sample::select(ZONES.as_slice())), 1..4),
        kind in proptest::sample::select(CalendarKind::ALL.as_slice()),
        day in 0_i64..6_000,
        cut in 1_i64..4_000,
        step in 1_u32..20,
    ) {
        let from = DateTime::UNIX_EPOCH + TimeDelta::days(FIRST_DAY + day);
        let asked = Span { starts_at: from, ends_at: from + TimeDelta::days(3) };
        let middle = from + TimeDelta::minutes(cut);
        let rules = CalendarRules {
            duration_minutes: 35,
            slot_step_minutes: step * 7,
            buffer_before_minutes: 0,
            buffer_after_minutes: 0,
            minimum_notice_minutes: 0,
            horizon_days: 365,
        };
        let host = |(hours, zone)| HostTime { member: MemberId::default(), hours, zone, busy: Vec::new() };
        let hosts: Vec<_> = team.into_iter().map(host).collect();
        let find = |asked| slots(kind, &rules, &hosts, asked, from);
        let mut parts = find(Span { ends_at: middle, ..asked });
        parts.extend(find(Span { starts_at: middle, ..asked }));
        prop_assert_eq!(parts, find(asked));
    }
}

/// The first change of clocks after an instant, or a year later where there is none.
fn next_change(zone: Tz, after: DateTime<Utc>) -> DateTime<Utc> {
    let offset = |at: DateTime<Utc>| zone.from_utc_datetime(&at.naive_utc()).naive_local() - at.naive_utc();
    let days = (0..365).map(|day| after + TimeDelta::days(day));
    let mut days = days.skip_while(|day| offset(*day) == offset(after));
    days.next().unwrap_or(after + TimeDelta::days(365))
}
