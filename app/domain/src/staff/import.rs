use serde::{Deserialize, Serialize};

use super::EmployeeForm;
use crate::{FieldProblem, StaffImportId};

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
    /// Cannot be invited as it stands.
    Refused(Vec<FieldProblem>),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// Counted from 1, with the heading, as a spreadsheet shows it.
    pub line: u32,
    pub employee: EmployeeForm,
    pub verdict: ImportVerdict,
    /// After the run: whether the invitation was made, or why not.
    pub outcome: Option<Result<(), String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportProgress {
    /// The dry run stands; nobody was invited.
    Checked,
    Running {
        done: u32,
        of: u32,
    },
    Finished {
        invited: u32,
        not_invited: u32,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffImport {
    pub id: StaffImportId,
    pub file_name: String,
    pub progress: ImportProgress,
    /// Lines per verdict: new, already here, pending, repeated, refused.
    pub counts: [u32; 5],
    pub rows: Vec<ImportRow>,
}
