//! What a calendar has free, by the one function that decides it: what a page shows, what a booking is checked against.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, SecondsFormat, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::{
    AccountId, AppointmentId, MemberId, When,
    calendars::{
        Calendar, CalendarKind, CalendarRules, Candidate, HostTime, OFFERED_DAYS, Offer, OfferAsked,
        OfferedDay, Slot, Span, Turns, drawn, slots,
    },
};
use uuid::Uuid;

use super::queries::host::{self, LoadedHost};
use crate::{
    Result,
    account::zone::{self, local_day, start_of_day},
    db::Tx,
};

/// Buffers and durations reach at most so far out of what is asked for.
const AROUND: TimeDelta = TimeDelta::days(2);

/// Who can take bookings, and whose time is free.
pub(super) struct Supply {
    kind: CalendarKind,
    rules: CalendarRules,
    hosts: Vec<LoadedHost>,
    times: Vec<HostTime<Tz>>,
    /// Chosen by hand: nobody is drawn.
    only: Option<MemberId>,
}

/// What of a calendar is asked for.
pub(super) struct Asked<'a> {
    pub calendar: &'a Calendar,
    pub rules: CalendarRules,
    pub within: Span,
    /// An appointment that is about to be moved takes no time.
    pub except: Option<AppointmentId>,
    /// One host alone; none for all. A collective calendar takes no notice of it.
    pub only: Option<MemberId>,
}

/// Whom a booking goes to, and what that does to the turns of the round robin.
pub(super) struct Chosen {
    pub hosts: Vec<MemberId>,
    pub turns: Vec<(MemberId, Turns)>,
    /// What the draw did to the credits.
    pub moves: HashMap<MemberId, i64>,
}

impl Supply {
    pub async fn load(tx: &mut Tx, account: AccountId, asked: &Asked<'_>) -> Result<Self> {
        let kind = asked.calendar.kind;
        let only = asked.only.filter(|_| kind != CalendarKind::Collective);
        let mut hosts = host::all(tx, account, asked.calendar.id).await?;
        match (only, kind) {
            (Some(only), _) => hosts.retain(|one| one.host.member == only),
            (None, CalendarKind::RoundRobin) => hosts.retain(|one| one.host.takes_bookings()),
            (None, _) => {}
        }
        let members: Vec<Uuid> = hosts.iter().map(|one| one.host.member.0).collect();
        let around =
            Span { starts_at: asked.within.starts_at - AROUND, ends_at: asked.within.ends_at + AROUND };
        let mut busy = host::busy(tx, account, &members, around, asked.except).await?;
        let times = hosts
            .iter()
            .map(|one| HostTime {
                member: one.host.member,
                hours: one.hours.clone(),
                zone: one.zone,
                busy: busy.remove(&one.host.member).unwrap_or_default(),
            })
            .collect();
        Ok(Self { kind, rules: asked.rules, hosts, times, only })
    }

    pub fn slots(&self, within: Span, now: DateTime<Utc>) -> Vec<Slot> {
        slots(self.kind, &self.rules, &self.times, within, now)
    }

    /// The slot that starts at exactly this instant, if it is offered.
    pub fn slot(&self, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<Slot> {
        let within = Span { starts_at, ends_at: starts_at + TimeDelta::seconds(1) };
        self.slots(within, now).into_iter().find(|slot| slot.starts_at == starts_at)
    }

    /// Whom a booking in this slot goes to.
    pub fn choose(&self, slot: &Slot, now: DateTime<Utc>) -> Option<Chosen> {
        match (self.kind, self.only) {
            (CalendarKind::RoundRobin, None) => self.drawn(slot, now),
            _ => Some(Chosen { hosts: slot.free.clone(), turns: Vec::new(), moves: HashMap::new() }),
        }
        .filter(|chosen| !chosen.hosts.is_empty())
    }

    fn drawn(&self, slot: &Slot, now: DateTime<Utc>) -> Option<Chosen> {
        let free = self.hosts.iter().filter(|one| slot.free.contains(&one.host.member));
        let mut candidates: Vec<_> = free.map(|one| Candidate { host: one.host, turns: one.turns }).collect();
        let (chosen, moves) = drawn(&mut candidates, now)?;
        let moves: HashMap<_, _> = moves.into_iter().collect();
        let touched =
            candidates.iter().filter(|one| one.host.member == chosen || moves.contains_key(&one.host.member));
        let turns = touched.map(|one| (one.host.member, one.turns)).collect();
        Some(Chosen { hosts: vec![chosen], turns, moves })
    }
}

/// Which local days are told, in which zone.
pub(super) struct Window {
    zone: String,
    first: NaiveDate,
    last: NaiveDate,
    today: NaiveDate,
    horizon: NaiveDate,
}

impl Window {
    pub fn of(asked: &OfferAsked, account_zone: &str, rules: &CalendarRules, now: DateTime<Utc>) -> Self {
        let zone = known_zone(&asked.time_zone, account_zone);
        let today = local_day(now, &zone);
        let horizon = local_day(now + TimeDelta::days(rules.horizon_days.into()), &zone);
        let first = asked.from.unwrap_or(today).clamp(today, horizon);
        Self { last: plus(first, OFFERED_DAYS - 1), zone, first, today, horizon }
    }

    pub fn span(&self) -> Span {
        Span {
            starts_at: start_of_day(self.first, &self.zone),
            ends_at: start_of_day(plus(self.last, 1), &self.zone),
        }
    }

    /// The free times in words.
    pub fn offer(self, slots: &[Slot]) -> Offer {
        let zone: Tz = self.zone.parse().unwrap_or(Tz::UTC);
        let day_of = |slot: &Slot| slot.starts_at.with_timezone(&zone).date_naive();
        let days =
            slots.chunk_by(|a, b| day_of(a) == day_of(b)).filter_map(|slots| day(slots, zone)).collect();
        let earlier = (self.first > self.today)
            .then(|| self.first.checked_sub_days(Days::new(OFFERED_DAYS.into())).unwrap_or(self.today))
            .map(|first| first.max(self.today));
        let later = (self.last < self.horizon).then(|| plus(self.last, 1));
        Offer { time_zone: self.zone, first_day: self.first, last_day: self.last, days, earlier, later }
    }
}

/// The name of the zone if people can choose it, else the account's.
pub(super) fn known_zone(typed: &str, account_zone: &str) -> String {
    zone::parse(typed).map_or_else(|_unknown| account_zone.to_owned(), |zone| zone.name().to_owned())
}

fn plus(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap_or(day)
}

fn day(slots: &[Slot], zone: Tz) -> Option<OfferedDay> {
    let local = |slot: &Slot| slot.starts_at.with_timezone(&zone);
    let first = local(slots.first()?);
    let clock = |slot: &Slot| local(slot).format("%H:%M").to_string();
    let when = |slot: &Slot| {
        // Where the clocks are set back, an hour comes twice.
        let is_unique = slots.iter().filter(|other| clock(other) == clock(slot)).count() == 1;
        let text = if is_unique { clock(slot) } else { local(slot).format("%H:%M (%Z)").to_string() };
        When { exact: slot.starts_at.to_rfc3339_opts(SecondsFormat::Secs, true), text }
    };
    Some(OfferedDay {
        day: first.date_naive(),
        label: first.format("%A, %-d %B").to_string(),
        slots: slots.iter().map(when).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_that_comes_twice_is_told_apart() {
        let at = |text: &str| Slot { starts_at: text.parse().unwrap(), free: vec![] };
        let slots = ["2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].map(at);
        let day = day(&slots, Tz::Europe__Berlin).unwrap();
        let texts: Vec<_> = day.slots.iter().map(|when| when.text.as_str()).collect();
        assert_eq!(texts, ["01:30", "02:30 (CEST)", "02:30 (CET)"]);
        assert_eq!(
            (day.label.as_str(), day.slots[0].exact.as_str()),
            ("Sunday, 25 October", "2026-10-24T23:30:00Z")
        );
    }

    #[test]
    fn days_are_told_from_today_to_the_horizon() {
        let now = "2026-11-23T20:00:00Z".parse().unwrap();
        let rules = CalendarRules {
            duration_minutes: 30,
            slot_step_minutes: 30,
            buffer_before_minutes: 0,
            buffer_after_minutes: 0,
            minimum_notice_minutes: 0,
            horizon_days: 20,
        };
        let asked = |from: Option<&str>, zone: &str| OfferAsked {
            from: from.map(|day| day.parse().unwrap()),
            time_zone: zone.into(),
        };
        let days = |asked: OfferAsked| {
            let offer = Window::of(&asked, "UTC", &rules, now).offer(&[]);
            [Some(offer.first_day), offer.earlier, offer.later].map(|day| day.map(|day| day.to_string()))
        };
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(days(asked(None, "UTC")), [text("2026-11-23"), None, text("2026-12-07")]);
        // There it is tomorrow already.
        assert_eq!(days(asked(None, "Pacific/Auckland")), [text("2026-11-24"), None, text("2026-12-08")]);
        assert_eq!(days(asked(Some("2026-12-07"), "UTC")), [text("2026-12-07"), text("2026-11-23"), None]);
        assert_eq!(days(asked(Some("2020-01-01"), "Mars/Olympus"))[0], text("2026-11-23"));
        assert_eq!(days(asked(Some("2999-01-01"), "UTC"))[0], text("2026-12-13"));
    }
}
