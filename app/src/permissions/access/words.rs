//! Decisions in sentences.

use domain::{
    Permission,
    permissions::{MemberAccess, Reason, STANDARD_USER_LABEL},
};

pub(super) fn may_word(may: bool) -> &'static str {
    if may { "Yes" } else { "No" }
}

/// What decides, in one line.
pub(super) fn one_line(access: &MemberAccess, permission: Permission) -> String {
    let profile = access.assignment.profile_label();
    match access.reason(permission) {
        Reason::Admin => "Admins may do everything.".to_owned(),
        Reason::OnlyAdmins => "Only Admins may; no profile gives it to Users.".to_owned(),
        Reason::ProfileGrants => format!("The profile “{profile}” has it switched on."),
        Reason::ProfileLacks => format!("The profile “{profile}” has it switched off."),
        Reason::StandardGrants => format!("Users without a profile may (“{STANDARD_USER_LABEL}”)."),
        Reason::StandardLacks => format!("Users without a profile may not (“{STANDARD_USER_LABEL}”)."),
        Reason::Elevated => {
            let given = access.elevation(permission).and_then(|elevation| elevation.given.as_ref());
            let by = given.map_or("Somebody", |given| given.by.as_str());
            let time = if given.is_some_and(|given| given.ends_at.is_some()) { "a time" } else { "good" };
            format!("{by} gave it for {time}, beside the profile.")
        }
        Reason::OnlyAssigned => "Limited to what is assigned to them.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        PermissionSet, Role,
        permissions::{Assignment, GivenElevation, MemberElevation, ProfileName},
        staff::MemberState,
    };

    use super::*;

    fn access(role: Role, set: Option<PermissionSet>, only_assigned: bool) -> MemberAccess {
        let name = ProfileName { id: Default::default(), name: "Closers".into() };
        MemberAccess {
            member: Default::default(),
            account: Default::default(),
            account_name: "Acme".into(),
            name: "Uma Tester".into(),
            state: MemberState::Active,
            last_day: None,
            assignment: Assignment::new(role, set.map(|set| (name, set)), only_assigned),
            profile_set: set,
            elevations: vec![],
        }
    }

    #[test]
    fn each_line_says_what_decides() {
        let set = PermissionSet::of(&[Permission::ContactsView, Permission::ContactsAllRecords]);
        let line = |role, set, only, permission| one_line(&access(role, set, only), permission);
        let cases = [
            (line(Role::Admin, None, false, Permission::CloseAccount), "Admins may do everything."),
            (
                line(Role::User, Some(set), false, Permission::CloseAccount),
                "Only Admins may; no profile gives it to Users.",
            ),
            (
                line(Role::User, Some(set), false, Permission::ContactsView),
                "The profile “Closers” has it switched on.",
            ),
            (
                line(Role::User, Some(set), false, Permission::ContactsEdit),
                "The profile “Closers” has it switched off.",
            ),
            (
                line(Role::User, None, false, Permission::ContactsEdit),
                "Users without a profile may (“Standard user”).",
            ),
            (
                line(Role::User, None, false, Permission::SitesView),
                "Users without a profile may not (“Standard user”).",
            ),
            (
                line(Role::User, Some(set), true, Permission::ContactsAllRecords),
                "Limited to what is assigned to them.",
            ),
        ];
        for (said, expected) in cases {
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn what_was_given_beside_the_profile_says_by_whom_and_for_how_long() {
        let now = chrono::DateTime::UNIX_EPOCH;
        let given = |ends_at| GivenElevation { at: now, by: "Olive Tester".into(), ends_at };
        let elevation =
            |permission, ends_at| MemberElevation { permission, asked_at: now, given: Some(given(ends_at)) };
        let set = PermissionSet::of(&[Permission::SitesEdit, Permission::SitesPublish]);
        let uma = MemberAccess {
            assignment: Assignment::elevated(Role::User, None, false, set),
            elevations: vec![
                elevation(Permission::SitesEdit, Some(now)),
                elevation(Permission::SitesPublish, None),
            ],
            ..access(Role::User, None, false)
        };
        let for_a_time = "Olive Tester gave it for a time, beside the profile.";
        let for_good = "Olive Tester gave it for good, beside the profile.";
        assert_eq!(one_line(&uma, Permission::SitesEdit), for_a_time);
        assert_eq!(one_line(&uma, Permission::SitesPublish), for_good);
        assert_eq!(one_line(&uma, Permission::SitesView), for_good, "it comes along with the longest");
    }
}
