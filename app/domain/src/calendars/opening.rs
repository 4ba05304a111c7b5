//! From the clock on the wall to real time.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc};

use super::{DayInterval, Span, WorkingHours, span::merged};

/// Clocks are changed at most once in so long: between two looks at a zone, either nothing happened or one change.
const LOOK_EVERY: TimeDelta = TimeDelta::hours(12);
/// Wider than any working interval and any change of clocks together.
const MARGIN: TimeDelta = TimeDelta::days(3);

/// The working time that touches `around`, as it really passes: an instant belongs to it when the clock on the wall shows a time within
/// an interval. So an hour that is left out shrinks an interval, and an hour that comes twice counts twice.
///
/// In order, without overlaps, and each as a whole even where it begins before `around`: slots are counted from its start. Intervals
/// that touch stay apart.
#[must_use]
pub fn openings<Z: TimeZone>(hours: &WorkingHours, zone: &Z, around: Span) -> Vec<Span> {
    if hours.is_empty() || around.is_empty() {
        return Vec::new();
    }
    let wide = Span { starts_at: around.starts_at - MARGIN, ends_at: around.ends_at + MARGIN };
    let mut found: Vec<(NaiveDateTime, Span)> = Vec::new();
    for steady in steady_times(zone, wide) {
        for (begin, span) in steady.intervals(hours) {
            match found.last_mut() {
                // The clocks were changed within an interval, and it went on.
                Some((other, before)) if *other == begin && before.ends_at == span.starts_at => {
                    before.ends_at = span.ends_at;
                }
                _ => found.push((begin, span)),
            }
        }
    }
    found.into_iter().map(|(_, span)| span).filter(|span| span.overlaps(&around)).collect()
}

/// Whether somebody works through all of a time; intervals that touch are one.
#[must_use]
pub fn covers<Z: TimeZone>(hours: &WorkingHours, zone: &Z, time: Span) -> bool {
    merged(openings(hours, zone, time)).iter().any(|work| work.intersection(&time) == time)
}

/// Time in which the clocks of a zone are not changed.
struct SteadyTime {
    span: Span,
    ahead_of_utc: TimeDelta,
}

impl SteadyTime {
    /// Each interval, with the local time at which it should begin.
    fn intervals(&self, hours: &WorkingHours) -> impl Iterator<Item = (NaiveDateTime, Span)> {
        let last = self.local(self.span.ends_at).date();
        let days = self.local(self.span.starts_at).date().iter_days().take_while(move |day| *day <= last);
        days.flat_map(|day| hours.on(day).iter().map(move |interval| (day, interval))).filter_map(
            |(day, interval)| {
                let span = self.real(day, interval).intersection(&self.span);
                (!span.is_empty()).then(|| (at_minute(day, interval.start_minute), span))
            },
        )
    }

    fn real(&self, day: NaiveDate, interval: &DayInterval) -> Span {
        let real = |minute| (at_minute(day, minute) - self.ahead_of_utc).and_utc();
        Span { starts_at: real(interval.start_minute), ends_at: real(interval.end_minute) }
    }

    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.naive_utc() + self.ahead_of_utc
    }
}

fn at_minute(day: NaiveDate, minute: u16) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into())
}

fn steady_times<Z: TimeZone>(zone: &Z, within: Span) -> Vec<SteadyTime> {
    let mut found = Vec::new();
    let mut starts_at = within.starts_at;
    let mut looked_at = within.starts_at;
    let mut ahead_of_utc = ahead(zone, looked_at);
    while looked_at < within.ends_at {
        let next = (looked_at + LOOK_EVERY).min(within.ends_at);
        let ahead_then = ahead(zone, next);
        if ahead_then != ahead_of_utc {
            let changed_at = change(zone, looked_at, next);
            found.push(SteadyTime { span: Span { starts_at, ends_at: changed_at }, ahead_of_utc });
            (starts_at, ahead_of_utc) = (changed_at, ahead_then);
        }
        looked_at = next;
    }
    found.push(SteadyTime { span: Span { starts_at, ends_at: within.ends_at }, ahead_of_utc });
    found
}

/// The second at which the clocks are changed, between an instant before and one after it.
fn change<Z: TimeZone>(zone: &Z, mut before: DateTime<Utc>, mut after: DateTime<Utc>) -> DateTime<Utc> {
    let old = ahead(zone, before);
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if ahead(zone, middle) == old { before = middle } else { after = middle }
    }
    after
}

fn ahead<Z: TimeZone>(zone: &Z, at: DateTime<Utc>) -> TimeDelta {
    TimeDelta::seconds(zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc().into())
}
