use chrono::NaiveDate;
use domain::{
    Checks, Email, PersonName, Problem, ProfileId, Refusal,
    permissions::AssignmentChoice,
    staff::{Employee, EmployeeForm, LastDay, PhoneNumber},
};
use phonenumber::Mode;

/// No number in any notation is longer; also keeps long texts from the parser.
const PHONE_MAX_CHARS: usize = 40;

/// Checks what was typed about an employee; `country` (ISO 3166-1 alpha-2) is where a number without country code belongs.
///
/// # Errors
/// [`Refusal::Invalid`] for `first_name`, `last_name`, `email`, `phone`, `role` and `profile`, all at once.
pub(crate) fn check_employee(form: &EmployeeForm, country: &str) -> Result<Employee, Refusal> {
    let mut checks = Checks::default();
    let employee = employee(form, country, &mut checks);
    checks.finish(employee)
}

/// As [`check_employee`], with the last day of a guest. It is no day before `today`, except for `kept`, which is there already.
///
/// # Errors
/// As there, and for `last_day`.
pub(super) fn check_guest(
    form: &EmployeeForm,
    country: &str,
    today: NaiveDate,
    kept: Option<LastDay>,
) -> Result<Employee, Refusal> {
    let mut checks = Checks::default();
    let employee = employee(form, country, &mut checks);
    let role = form.role.trim().parse().ok();
    let last_day = checks.note("last_day", LastDay::check(&form.last_day, role, today, kept));
    checks.finish(employee.zip(last_day).map(|(employee, last_day)| Employee { last_day, ..employee }))
}

fn employee(form: &EmployeeForm, country: &str, checks: &mut Checks) -> Option<Employee> {
    let name = PersonName::check(&form.first_name, &form.last_name, checks);
    let email = checks.note("email", Email::parse(&form.email));
    let phone = checks.note("phone", check_phone(&form.phone, country));
    let role = checks.note("role", form.role.trim().parse());
    let profile = checks.note("profile", profile_id(&form.profile));
    let only_assigned = !form.only_assigned.trim().is_empty();
    let choice = AssignmentChoice::new(role?, profile?, only_assigned);
    Some(Employee { name: name?, email: email?, phone: phone?, choice, last_day: None })
}

/// None for the built-in set. Whether there is such a profile is seen later, under the account's lock.
fn profile_id(typed: &str) -> Result<Option<ProfileId>, Problem> {
    match typed.trim() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_no_id| Problem::InvalidChoice),
    }
}

/// The number in E.164 form; none when nothing was typed.
///
/// # Errors
/// [`Problem::InvalidPhone`] for what no network could call. An extension cannot be kept, so it is refused, not dropped.
pub(crate) fn check_phone(typed: &str, country: &str) -> Result<Option<PhoneNumber>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    // The parser would overlook what stands behind a number and read letters as digits.
    let only_a_number = typed.chars().all(|c| c.is_ascii_digit() || " +-./()\u{a0}\u{2011}".contains(c));
    if !only_a_number || typed.chars().count() > PHONE_MAX_CHARS {
        return Err(Problem::InvalidPhone);
    }
    let number =
        phonenumber::parse(country.parse().ok(), typed).map_err(|_unreadable| Problem::InvalidPhone)?;
    if !number.is_valid() || number.extension().is_some() {
        return Err(Problem::InvalidPhone);
    }
    PhoneNumber::from_e164(&number.format().mode(Mode::E164).to_string()).map(Some)
}

#[cfg(test)]
mod tests {
    use domain::Role;
    use proptest::prelude::*;

    use super::*;

    fn phone(typed: &str, country: &str) -> Result<Option<String>, Problem> {
        Ok(check_phone(typed, country)?.map(String::from))
    }

    #[test]
    fn numbers_are_read_as_their_country_writes_them() {
        let cases = [
            ("+1 303 555 0100", "US", "+13035550100"),
            ("(303) 555-0100", "US", "+13035550100"),
            ("303.555.0100", "US", "+13035550100"),
            ("030 901820", "DE", "+4930901820"),
            ("+49 30 901820", "US", "+4930901820"),
            ("020 7946 0018", "GB", "+442079460018"),
            ("+44 (0)20 7946 0018", "GB", "+442079460018"),
        ];
        for (typed, country, e164) in cases {
            assert_eq!(phone(typed, country), Ok(Some(e164.to_owned())), "{typed} in {country}");
        }
        assert_eq!(phone("  ", "US"), Ok(None));
    }

    #[test]
    fn what_nobody_could_call_is_refused() {
        let wrong = [
            "12",
            "555",
            "+1",
            "+999 123456789",
            "call me",
            "+1 303 555 0100 ext. 5",
            "1-800-FLOWERS",
            "+",
            "()",
        ];
        for typed in wrong {
            assert_eq!(phone(typed, "US"), Err(Problem::InvalidPhone), "{typed}");
        }
        assert_eq!(phone(&"1".repeat(10_000), "US"), Err(Problem::InvalidPhone));
        assert_eq!(phone("303 555 0100", "no country"), Err(Problem::InvalidPhone));
    }

    #[test]
    fn all_fields_are_told_at_once_and_good_ones_are_normalised() {
        let refusal =
            check_employee(&EmployeeForm { phone: "12".into(), ..Default::default() }, "US").unwrap_err();
        for field in ["first_name", "email", "phone", "role"] {
            assert!(refusal.problem(field).is_some(), "{field}");
        }
        assert_eq!(refusal.problem("last_name"), None);
        let form = EmployeeForm {
            first_name: " Uma ".into(),
            last_name: "Usher".into(),
            email: " UMA@Example.com".into(),
            phone: String::new(),
            role: "user".into(),
            ..Default::default()
        };
        let employee = check_employee(&form, "US").unwrap();
        assert_eq!((employee.name.first.as_str(), employee.email.as_str()), ("Uma", "uma@example.com"));
        assert_eq!((employee.phone, employee.choice), (None, AssignmentChoice::new(Role::User, None, false)));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_gives_a_number_or_a_problem(typed in "[0-9+ ()./-]{0,45}|\\PC{0,20}") {
            for country in ["US", "DE", "GB", "ZZ", ""] {
                if let Ok(Some(number)) = check_phone(&typed, country) {
                    prop_assert_eq!(phone(number.as_str(), country), Ok(Some(number.as_str().to_owned())));
                }
            }
        }
    }
}
