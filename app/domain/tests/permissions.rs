//! The permission matrix as people can review it, and the rules of sets.

use domain::{
    Permission, PermissionSet, Refusal, Role, Section,
    permissions::{
        Assignment, Preset, ProfileName, Reason, decide, may_be_elevated, may_elevate, may_give, may_grant,
        replaced, section_switched, switched,
    },
};
use proptest::prelude::*;

#[test]
fn role_by_permission() {
    let mut table = String::new();
    for permission in Permission::ALL {
        let mark = |role: Role| if role.permissions().contains(*permission) { "yes" } else { "-" };
        table +=
            &format!("{:<34} admin {:<4} user {}\n", permission.key(), mark(Role::Admin), mark(Role::User));
    }
    insta::assert_snapshot!(table);
}

#[test]
fn preset_by_permission() {
    let mut table = String::new();
    for permission in Permission::ALL {
        table += &format!("{:<34}", permission.key());
        for preset in Preset::ALL {
            let mark = if preset.permissions().contains(*permission) { preset.key() } else { "-" };
            table += &format!(" {mark:<18}");
        }
        table.truncate(table.trim_end().len());
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

#[test]
fn presets_are_consistent_and_hold_nothing_for_admins_only() {
    for preset in Preset::ALL {
        let set = preset.permissions();
        assert_eq!(set.consistent(), set, "{preset:?}");
        assert_eq!(with_profile(Role::User, set, false), set, "{preset:?}");
        assert_eq!(preset.key().parse(), Ok(preset));
    }
    // The example of the help article.
    assert!(!Preset::VirtualAssistant.permissions().contains(Permission::MarketingSendCampaigns));
    assert!(Preset::VirtualAssistant.permissions().contains(Permission::ContactsEdit));
}

#[test]
fn every_key_is_unique_and_reads_back() {
    let mut keys: Vec<_> = Permission::ALL.iter().map(|p| p.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), Permission::ALL.len());
    for permission in Permission::ALL {
        assert_eq!(permission.key().parse::<Permission>().unwrap(), *permission);
    }
    assert!("contacts.fly".parse::<Permission>().is_err());
}

#[test]
fn users_never_hold_what_only_admins_may_do() {
    let floor: PermissionSet = Permission::ALL.iter().copied().filter(|p| p.admin_only()).collect();
    assert_eq!(floor.len(), 6);
    assert!(Role::User.permissions().without(floor) == Role::User.permissions());
    assert!(floor.is_within(Role::Admin.permissions()));
}

#[test]
fn the_standard_set_is_consistent_with_the_master_switches() {
    for permission in Role::User.permissions().iter() {
        let section = permission.section().unwrap();
        assert!(Role::User.permissions().contains(Permission::view(section)), "{permission} without view");
    }
}

/// What somebody of this role may do with a profile that holds `set`.
fn with_profile(role: Role, set: PermissionSet, only_assigned: bool) -> PermissionSet {
    let name = ProfileName { id: Default::default(), name: "Team".into() };
    Assignment::new(role, Some((name, set)), only_assigned).permissions
}

fn any_set() -> impl Strategy<Value = PermissionSet> {
    proptest::collection::vec(0..Permission::ALL.len(), 0..90)
        .prop_map(|indices| indices.into_iter().map(|i| Permission::ALL[i]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_role_is_granted_only_by_somebody_who_holds_all_of_it(own in any_set()) {
        for role in Role::ALL {
            let holds_it = role.permissions().is_within(own);
            prop_assert_eq!(may_give(own, &Assignment::of_role(role)).is_ok(), holds_it);
        }
    }

    #[test]
    fn switching_keeps_master_switches_and_their_sections_together(set in any_set(), index in 0..Permission::ALL.len()) {
        let permission = Permission::ALL[index];
        let on = set.switched_on(permission);
        prop_assert!(on.contains(permission));
        if let Some(section) = permission.section() {
            prop_assert!(on.contains(Permission::view(section)));
            let off = on.switched_off(Permission::view(section));
            prop_assert!(off.iter().all(|p| p.section() != Some(section)));
        }
        prop_assert!(!on.switched_off(permission).contains(permission));
    }

    #[test]
    fn what_is_explained_is_what_is_held(set in any_set(), elevated in any_set()) {
        for (role, profile, only_assigned) in [
            (Role::Admin, Some(set), true),
            (Role::User, Some(set), false),
            (Role::User, Some(set), true),
            (Role::User, None, false),
            (Role::User, None, true),
        ] {
            let named = profile.map(|set| (ProfileName { id: Default::default(), name: "Team".into() }, set));
            let assignment = Assignment::elevated(role, named, only_assigned, elevated);
            let held = assignment.permissions;
            for permission in Permission::ALL {
                let reason = decide(role, profile, only_assigned, elevated, *permission);
                prop_assert_eq!(reason.allows(), held.contains(*permission), "{:?} {}", reason, permission);
                prop_assert_eq!(reason == Reason::Elevated, assignment.elevated.contains(*permission));
                let from_effect = decide(role, profile, only_assigned, assignment.elevated, *permission);
                prop_assert_eq!(reason, from_effect, "what elevations give explains itself: {}", permission);
                prop_assert_eq!(reason == Reason::Admin, role == Role::Admin);
                prop_assert_eq!(reason == Reason::OnlyAdmins, role == Role::User && permission.admin_only());
                if reason == Reason::OnlyAssigned {
                    prop_assert!(decide(role, profile, false, elevated, *permission).allows(), "it is the scope that takes it");
                }
            }
        }
    }

    #[test]
    fn an_elevation_gives_what_it_is_for_and_the_master_switch(set in any_set(), elevated in any_set()) {
        let profile = || Some((ProfileName { id: Default::default(), name: "Team".into() }, set.consistent()));
        for only_assigned in [true, false] {
            let without = Assignment::new(Role::User, profile(), only_assigned);
            let with = Assignment::elevated(Role::User, profile(), only_assigned, elevated);
            let given = elevated.iter().filter(|permission| may_be_elevated(*permission).is_ok());
            let given = given.fold(PermissionSet::EMPTY, PermissionSet::switched_on);
            prop_assert_eq!(with.permissions, without.permissions.union(given));
            prop_assert_eq!(with.permissions.consistent(), with.permissions);
            prop_assert_eq!(with.elevated, given.without(without.permissions));
            prop_assert_eq!(with.grantable(), without.permissions, "an elevation is for use alone");
            let admin = Assignment::elevated(Role::Admin, profile(), only_assigned, elevated);
            prop_assert_eq!(admin, Assignment::new(Role::Admin, profile(), only_assigned));
        }
    }

    #[test]
    fn a_set_reads_back_from_json(set in any_set()) {
        let json = serde_json::to_string(&set).unwrap();
        prop_assert_eq!(serde_json::from_str::<PermissionSet>(&json).unwrap(), set);
    }
}

#[test]
fn sections_partition_all_but_the_floor() {
    let total: u32 = Section::ALL.iter().map(|s| PermissionSet::section(*s).len()).sum();
    assert_eq!(total as usize + 6, Permission::ALL.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    /// 100,000 random pairs of what somebody holds and what they try to give, switch and replace.
    #[test]
    fn nobody_gives_or_takes_what_they_lack(own in any_set(), set in any_set(), wanted in any_set(), index in 0..Permission::ALL.len()) {
        prop_assert_eq!(may_grant(own, wanted).is_ok(), wanted.is_within(own));
        let changed = |after: PermissionSet| after.without(set).union(set.without(after));
        if let Ok(after) = replaced(own, set, wanted) {
            prop_assert!(changed(after).is_within(own));
            prop_assert_eq!(after.consistent(), after);
            prop_assert!(after.without(PermissionSet::ADMIN_ONLY) == after);
        }
        let permission = Permission::ALL[index];
        if let Some(section) = permission.section() {
            for on in [true, false] {
                if let Ok(after) = section_switched(own, set, section, on) {
                    prop_assert!(changed(after).is_within(own));
                    prop_assert!(changed(after).is_within(PermissionSet::section(section)));
                }
            }
        }
        if may_elevate(own, permission).is_ok() {
            let given = Assignment::elevated(Role::User, None, false, PermissionSet::of(&[permission])).permissions;
            prop_assert!(given.without(Role::User.permissions()).is_within(own));
            prop_assert!(own.contains(permission) && may_be_elevated(permission).is_ok());
        }
        for on in [true, false] {
            match switched(own, set, permission, on) {
                Ok(after) => {
                    prop_assert!(own.contains(permission) && !permission.admin_only());
                    prop_assert!(changed(after).is_within(own));
                    prop_assert_eq!(after.contains(permission), on);
                }
                Err(Refusal::PermissionMissing(lacking)) => {
                    prop_assert!(lacking.admin_only() || !own.contains(lacking));
                }
                Err(other) => prop_assert!(false, "{other}"),
            }
        }
    }

    #[test]
    fn no_profile_lifts_the_floor_and_admins_need_none(set in any_set()) {
        for only_assigned in [true, false] {
            let user = with_profile(Role::User, set, only_assigned);
            prop_assert_eq!(user.without(PermissionSet::ADMIN_ONLY), user);
            prop_assert!(user.is_within(set));
            prop_assert_eq!(user.intersection(PermissionSet::ALL_RECORDS).is_empty() || !only_assigned, true);
            prop_assert_eq!(with_profile(Role::Admin, set, only_assigned), PermissionSet::everything());
        }
        prop_assert_eq!(Assignment::of_role(Role::User).permissions, Role::User.permissions());
    }
}
