//! Random cases of what somebody holds and what they try to give.

use domain::{Permission, PermissionSet};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

/// What a giver needs to try anything at all.
pub const MANAGING: PermissionSet = PermissionSet::of(&[
    Permission::SettingsView,
    Permission::SettingsManageProfiles,
    Permission::SettingsEditStaff,
    Permission::SettingsInviteStaff,
    Permission::SettingsViewStaff,
]);

/// Two sets that a profile can hold, and one permission. The same cases each time, so that a failure can be looked at again.
pub fn random_sets(cases: usize) -> Vec<(PermissionSet, PermissionSet, Permission)> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let set = || {
        proptest::collection::vec(0..Permission::ALL.len(), 0..60).prop_map(|picked| {
            let set: PermissionSet = picked.into_iter().map(|index| Permission::ALL[index]).collect();
            set.without(PermissionSet::ADMIN_ONLY).consistent()
        })
    };
    let one = (0..Permission::ALL.len()).prop_map(|index| Permission::ALL[index]);
    let strategy = (set(), set(), one);
    (0..cases).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}
