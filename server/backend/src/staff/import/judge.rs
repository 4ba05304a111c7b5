//! The verdict on each line, before anybody is invited.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, FieldProblem, PermissionSet, Problem, Refusal,
    staff::{Employee, EmployeeForm, ImportVerdict, Known, import_verdict, may_invite_as},
};

use super::read_file::Line;
use crate::{
    Result,
    db::Tx,
    staff::{check_employee, queries},
};

pub(in crate::staff) struct Judged {
    pub line: Line,
    pub verdict: ImportVerdict,
}

/// A line with what its form is worth by itself.
pub(super) struct Checked {
    line: Line,
    employee: std::result::Result<Employee, Vec<FieldProblem>>,
}

/// Checks every line for somebody who holds `own`. Thousands of phone numbers take a while: keep it off the threads that serve.
pub(super) fn check(lines: Vec<Line>, own: PermissionSet, country: &str) -> Vec<Checked> {
    let check = |line| Checked { employee: check_line(&line, own, country), line };
    lines.into_iter().map(check).collect()
}

/// Judges every line, with one look at everybody. A line in order gets the form in which it will be used, so that a phone means the
/// same when the account has moved to another country before the run.
pub(super) async fn judge(
    tx: &mut Tx,
    account: AccountId,
    checked: Vec<Checked>,
    now: DateTime<Utc>,
) -> Result<Vec<Judged>> {
    let in_order_only = checked.iter().filter_map(|line| line.employee.as_ref().ok());
    let addresses: Vec<String> = in_order_only.map(|employee| employee.email.to_string()).collect();
    let known = queries::import::known(tx, account, &addresses, now).await?;
    let mut first_lines = HashMap::new();
    let judged = checked.into_iter().map(|Checked { line, employee }| match employee {
        Err(problems) => Judged { line, verdict: ImportVerdict::Refused(problems) },
        Ok(employee) => {
            let known = known.get(employee.email.as_str()).copied().unwrap_or(Known::Nobody);
            let first = *first_lines.entry(employee.email.clone()).or_insert(line.line);
            let verdict = import_verdict(known, (first != line.line).then_some(first));
            Judged { line: Line { employee: in_order(employee), ..line }, verdict }
        }
    });
    Ok(judged.collect())
}

fn in_order(employee: Employee) -> EmployeeForm {
    EmployeeForm {
        first_name: employee.name.first,
        last_name: employee.name.last,
        email: employee.email.into(),
        phone: employee.phone.map(String::from).unwrap_or_default(),
        role: employee.role.key().to_owned(),
    }
}

fn check_line(
    line: &Line,
    own: PermissionSet,
    country: &str,
) -> std::result::Result<Employee, Vec<FieldProblem>> {
    let employee = match check_employee(&line.employee, country) {
        Ok(employee) => employee,
        Err(Refusal::Invalid(problems)) => return Err(problems),
        Err(_) => return Err(vec![about("email", Problem::InvalidText)]),
    };
    match may_invite_as(own, employee.role) {
        Ok(()) => Ok(employee),
        Err(_) => Err(vec![about("role", Problem::RoleAboveOwn)]),
    }
}

fn about(field: &str, problem: Problem) -> FieldProblem {
    FieldProblem { field: field.to_owned(), problem }
}

#[cfg(test)]
mod tests {
    use domain::{Permission, Role};

    use super::*;

    #[test]
    fn who_may_not_give_admin_gets_those_lines_refused_and_the_others_not() {
        let own = Role::User.permissions().with(Permission::SettingsInviteStaff);
        let line = |role: Role| Line {
            line: 2,
            employee: EmployeeForm {
                first_name: "Ann".into(),
                email: "ann@example.com".into(),
                role: role.key().into(),
                ..EmployeeForm::default()
            },
        };
        assert!(check_line(&line(Role::User), own, "US").is_ok());
        assert_eq!(
            check_line(&line(Role::Admin), own, "US"),
            Err(vec![about("role", Problem::RoleAboveOwn)])
        );
        assert!(check_line(&line(Role::Admin), Role::Admin.permissions(), "US").is_ok());
    }
}
