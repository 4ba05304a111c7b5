use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{Problem, Role};

/// Days before the last one on which a guest, and who let them in, are reminded.
pub const LAST_DAY_REMINDERS: [u64; 2] = [7, 1];

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The last day on which a guest has access, in the account's calendar. Goes to browsers as a number: see [`crate::When`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct LastDay(pub NaiveDate);

impl LastDay {
    /// What was typed into the field of a form; none when nothing was. `kept` is the day that is there already: it may be over.
    ///
    /// # Errors
    /// [`Problem::InvalidDay`] for what is no day of the form 2026-11-30, [`Problem::DayOver`] for a day before `today`,
    /// [`Problem::AdminsStay`] for an Admin: an account keeps its Admins until somebody acts.
    pub fn check(
        typed: &str,
        role: Option<Role>,
        today: NaiveDate,
        kept: Option<Self>,
    ) -> Result<Option<Self>, Problem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let day = Self(typed.parse().map_err(|_no_day| Problem::InvalidDay)?);
        // Further away no form could show it.
        if !(1..=9999).contains(&day.0.year()) {
            return Err(Problem::InvalidDay);
        }
        if role == Some(Role::Admin) {
            return Err(Problem::AdminsStay);
        }
        if day.0 < today && Some(day) != kept { Err(Problem::DayOver) } else { Ok(Some(day)) }
    }

    /// Whether somebody whose own access ends with `own` may give access until `given`. Whoever could give more would make their own
    /// access outlast its end: their own place is one that they may edit, and another address of theirs one that they may invite.
    ///
    /// # Errors
    /// [`Problem::LongerThanOwn`].
    pub fn may_give(own: Option<Self>, given: Option<Self>) -> Result<(), Problem> {
        match (own, given) {
            (None, _) => Ok(()),
            (Some(own), Some(given)) if given <= own => Ok(()),
            _ => Err(Problem::LongerThanOwn),
        }
    }

    /// "30 Nov 2026".
    #[must_use]
    pub fn words(self) -> String {
        let month = usize::try_from(self.0.month0()).ok().and_then(|index| MONTHS.get(index));
        format!("{} {} {}", self.0.day(), month.copied().unwrap_or_default(), self.0.year())
    }
}

/// As forms have it.
impl fmt::Display for LastDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl From<LastDay> for i32 {
    fn from(day: LastDay) -> Self {
        day.0.num_days_from_ce()
    }
}

impl TryFrom<i32> for LastDay {
    type Error = Problem;
    fn try_from(days: i32) -> Result<Self, Problem> {
        NaiveDate::from_num_days_from_ce_opt(days).map(Self).ok_or(Problem::InvalidDay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> LastDay {
        LastDay(text.parse().unwrap())
    }

    #[test]
    fn a_day_is_read_as_forms_send_it_and_written_back_the_same() {
        let today = day("2026-11-27").0;
        let check = |typed| LastDay::check(typed, Some(Role::User), today, None);
        assert_eq!(check(" 2026-11-30 "), Ok(Some(day("2026-11-30"))));
        assert_eq!(check("2026-11-27"), Ok(Some(day("2026-11-27"))), "today is not over");
        assert_eq!(check("  "), Ok(None));
        assert_eq!(check("2026-11-26"), Err(Problem::DayOver));
        for typed in ["30.11.2026", "2026-02-30", "tomorrow", "+12345-06-07", "+262142-12-31"] {
            assert_eq!(check(typed), Err(Problem::InvalidDay), "{typed}");
        }
        assert_eq!(
            (day("2026-03-05").to_string(), day("2026-03-05").words()),
            ("2026-03-05".into(), "5 Mar 2026".into())
        );
    }

    #[test]
    fn a_day_that_is_over_may_stay_when_something_else_is_changed() {
        let (today, kept) = (day("2026-11-27").0, day("2026-11-01"));
        assert_eq!(LastDay::check("2026-11-01", Some(Role::User), today, Some(kept)), Ok(Some(kept)));
        assert_eq!(LastDay::check("2026-11-02", Some(Role::User), today, Some(kept)), Err(Problem::DayOver));
    }

    #[test]
    fn the_access_of_admins_does_not_end_by_itself() {
        let check = |typed| LastDay::check(typed, Some(Role::Admin), day("2026-11-27").0, None);
        assert_eq!(check("2026-11-30"), Err(Problem::AdminsStay));
        assert_eq!(check(""), Ok(None));
    }

    #[test]
    fn nobody_gives_access_for_longer_than_they_have_it() {
        let (sooner, later) = (Some(day("2026-11-29")), Some(day("2026-11-30")));
        for given in [None, sooner, later] {
            assert_eq!(LastDay::may_give(None, given), Ok(()), "who stays may give anything");
        }
        assert_eq!(LastDay::may_give(later, sooner), Ok(()));
        assert_eq!(LastDay::may_give(later, later), Ok(()));
        assert_eq!(LastDay::may_give(sooner, later), Err(Problem::LongerThanOwn));
        assert_eq!(LastDay::may_give(sooner, None), Err(Problem::LongerThanOwn));
    }

    #[test]
    fn the_way_to_the_browser_keeps_the_day() {
        let json = serde_json::to_string(&day("2026-11-30")).unwrap();
        assert_eq!((json.as_str(), serde_json::from_str(&json).ok()), ("739950", Some(day("2026-11-30"))));
        assert!(serde_json::from_str::<LastDay>("2147483647").is_err());
    }
}
