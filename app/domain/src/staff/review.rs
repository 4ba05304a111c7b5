//! The access review: once a quarter an Admin goes through everybody who has access and says what should become of it.

use std::str::FromStr;

use chrono::{DateTime, Months, Utc};
use serde::{Deserialize, Serialize};

use super::{LastDay, StaffId};
use crate::{
    AccessReviewId, Email, Permission, PermissionSet, Problem, Refusal, ReviewLineId, Role,
    permissions::{Kept, Unused},
};

/// A review is due so many months after the last one was finished, or after the account began.
const EVERY_MONTHS: Months = Months::new(3);
/// Characters that the note to a verdict may have.
pub const VERDICT_NOTE_MAX_CHARS: usize = 300;

/// When the next review is due.
#[must_use]
pub fn review_due_at(last_finished: DateTime<Utc>) -> DateTime<Utc> {
    last_finished.checked_add_months(EVERY_MONTHS).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// What an Admin says about somebody's access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Keep,
    /// Something is to be changed; changing it is an act of its own.
    Change,
    /// A member is deactivated, an invitation revoked, with the verdict.
    End,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Keep, Self::Change, Self::End];

    /// As stored and sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Change => "change",
            Self::End => "end",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Keep => "Kept",
            Self::Change => "To be changed",
            Self::End => "Ended",
        }
    }
}

impl FromStr for Verdict {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|verdict| verdict.key() == key).ok_or(Problem::InvalidChoice)
    }
}

/// The note to a verdict, trimmed; may be empty.
///
/// # Errors
/// [`Refusal::Invalid`] for `note`.
pub fn check_verdict_note(note: &str) -> Result<String, Refusal> {
    let note = note.trim();
    if note.chars().count() > VERDICT_NOTE_MAX_CHARS {
        return Err(Refusal::field("note", Problem::TooLong { max_chars: VERDICT_NOTE_MAX_CHARS }));
    }
    if note.chars().any(char::is_control) {
        return Err(Refusal::field("note", Problem::InvalidText));
    }
    Ok(note.to_owned())
}

/// A review and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewSummary {
    pub id: AccessReviewId,
    pub started_at: DateTime<Utc>,
    pub started_by: String,
    /// When and by whom it was finished; none while it runs.
    pub finished: Option<(DateTime<Utc>, String)>,
    pub total: u64,
    pub decided: u64,
    /// Who lost their access before anybody decided about it: they need no verdict.
    pub gone: u64,
}

impl ReviewSummary {
    /// People about whom somebody still has to decide.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.total.saturating_sub(self.decided + self.gone)
    }
}

/// What the page of all reviews shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviews {
    pub running: Option<ReviewSummary>,
    /// The newest first.
    pub past: Vec<ReviewSummary>,
    /// When the next is due; while one runs, when it was.
    pub due_at: DateTime<Utc>,
}

/// Which lines of a review are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewFilter {
    /// Part of a name or an address; empty for everybody.
    pub search: String,
    /// Only who still needs a verdict.
    pub open_only: bool,
    /// Counted from 1.
    pub page: u32,
}

/// One person of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewLine {
    pub id: ReviewLineId,
    /// An invited person who has joined since is a member here.
    pub who: StaffId,
    pub name: String,
    pub email: Email,
    /// What they have; once it is decided, what they had then.
    pub role: Role,
    pub profile: String,
    pub permissions: PermissionSet,
    /// What of it they have beside their profile at this instant, with when each ends; none for good.
    pub elevated: Vec<(Permission, Option<DateTime<Utc>>)>,
    /// A guest's, at this instant.
    pub last_day: Option<LastDay>,
    pub last_active_at: Option<DateTime<Utc>>,
    /// Since when they have this role and profile; none for invited people.
    pub given_since: Option<DateTime<Utc>>,
    pub unused: Vec<Unused>,
    pub kept: Vec<Kept>,
    pub state: ReviewState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewState {
    Open,
    /// They lost their access before anybody decided about it.
    Gone,
    Decided(Decision),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub verdict: Verdict,
    pub note: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// Why the dashboard mentions the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewNeed {
    Due { since: DateTime<Utc> },
    Running { done: u64, total: u64 },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_due_a_quarter_after_the_last() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(review_due_at(at("2026-01-31T10:00:00Z")), at("2026-04-30T10:00:00Z"));
        assert_eq!(review_due_at(at("2026-11-30T10:00:00Z")), at("2027-02-28T10:00:00Z"));
    }

    #[test]
    fn verdicts_come_back_from_what_is_stored() {
        for verdict in Verdict::ALL {
            assert_eq!(verdict.key().parse(), Ok(verdict));
        }
        assert!("later".parse::<Verdict>().is_err());
    }

    #[test]
    fn a_note_may_be_empty_but_not_endless() {
        assert_eq!(check_verdict_note("  "), Ok(String::new()));
        assert!(check_verdict_note(&"x".repeat(301)).is_err());
        assert!(check_verdict_note("a\nb").is_err());
    }
}
