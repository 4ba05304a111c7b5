use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Timelike};
use chrono_tz::Tz;
use domain::{
    Permission, Refusal,
    calendars::{HostName, Span, Week, WeekAsked, WeekEntry, WeekEntryKind},
};

use crate::{
    Access, Backend, Result,
    account::{
        self,
        zone::{local_day, start_of_day},
    },
    calendars::{queries, sight::Sight},
};

const DAY_MINUTES: u16 = 24 * 60;

/// A week of the team, or of one person: booked appointments and blocked time. Whoever lacks the scope of everybody's sees their own.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`] for somebody who is not there, not active, or not to be seen.
pub async fn week(backend: &Backend, access: &Access, asked: &WeekAsked) -> Result<Week> {
    access.require(Permission::CalendarsView)?;
    let (account, sight) = (access.account(), Sight::of(access));
    let member = match (sight.owner, asked.member) {
        (Some(own), Some(other)) if own != other => return Err(Refusal::NotFound.into()),
        (Some(own), _) => Some(own),
        (None, chosen) => chosen,
    };
    let mut tx = backend.db.tenant_filtering(account).await?;
    let zone = account::time_zone(&mut tx, account).await?;
    let whose = match member {
        Some(member) => {
            let found = queries::listing::host(&mut tx, account, member).await?;
            Some(found.ok_or(Refusal::NotFound)?)
        }
        None => None,
    };
    let today = local_day(backend.clock.now(), &zone);
    let days = days(asked.day.unwrap_or(today));
    let time = span(&days, &zone);
    let appointments = queries::listing::within(&mut tx, account, member, time).await?;
    let blocked = queries::listing::blocked(&mut tx, account, member, time).await?;
    let hosts = match sight.owner {
        Some(_) => vec![],
        None => queries::listing::hosts(&mut tx, account).await?,
    };
    tx.commit().await?;
    let booked = appointments.into_iter().map(|row| {
        let what =
            WeekEntryKind::Appointment { id: row.id, calendar: row.calendar, visitor_name: row.visitor_name };
        (Span { starts_at: row.starts_at, ends_at: row.ends_at }, row.hosts, what)
    });
    let off = blocked
        .into_iter()
        .map(|one| (one.time, vec![one.host], WeekEntryKind::TimeOff { id: one.id, reason: one.reason }));
    let mut entries: Vec<_> = booked.chain(off).flat_map(|entry| by_day(&days, &zone, &entry)).collect();
    entries.sort_by_key(|entry| (entry.day, entry.start_minute, entry.end_minute));
    let today = days.contains(&today).then_some(today);
    Ok(Week { time_zone: zone, days, today, member: whose, hosts, entries })
}

/// From Monday on.
fn days(day: NaiveDate) -> Vec<NaiveDate> {
    let back = Days::new(day.weekday().num_days_from_monday().into());
    let monday = day.checked_sub_days(back).unwrap_or(day);
    monday.iter_days().take(7).collect()
}

fn span(days: &[NaiveDate], zone: &str) -> Span {
    let first = days.first().copied().unwrap_or_default();
    let next = first.checked_add_days(Days::new(7)).unwrap_or(first);
    Span { starts_at: start_of_day(first, zone), ends_at: start_of_day(next, zone) }
}

/// An entry once for each of the days that it touches.
fn by_day(
    days: &[NaiveDate],
    zone: &str,
    (time, hosts, what): &(Span, Vec<HostName>, WeekEntryKind),
) -> Vec<WeekEntry> {
    let tz: Tz = zone.parse().unwrap_or(Tz::UTC);
    let (begin, end) = (time.starts_at.with_timezone(&tz), time.ends_at.with_timezone(&tz));
    let minute =
        |at: &DateTime<Tz>| u16::try_from(at.num_seconds_from_midnight() / 60).unwrap_or(DAY_MINUTES);
    let touched = days.iter().filter(|day| {
        begin.date_naive() <= **day
            && (**day < end.date_naive() || **day == end.date_naive() && end.time() > NaiveTime::MIN)
    });
    let entry = |day: &NaiveDate| {
        let start_minute = if begin.date_naive() == *day { minute(&begin) } else { 0 };
        let end_minute = if end.date_naive() == *day { minute(&end) } else { DAY_MINUTES };
        WeekEntry {
            day: *day,
            start_minute,
            // Where the clocks are set back, the end may lie before the beginning on the wall.
            end_minute: end_minute.max(start_minute + 1),
            starts_at: time.starts_at,
            ends_at: time.ends_at,
            hosts: hosts.clone(),
            what: what.clone(),
        }
    };
    touched.map(entry).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Utc;
    use domain::TimeOffId;

    use super::*;

    fn parts(from: &str, to: &str) -> Vec<(String, u16, u16)> {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let what = WeekEntryKind::TimeOff { id: TimeOffId::default(), reason: String::new() };
        let days = days("2026-12-02".parse().unwrap());
        let entry = (Span { starts_at: at(from), ends_at: at(to) }, vec![], what);
        let entries = by_day(&days, "Europe/Berlin", &entry);
        entries
            .into_iter()
            .map(|entry| (entry.day.to_string(), entry.start_minute, entry.end_minute))
            .collect()
    }

    #[test]
    fn what_reaches_over_midnight_is_there_once_a_day() {
        assert_eq!(
            parts("2026-11-30T22:30:00Z", "2026-12-01T00:15:00Z"),
            [("2026-11-30".into(), 1410, 1440), ("2026-12-01".into(), 0, 75),]
        );
        assert_eq!(
            parts("2026-11-30T22:00:00Z", "2026-11-30T23:00:00Z"),
            [("2026-11-30".into(), 1380, 1440)]
        );
        assert_eq!(parts("2026-11-01T00:00:00Z", "2026-12-30T00:00:00Z").len(), 7);
        assert_eq!(parts("2026-12-07T09:00:00Z", "2026-12-07T10:00:00Z"), []);
    }
}
