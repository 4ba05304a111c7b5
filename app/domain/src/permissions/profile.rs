use serde::{Deserialize, Serialize};

use super::{Permission, PermissionSet, Section};
use crate::{Checks, Problem, ProfileId, Refusal};

/// Profiles that an account may have: more than anybody keeps apart, few enough to list on one page.
pub const PROFILES_MAX: u32 = 200;
/// Versions that one page of a profile's history shows.
pub const VERSIONS_PER_PAGE: usize = 50;
/// Characters that a profile's name may have.
pub const PROFILE_NAME_MAX_CHARS: usize = 60;
/// Characters that its description may have.
pub const PROFILE_DESCRIPTION_MAX_CHARS: usize = 300;

/// A named set of permissions, assigned to Users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub id: ProfileId,
    pub name: String,
    pub description: String,
    pub permissions: PermissionSet,
    /// Counts changes, so that two editors notice each other.
    pub version: i32,
}

/// The set after somebody who holds `own` switched one permission: its section's master switch goes along where it has to.
///
/// # Errors
/// [`Refusal::PermissionMissing`] for a permission that no profile can hold, and for one that the person who switches lacks: who
/// cannot give something does not take it either, nor anything that goes along with it.
pub fn switched(
    own: PermissionSet,
    set: PermissionSet,
    permission: Permission,
    on: bool,
) -> Result<PermissionSet, Refusal> {
    if permission.admin_only() {
        return Err(Refusal::PermissionMissing(permission));
    }
    let after = if on { set.switched_on(permission) } else { set.switched_off(permission) };
    super::may_grant(own, after.without(set).union(set.without(after)).with(permission))?;
    Ok(after)
}

/// The set after somebody who holds `own` switched everything they hold themselves of one section on, or all of it off.
///
/// # Errors
/// As [`switched`]; switching on gives what it can and refuses only when that is nothing.
pub fn section_switched(
    own: PermissionSet,
    set: PermissionSet,
    section: Section,
    on: bool,
) -> Result<PermissionSet, Refusal> {
    if !on {
        return switched(own, set, Permission::view(section), false);
    }
    super::may_grant(own, PermissionSet::of(&[Permission::view(section)]))?;
    Ok(set.union(PermissionSet::section(section).intersection(own)))
}

/// A whole set as somebody who holds `own` wants it, kept consistent: what needs a master switch that is off goes off too.
///
/// # Errors
/// As [`switched`], for everything that differs.
pub fn replaced(
    own: PermissionSet,
    set: PermissionSet,
    wanted: PermissionSet,
) -> Result<PermissionSet, Refusal> {
    let after = wanted.without(PermissionSet::ADMIN_ONLY).consistent();
    super::may_grant(own, after.without(set).union(set.without(after)))?;
    Ok(after)
}

/// A profile's name and description, trimmed.
///
/// # Errors
/// [`Refusal::Invalid`] for `name` and `description`.
pub fn check_profile_words(name: &str, description: &str) -> Result<(String, String), Refusal> {
    let mut checks = Checks::default();
    let name = checks.note("name", words(name, PROFILE_NAME_MAX_CHARS, true));
    let description = checks.note("description", words(description, PROFILE_DESCRIPTION_MAX_CHARS, false));
    checks.finish(name.zip(description))
}

pub(super) fn words(text: &str, max_chars: usize, required: bool) -> Result<String, Problem> {
    let text = text.trim();
    if required && text.is_empty() {
        return Err(Problem::Required);
    }
    if text.chars().count() > max_chars {
        return Err(Problem::TooLong { max_chars });
    }
    if text.chars().any(char::is_control) {
        return Err(Problem::InvalidText);
    }
    Ok(text.to_owned())
}

/// What a profile opens, in one line: "Contacts, Calendars; no export".
#[must_use]
pub fn summary(set: PermissionSet) -> String {
    let open: Vec<_> =
        Section::ALL.into_iter().filter(|section| set.contains(Permission::view(*section))).collect();
    if open.is_empty() {
        return "Nothing yet".to_owned();
    }
    let sections: Vec<_> = open.iter().map(|section| section.label()).collect();
    let listed =
        if sections.len() == Section::ALL.len() { "Every section".to_owned() } else { sections.join(", ") };
    // Only what an open section could have and people ask for first.
    let missing: Vec<_> = [
        ("sending campaigns", &[Permission::MarketingSendCampaigns][..]),
        ("deleting", DELETING),
        ("export", EXPORTING),
        ("refunds", &[Permission::PaymentsRefund]),
    ]
    .into_iter()
    .filter(|(_, kind)| kind.iter().any(|p| p.section().is_some_and(|section| open.contains(&section))))
    .filter(|(_, kind)| kind.iter().all(|p| !set.contains(*p)))
    .map(|(words, _)| words)
    .collect();
    match &missing[..] {
        [] => listed,
        missing => format!("{listed}; no {}", missing.join(", no ")),
    }
}

const DELETING: &[Permission] = &[
    Permission::ContactsDelete,
    Permission::ConversationsDeleteMessage,
    Permission::OpportunitiesDelete,
    Permission::SitesDelete,
    Permission::AutomationsDelete,
];
const EXPORTING: &[Permission] = &[
    Permission::ContactsExport,
    Permission::OpportunitiesExport,
    Permission::ReportingExport,
    Permission::PaymentsExport,
    Permission::SettingsExportActivity,
];

#[cfg(test)]
mod tests {
    use super::{Permission as P, *};

    #[test]
    fn a_profile_is_told_in_one_line() {
        let cases = [
            (PermissionSet::EMPTY, "Nothing yet"),
            (PermissionSet::of(&[P::CalendarsView]), "Calendars"),
            (
                PermissionSet::of(&[P::ContactsView, P::ContactsExport, P::MarketingView]),
                "Contacts, Marketing; no sending campaigns, no deleting",
            ),
            (PermissionSet::everything(), "Every section"),
        ];
        for (set, line) in cases {
            assert_eq!(summary(set), line);
        }
    }

    #[test]
    fn names_are_trimmed_and_everything_wrong_is_told_at_once() {
        assert_eq!(check_profile_words("  Closers ", " "), Ok(("Closers".into(), String::new())));
        let refusal = check_profile_words(" ", &"x".repeat(301)).unwrap_err();
        assert_eq!(refusal.problem("name"), Some(&Problem::Required));
        assert_eq!(refusal.problem("description"), Some(&Problem::TooLong { max_chars: 300 }));
        assert!(check_profile_words("a\u{0}b", "").is_err());
    }
}
