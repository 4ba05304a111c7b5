//! Time zones: what an instant is called in one, and when a local day begins.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{Problem, When};

/// A zone that people can choose.
///
/// # Errors
/// [`Problem::Required`] when empty, else [`Problem::InvalidChoice`].
pub fn parse(name: &str) -> Result<Tz, Problem> {
    match name.trim() {
        "" => Err(Problem::Required),
        name => name.parse().ok().filter(|zone| is_offered(*zone)).ok_or(Problem::InvalidChoice),
    }
}

/// Places and UTC. The other names of the database are old abbreviations and fixed offsets.
pub(super) fn is_offered(zone: Tz) -> bool {
    const REGIONS: [&str; 10] = [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ];
    zone == Tz::UTC || zone.name().split_once('/').is_some_and(|(region, _)| REGIONS.contains(&region))
}

/// An instant as people in `time_zone` read it; in UTC (and saying so) for a zone that this version does not know.
#[must_use]
pub fn local(at: DateTime<Utc>, time_zone: &str) -> When {
    let text = match time_zone.parse::<Tz>() {
        Ok(zone) => at.with_timezone(&zone).format("%-d %b %Y, %H:%M").to_string(),
        Err(_) => at.format("%-d %b %Y, %H:%M UTC").to_string(),
    };
    When { exact: at.to_rfc3339(), text }
}

/// The day on the calendar of people in `time_zone`; in UTC for a zone that this version does not know.
#[must_use]
pub fn local_day(at: DateTime<Utc>, time_zone: &str) -> NaiveDate {
    at.with_timezone(&time_zone.parse().unwrap_or(Tz::UTC)).date_naive()
}

/// The first instant of a local day. Where the clocks jump over midnight that is the jump.
pub(crate) fn start_of_day(day: NaiveDate, time_zone: &str) -> DateTime<Utc> {
    at(day.and_time(NaiveTime::MIN), time_zone)
}

/// The first instant at which the clock on the wall shows this. Where the clocks jump over it that is the jump, or up to a quarter of
/// an hour after it.
pub(crate) fn at(local: NaiveDateTime, time_zone: &str) -> DateTime<Utc> {
    let zone = time_zone.parse().unwrap_or(Tz::UTC);
    // Jumps are at most a few hours, and all end on a quarter of an hour.
    (0..96)
        .filter_map(|quarter| zone.from_local_datetime(&(local + Duration::minutes(15 * quarter))).earliest())
        .next()
        .map_or_else(|| local.and_utc(), |instant| instant.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_instant_reads_as_the_clock_on_the_wall_showed_it() {
        let at = instant("2026-11-23T21:05:59Z");
        let cases = [
            ("America/Denver", "23 Nov 2026, 14:05"),
            ("Asia/Kolkata", "24 Nov 2026, 02:35"),
            ("Asia/Calcutta", "24 Nov 2026, 02:35"),
            ("UTC", "23 Nov 2026, 21:05"),
            ("Mars/Olympus", "23 Nov 2026, 21:05 UTC"),
        ];
        for (zone, text) in cases {
            assert_eq!(local(at, zone).text, text, "{zone}");
        }
    }

    #[test]
    fn a_local_day_begins_at_midnight_or_where_the_clocks_jump_over_it() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let cases = [
            (day(2026, 11, 23), "America/Denver", "2026-11-23T07:00:00Z"),
            // Clocks went from 00:00 to 01:00.
            (day(2018, 11, 4), "America/Sao_Paulo", "2018-11-04T03:00:00Z"),
            // Midnight came twice: the first one counts.
            (day(2018, 2, 18), "America/Sao_Paulo", "2018-02-18T03:00:00Z"),
            // The day that Samoa left out.
            (day(2011, 12, 30), "Pacific/Apia", "2011-12-30T00:00:00Z"),
            (day(2026, 1, 1), "Mars/Olympus", "2026-01-01T00:00:00Z"),
        ];
        for (day, zone, expected) in cases {
            assert_eq!(start_of_day(day, zone), instant(expected), "{day} in {zone}");
        }
    }

    #[test]
    fn only_what_is_offered_can_be_chosen() {
        assert!(parse("Europe/Paris").is_ok() && parse("UTC").is_ok());
        assert_eq!(parse(" "), Err(Problem::Required));
        for name in ["Etc/GMT+5", "EST5EDT", "europe/paris", "Europe", "../etc"] {
            assert_eq!(parse(name), Err(Problem::InvalidChoice), "{name}");
        }
    }
}
