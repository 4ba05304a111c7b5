use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::EmployeeForm;
use crate::{FieldProblem, Page, Problem, StaffImportId, words::joined};

/// Lines (without the heading) that one list may have.
pub const IMPORT_MAX_LINES: usize = 5_000;
/// Bytes that an uploaded list may have.
pub const IMPORT_MAX_BYTES: usize = 2 * 1024 * 1024;

/// A list as it should be, to look at and to start from.
pub const IMPORT_SAMPLE: &str = "\
first name,last name,email,phone,role,profile
Ada,Example,ada@example.com,+1 303 555 0100,admin,
Ben,Example,ben@example.com,,user,
";

/// What would happen to one line of an uploaded list, told before anything happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportVerdict {
    /// Will be invited.
    New,
    /// Is a member; nothing happens.
    AlreadyMember,
    /// Has an open invitation; nothing happens.
    Pending,
    /// Stands in the same list further up; nothing happens.
    Repeated {
        /// The line (counted from 1, with the heading) that counts.
        first_line: u32,
    },
    /// The plan includes no seat for them any more.
    NoSeat,
    /// Cannot be invited as it stands.
    Refused(Vec<FieldProblem>),
}

/// The kinds of verdicts, to count and to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    New,
    AlreadyMember,
    Pending,
    Repeated,
    NoSeat,
    Refused,
}

impl VerdictKind {
    pub const ALL: [Self; 6] =
        [Self::New, Self::AlreadyMember, Self::Pending, Self::Repeated, Self::NoSeat, Self::Refused];

    /// As stored (it is the name of the verdict in JSON) and as it stands in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::AlreadyMember => "already_member",
            Self::Pending => "pending",
            Self::Repeated => "repeated",
            Self::NoSeat => "no_seat",
            Self::Refused => "refused",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::AlreadyMember => "Already here",
            Self::Pending => "Invited already",
            Self::Repeated => "Repeated",
            Self::NoSeat => "No seat left",
            Self::Refused => "Needs a correction",
        }
    }
}

impl FromStr for VerdictKind {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|kind| kind.key() == key).ok_or(Problem::InvalidChoice)
    }
}

impl ImportVerdict {
    #[must_use]
    pub const fn kind(&self) -> VerdictKind {
        match self {
            Self::New => VerdictKind::New,
            Self::AlreadyMember => VerdictKind::AlreadyMember,
            Self::Pending => VerdictKind::Pending,
            Self::Repeated { .. } => VerdictKind::Repeated,
            Self::NoSeat => VerdictKind::NoSeat,
            Self::Refused(_) => VerdictKind::Refused,
        }
    }
}

/// What happens to the line, in words.
impl fmt::Display for ImportVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("Will be invited."),
            Self::AlreadyMember => f.write_str("Belongs to the account already."),
            Self::Pending => f.write_str("Has an open invitation already."),
            Self::Repeated { first_line } => write!(f, "The same address stands in line {first_line}."),
            Self::NoSeat => f.write_str("The plan includes no seat for them. Choose a larger plan first."),
            Self::Refused(problems) => {
                for (i, FieldProblem { field, problem }) in problems.iter().enumerate() {
                    let blank = if i == 0 { "" } else { " " };
                    write!(f, "{blank}{}: {problem}", field_label(field))?;
                }
                Ok(())
            }
        }
    }
}

fn field_label(field: &str) -> &str {
    match field {
        "first_name" => "First name",
        "last_name" => "Last name",
        "email" => "E-mail",
        "phone" => "Phone",
        "role" => "Role",
        other => other,
    }
}

/// What the account already knows about an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Nobody,
    /// Active or deactivated.
    Member,
    /// Has an invitation that can still be accepted.
    Invited,
    /// Has an invitation that has expired; it holds a seat and can be refreshed.
    Expired,
}

/// Judges a line whose form is in order. `first_line` is the earlier line of the same list with the same address, if any.
#[must_use]
pub const fn import_verdict(known: Known, first_line: Option<u32>) -> ImportVerdict {
    match (known, first_line) {
        (Known::Member, _) => ImportVerdict::AlreadyMember,
        (Known::Invited, _) => ImportVerdict::Pending,
        (Known::Nobody | Known::Expired, Some(first_line)) => ImportVerdict::Repeated { first_line },
        (Known::Nobody | Known::Expired, None) => ImportVerdict::New,
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// Counted from 1, with the heading, as a spreadsheet shows it.
    pub line: u32,
    pub employee: EmployeeForm,
    pub verdict: ImportVerdict,
    /// After the run, for a line that was to be invited: whether it was, or why not.
    pub outcome: Option<Result<(), String>>,
}

impl ImportRow {
    /// What happened to the line, or what will, in words.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.outcome {
            None => self.verdict.to_string(),
            Some(Ok(())) => "Invited.".into(),
            Some(Err(reason)) => format!("Not invited: {reason}"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportProgress {
    /// The dry run stands; nobody was invited.
    Checked,
    /// Of the lines to be invited.
    Running { done: u32, of: u32 },
    /// Of all lines.
    Finished { invited: u32, not_invited: u32 },
}

/// Which part of an import's lines to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFilter {
    /// None for all.
    pub verdict: Option<VerdictKind>,
    /// Counted from 1.
    pub page: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffImport {
    pub id: StaffImportId,
    pub file_name: String,
    pub progress: ImportProgress,
    /// Names of where whoever it invites will be; none before that was asked, and where it was not.
    pub places: Option<Vec<String>>,
    /// Lines per verdict, in the order of [`VerdictKind::ALL`].
    pub counts: [u32; 6],
    pub rows: Page<ImportRow>,
}

impl StaffImport {
    #[must_use]
    pub fn count(&self, kind: VerdictKind) -> u32 {
        VerdictKind::ALL.iter().zip(self.counts).find(|(k, _)| **k == kind).map_or(0, |(_, count)| count)
    }
}

/// Where the people whom an import invites will be, by the names of the places.
#[must_use]
pub fn whereabouts(places: &[String]) -> String {
    match places {
        [] => "Once they join, they are in no calendar and no pipeline until somebody adds them.".to_owned(),
        places => format!("Once they join, they are in {}.", joined(places)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_they_will_be_is_a_sentence() {
        let names = ["Sales".to_owned(), "Discovery Call".to_owned()];
        assert_eq!(whereabouts(&names), "Once they join, they are in Sales and Discovery Call.");
        let nowhere = "Once they join, they are in no calendar and no pipeline until somebody adds them.";
        assert_eq!(whereabouts(&[]), nowhere);
    }

    #[test]
    fn what_is_known_of_an_address_comes_before_its_repetition() {
        assert_eq!(import_verdict(Known::Nobody, None), ImportVerdict::New);
        assert_eq!(import_verdict(Known::Nobody, Some(2)), ImportVerdict::Repeated { first_line: 2 });
        assert_eq!(import_verdict(Known::Member, Some(2)), ImportVerdict::AlreadyMember);
        assert_eq!(import_verdict(Known::Invited, Some(2)), ImportVerdict::Pending);
        assert_eq!(import_verdict(Known::Expired, None), ImportVerdict::New);
    }

    #[test]
    fn the_kind_is_the_name_of_the_verdict_in_json() {
        let verdicts = [
            ImportVerdict::New,
            ImportVerdict::AlreadyMember,
            ImportVerdict::Pending,
            ImportVerdict::Repeated { first_line: 2 },
            ImportVerdict::Refused(vec![]),
        ];
        for verdict in verdicts {
            let json = serde_json::to_value(&verdict).unwrap();
            let name = json.as_str().or_else(|| json.as_object()?.keys().next().map(String::as_str));
            assert_eq!(name, Some(verdict.kind().key()));
            assert_eq!(verdict.kind().key().parse(), Ok(verdict.kind()));
        }
    }

    #[test]
    fn all_that_is_wrong_with_a_line_is_said() {
        let verdict = ImportVerdict::Refused(vec![
            FieldProblem { field: "email".into(), problem: Problem::Required },
            FieldProblem { field: "phone".into(), problem: Problem::TooLong { max_chars: 3 } },
        ]);
        assert_eq!(verdict.to_string(), "E-mail: Please fill this in. Phone: At most 3 characters, please.");
    }
}
