//! What the booking page of a large team costs: 20 members in several time zones, 60 days.

use std::hint::black_box;

use chrono::{DateTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use criterion::{Criterion, criterion_group, criterion_main};
use domain::{
    MemberId,
    calendars::{CalendarKind, CalendarRules, DayInterval, HostTime, Span, WorkingHours, slots},
};

const RULES: CalendarRules = CalendarRules {
    duration_minutes: 30,
    slot_step_minutes: 15,
    buffer_before_minutes: 5,
    buffer_after_minutes: 10,
    minimum_notice_minutes: 240,
    horizon_days: 60,
};

fn sixty_days(criterion: &mut Criterion) {
    // The clocks are changed within them.
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_720);
    let asked = Span { starts_at: now, ends_at: now + TimeDelta::days(60) };
    let near = team(now, &[Tz::Europe__Berlin, Tz::Europe__London]);
    let far = team(
        now,
        &[Tz::Europe__Berlin, Tz::America__New_York, Tz::Asia__Kathmandu, Tz::Australia__Lord_Howe],
    );
    for (name, kind, hosts) in [
        ("round robin, one continent", CalendarKind::RoundRobin, &near),
        ("round robin, four continents", CalendarKind::RoundRobin, &far),
        ("collective", CalendarKind::Collective, &near),
    ] {
        assert!(!slots(kind, &RULES, hosts, asked, now).is_empty());
        criterion.bench_function(&format!("20 members, 60 days: {name}"), |bencher| {
            bencher.iter(|| slots(kind, &RULES, black_box(hosts), asked, now));
        });
    }
}

/// Mornings and afternoons from Monday to Friday, and three appointments a day.
fn team(now: DateTime<Utc>, zones: &[Tz]) -> Vec<HostTime<Tz>> {
    let interval = |start_minute, end_minute| DayInterval { start_minute, end_minute };
    let day = [interval(540, 720), interval(780, 1050)];
    let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    let hours = WorkingHours::new(week.into_iter().flat_map(|weekday| day.map(|one| (weekday, one))));
    let hours = hours.unwrap_or_default();
    let host = |number: u32, zone: &Tz| HostTime {
        member: MemberId(uuid::Uuid::from_u128(number.into())),
        hours: hours.clone(),
        zone: *zone,
        busy: (0..180)
            .map(|index| RULES.occupied(now + TimeDelta::minutes((index * 8 + i64::from(number)) * 60)))
            .collect(),
    };
    (0..20).zip(zones.iter().cycle()).map(|(number, zone)| host(number, zone)).collect()
}

criterion_group!(benches, sixty_days);
criterion_main!(benches);
