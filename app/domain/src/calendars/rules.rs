use std::ops::RangeInclusive;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Span;
use crate::{Checks, Problem};

/// Minutes that an appointment may take, and that may lie between two offered starts.
pub const DURATION_MINUTES: RangeInclusive<u32> = 5..=720;
/// Minutes that may be kept free before or after an appointment.
pub const BUFFER_MINUTES: RangeInclusive<u32> = 0..=480;
/// Minutes that may have to lie between the booking and the appointment: up to 90 days.
pub const MINIMUM_NOTICE_MINUTES: RangeInclusive<u32> = 0..=129_600;
/// Days that people may book ahead.
pub const HORIZON_DAYS: RangeInclusive<u32> = 1..=365;

/// What was typed into the times of a calendar, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRulesForm {
    pub duration_minutes: String,
    pub slot_step_minutes: String,
    pub buffer_before_minutes: String,
    pub buffer_after_minutes: String,
    pub minimum_notice_minutes: String,
    pub horizon_days: String,
}

/// How long appointments are and when they may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRules {
    pub duration_minutes: u32,
    /// From one offered start to the next.
    pub slot_step_minutes: u32,
    pub buffer_before_minutes: u32,
    pub buffer_after_minutes: u32,
    /// At least so long lies between the booking and the start.
    pub minimum_notice_minutes: u32,
    /// Days of 24 hours from now on in which appointments may start.
    pub horizon_days: u32,
}

impl CalendarRules {
    /// Checks everything typed, noting each problem for the field of the same name.
    pub fn check(form: &CalendarRulesForm, checks: &mut Checks) -> Option<Self> {
        let mut number = |field: &str, typed: &str, within| checks.note(field, whole_number(typed, within));
        let duration = number("duration_minutes", &form.duration_minutes, DURATION_MINUTES);
        let step = number("slot_step_minutes", &form.slot_step_minutes, DURATION_MINUTES);
        let before = number("buffer_before_minutes", &form.buffer_before_minutes, BUFFER_MINUTES);
        let after = number("buffer_after_minutes", &form.buffer_after_minutes, BUFFER_MINUTES);
        let notice = number("minimum_notice_minutes", &form.minimum_notice_minutes, MINIMUM_NOTICE_MINUTES);
        let horizon = number("horizon_days", &form.horizon_days, HORIZON_DAYS);
        let rules = Self {
            duration_minutes: duration?,
            slot_step_minutes: step?,
            buffer_before_minutes: before?,
            buffer_after_minutes: after?,
            minimum_notice_minutes: notice?,
            horizon_days: horizon?,
        };
        if rules.notice() >= rules.horizon() {
            checks.add("minimum_notice_minutes", Problem::NoticeBeyondHorizon);
            return None;
        }
        Some(rules)
    }

    #[must_use]
    pub fn duration(&self) -> TimeDelta {
        minutes(self.duration_minutes)
    }

    #[must_use]
    pub fn slot_step(&self) -> TimeDelta {
        minutes(self.slot_step_minutes)
    }

    /// The time of its host that an appointment takes, with its buffers. No two of one host overlap, so what is kept free after one
    /// and before the next adds up.
    #[must_use]
    pub fn occupied(&self, starts_at: DateTime<Utc>) -> Span {
        Span {
            starts_at: starts_at - minutes(self.buffer_before_minutes),
            ends_at: starts_at + self.duration() + minutes(self.buffer_after_minutes),
        }
    }

    /// In which of the time asked for appointments may start.
    #[must_use]
    pub fn bookable(&self, asked: Span, now: DateTime<Utc>) -> Span {
        Span {
            starts_at: asked.starts_at.max(now + self.notice()),
            ends_at: asked.ends_at.min(now + self.horizon()),
        }
    }

    fn notice(&self) -> TimeDelta {
        minutes(self.minimum_notice_minutes)
    }

    fn horizon(&self) -> TimeDelta {
        TimeDelta::days(self.horizon_days.into())
    }
}

fn minutes(count: u32) -> TimeDelta {
    TimeDelta::minutes(count.into())
}

pub(super) fn whole_number(typed: &str, within: RangeInclusive<u32>) -> Result<u32, Problem> {
    match typed.trim() {
        "" => Err(Problem::Required),
        typed => typed
            .parse()
            .ok()
            .filter(|number| within.contains(number))
            .ok_or(Problem::OutOfRange { min: *within.start(), max: *within.end() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Refusal;

    fn form() -> CalendarRulesForm {
        CalendarRulesForm {
            duration_minutes: " 30 ".into(),
            slot_step_minutes: "15".into(),
            buffer_before_minutes: "0".into(),
            buffer_after_minutes: "10".into(),
            minimum_notice_minutes: "240".into(),
            horizon_days: "60".into(),
        }
    }

    fn check(form: &CalendarRulesForm) -> Result<CalendarRules, Refusal> {
        let mut checks = Checks::default();
        let rules = CalendarRules::check(form, &mut checks);
        checks.finish(rules)
    }

    #[test]
    fn what_was_typed_becomes_rules() {
        let rules = check(&form()).unwrap();
        assert_eq!((rules.duration_minutes, rules.buffer_after_minutes, rules.horizon_days), (30, 10, 60));
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let occupied = rules.occupied(at("2026-11-30T09:00:00Z"));
        assert_eq!(occupied.ends_at, at("2026-11-30T09:40:00Z"));
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let wrong = CalendarRulesForm {
            duration_minutes: "4".into(),
            slot_step_minutes: String::new(),
            buffer_before_minutes: "-5".into(),
            horizon_days: "366".into(),
            ..form()
        };
        let refusal = check(&wrong).unwrap_err();
        let out_of = |min, max| Some(Problem::OutOfRange { min, max });
        assert_eq!(refusal.problem("duration_minutes").cloned(), out_of(5, 720));
        assert_eq!(refusal.problem("slot_step_minutes"), Some(&Problem::Required));
        assert_eq!(refusal.problem("buffer_before_minutes").cloned(), out_of(0, 480));
        assert_eq!(refusal.problem("horizon_days").cloned(), out_of(1, 365));
        assert_eq!(refusal.problem("buffer_after_minutes"), None);
    }

    #[test]
    fn notice_leaves_something_to_book() {
        let day = |minimum_notice_minutes: &str| CalendarRulesForm {
            minimum_notice_minutes: minimum_notice_minutes.into(),
            horizon_days: "1".into(),
            ..form()
        };
        assert!(check(&day("1439")).is_ok());
        let refusal = check(&day("1440")).unwrap_err();
        assert_eq!(refusal.problem("minimum_notice_minutes"), Some(&Problem::NoticeBeyondHorizon));
    }
}
