use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Fate, HeldKind, LeavingWay};
use crate::{LeavingId, MemberId, Page, Permission, PersonName, Problem, Refusal};

/// What undoing did with one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Returned {
    Back,
    /// A place went back, and whoever had got it keeps theirs: somebody has changed it since.
    BackBeside,
    /// An appointment that has begun.
    Over,
    /// An appointment that was cancelled since.
    Cancelled,
    Changed,
    /// Deleted since.
    Gone,
    /// Whoever was to get an appointment back has something else then.
    NotFree,
}

impl Returned {
    pub const ALL: [Self; 7] =
        [Self::Back, Self::BackBeside, Self::Over, Self::Cancelled, Self::Changed, Self::Gone, Self::NotFree];

    /// As stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Back => "back",
            Self::BackBeside => "back_beside",
            Self::Over => "over",
            Self::Cancelled => "cancelled",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::NotFree => "not_free",
        }
    }

    /// Whether whoever left has it again.
    #[must_use]
    pub const fn is_back(self) -> bool {
        matches!(self, Self::Back | Self::BackBeside)
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Back => "Given back",
            Self::BackBeside => "Given back; the other place was changed since and stays",
            Self::Over => "Left alone: it has begun",
            Self::Cancelled => "Left alone: it was cancelled since",
            Self::Changed => "Left alone: somebody changed it since",
            Self::Gone => "Left alone: it was deleted since",
            Self::NotFree => "Left alone: they have something else then",
        }
    }
}

impl FromStr for Returned {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|one| one.key() == key).ok_or(Problem::InvalidChoice)
    }
}

/// How many of a kind came to the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptSum {
    pub kind: HeldKind,
    pub fate: Fate,
    /// Who got them.
    pub receiver: Option<String>,
    pub count: u64,
}

/// What became of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptItem {
    pub kind: HeldKind,
    /// Its own id.
    pub thing: Uuid,
    pub name: String,
    /// Where it stood: the calendar and the time, or the pipeline.
    pub about: String,
    pub fate: Fate,
    pub receiver: Option<String>,
    /// None before it was undone, and for what was not moved.
    pub returned: Option<Returned>,
}

/// Exactly what became of what somebody held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub id: LeavingId,
    pub member: MemberId,
    pub name: PersonName,
    pub way: LeavingWay,
    pub left_at: DateTime<Utc>,
    /// Who did it; none for Steward itself.
    pub left_by: Option<String>,
    pub undone: Option<(DateTime<Utc>, Option<String>)>,
    /// Until when it can be undone; none when it cannot.
    pub undo_until: Option<DateTime<Utc>>,
    /// What it takes to undo it.
    pub undo_needs: Vec<Permission>,
    /// Why the reader may not undo it although they hold that: the person has more rights than they have.
    pub undo_refused: Option<Refusal>,
    pub sums: Vec<ReceiptSum>,
    /// Those that the reader may know by name.
    pub items: Page<ReceiptItem>,
}

/// What a person's page says about leaving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeavingSummary {
    /// The newest first.
    pub lines: Vec<LeavingLine>,
    /// What somebody who is out still holds, by kind; nothing for whoever is there.
    pub still_held: Vec<(HeldKind, u64)>,
}

/// One of the times that somebody left, as their page lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeavingLine {
    pub id: LeavingId,
    pub way: LeavingWay,
    pub left_at: DateTime<Utc>,
    pub is_undone: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_returned_comes_back_from_what_is_stored() {
        for one in Returned::ALL {
            assert_eq!(one.key().parse(), Ok(one));
            assert_eq!(one.is_back(), one.label().starts_with("Given back"));
        }
    }
}
