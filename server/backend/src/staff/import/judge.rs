//! The verdict on each line, before anybody is invited.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, FieldProblem, PermissionSet, Problem, Refusal,
    billing::Limited,
    permissions::{Assignment, ProfileChoice, ProfileName},
    staff::{Employee, EmployeeForm, ImportVerdict, Known, import_verdict, may_invite_as},
};

use super::read_file::Line;
use crate::{
    Result, billing,
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
pub(super) fn check(lines: Vec<Line>, rules: &Rules) -> Vec<Checked> {
    let check = |line| Checked { employee: check_line(&line, rules), line };
    lines.into_iter().map(check).collect()
}

/// What counts for every line of a list.
pub(super) struct Rules {
    /// What whoever uploads may do at this instant.
    pub may: PermissionSet,
    /// What of it they may give.
    pub own: PermissionSet,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The account's profiles.
    pub profiles: Vec<ProfileChoice>,
}

impl Rules {
    /// A list names a profile as people know it, whatever its case.
    fn profile(&self, name: &str) -> Option<&ProfileChoice> {
        let name = name.trim().to_lowercase();
        self.profiles.iter().find(|profile| profile.name.to_lowercase() == name)
    }
}

/// Judges every line, with one look at everybody. A line in order gets the form in which it will be used, so that a phone means the
/// same when the account has moved to another country before the run. Seats are given in the order of the list.
pub(super) async fn judge(
    tx: &mut Tx,
    account: AccountId,
    checked: Vec<Checked>,
    now: DateTime<Utc>,
) -> Result<Vec<Judged>> {
    let in_order_only = checked.iter().filter_map(|line| line.employee.as_ref().ok());
    let addresses: Vec<String> = in_order_only.map(|employee| employee.email.to_string()).collect();
    let known = queries::import::known(tx, account, &addresses, now).await?;
    let mut seats_left = billing::room(tx, account, Limited::Seats).await?;
    let mut first_lines = HashMap::new();
    let judged = checked.into_iter().map(|Checked { line, employee }| match employee {
        Err(problems) => Judged { line, verdict: ImportVerdict::Refused(problems) },
        Ok(employee) => {
            let known = known.get(employee.email.as_str()).copied().unwrap_or(Known::Nobody);
            let first = *first_lines.entry(employee.email.clone()).or_insert(line.line);
            let verdict = import_verdict(known, (first != line.line).then_some(first));
            let takes_seat = verdict == ImportVerdict::New && known == Known::Nobody;
            let verdict = if takes_seat { seat(&mut seats_left) } else { verdict };
            Judged { line: Line { employee: in_order(employee), ..line }, verdict }
        }
    });
    Ok(judged.collect())
}

/// Takes a seat for somebody new.
fn seat(left: &mut Option<u32>) -> ImportVerdict {
    match left {
        Some(0) => return ImportVerdict::NoSeat,
        Some(left) => *left -= 1,
        None => {}
    }
    ImportVerdict::New
}

fn in_order(employee: Employee) -> EmployeeForm {
    EmployeeForm {
        first_name: employee.name.first,
        last_name: employee.name.last,
        email: employee.email.into(),
        phone: employee.phone.map(String::from).unwrap_or_default(),
        role: employee.choice.role.key().to_owned(),
        profile: employee.choice.profile.map(|id| id.to_string()).unwrap_or_default(),
        only_assigned: String::new(),
        last_day: String::new(),
        places: vec![],
    }
}

fn check_line(line: &Line, rules: &Rules) -> std::result::Result<Employee, Vec<FieldProblem>> {
    let named = rules.profile(&line.employee.profile);
    // A name that no profile has is left as it is, so that the form's own check refuses it.
    let profile = named.map_or(line.employee.profile.clone(), |profile| profile.id.to_string());
    let form = EmployeeForm { profile, ..line.employee.clone() };
    let employee = match check_employee(&form, &rules.country) {
        Ok(employee) => employee,
        Err(Refusal::Invalid(problems)) => return Err(problems),
        Err(_) => return Err(vec![about("email", Problem::InvalidText)]),
    };
    let profile = named
        .map(|profile| (ProfileName { id: profile.id, name: profile.name.clone() }, profile.permissions));
    let offered =
        Assignment::new(employee.choice.role, profile.filter(|_| employee.choice.profile.is_some()), false);
    match may_invite_as(rules.may, rules.own, &offered) {
        Ok(()) => Ok(employee),
        Err(_) => Err(vec![about(
            if offered.profile.is_some() { "profile" } else { "role" },
            Problem::RoleAboveOwn,
        )]),
    }
}

fn about(field: &str, problem: Problem) -> FieldProblem {
    FieldProblem { field: field.to_owned(), problem }
}

#[cfg(test)]
mod tests {
    use domain::{Permission, ProfileId, Role};
    use uuid::Uuid;

    use super::*;

    fn line(role: &str, profile: &str) -> Line {
        let employee = EmployeeForm {
            first_name: "Ann".into(),
            email: "ann@example.com".into(),
            role: role.into(),
            profile: profile.into(),
            ..EmployeeForm::default()
        };
        Line { line: 2, employee }
    }

    fn rules(own: PermissionSet) -> Rules {
        let profile = |n, name: &str, permissions: &[Permission]| ProfileChoice {
            id: ProfileId(Uuid::from_u128(n)),
            name: name.into(),
            permissions: PermissionSet::of(permissions),
        };
        let callers = profile(1, "Callers", &[Permission::ContactsView]);
        let exporters = profile(2, "Exporters", &[Permission::ContactsView, Permission::ContactsExport]);
        Rules { may: own, own, country: "US".into(), profiles: vec![callers, exporters] }
    }

    #[test]
    fn nobody_lists_people_above_their_own_rights() {
        let own = rules(Role::User.permissions().with(Permission::SettingsInviteStaff));
        assert!(check_line(&line("user", ""), &own).is_ok());
        assert!(check_line(&line("user", "Callers"), &own).is_ok());
        let above = |field| Err(vec![about(field, Problem::RoleAboveOwn)]);
        assert_eq!(check_line(&line("admin", ""), &own), above("role"));
        assert_eq!(check_line(&line("user", "Exporters"), &own), above("profile"));
        let admin = rules(Role::Admin.permissions());
        assert!(check_line(&line("admin", ""), &admin).is_ok());
        assert!(check_line(&line("user", "Exporters"), &admin).is_ok());
    }

    #[test]
    fn a_profile_is_called_by_its_name_whatever_the_case() {
        let admin = rules(Role::Admin.permissions());
        let choice = |name: &str| check_line(&line("user", name), &admin).unwrap().choice.profile;
        assert_eq!(choice(" callers "), Some(ProfileId(Uuid::from_u128(1))));
        assert_eq!(choice(""), None);
        let unknown = check_line(&line("user", "Pilots"), &admin);
        assert_eq!(unknown, Err(vec![about("profile", Problem::InvalidChoice)]));
    }
}
