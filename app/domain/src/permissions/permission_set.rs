use serde::{Deserialize, Serialize};

use super::{Permission, Section};

/// A set of permissions: one bit each, so that a check is one instruction and a set can be copied freely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Permission>", into = "Vec<Permission>")]
pub struct PermissionSet(u128);

const _: () = assert!(Permission::ALL.len() <= 128, "a PermissionSet has 128 bits");

impl PermissionSet {
    pub const EMPTY: Self = Self(0);

    #[must_use]
    pub const fn of(permissions: &[Permission]) -> Self {
        let mut set = Self::EMPTY;
        let mut i = 0;
        while i < permissions.len() {
            set = set.with(permissions[i]);
            i += 1;
        }
        set
    }

    /// The floor that no profile lifts.
    pub const ADMIN_ONLY: Self = {
        let mut set = Self::EMPTY;
        let mut i = 0;
        while i < Permission::ALL.len() {
            if Permission::ALL[i].admin_only() {
                set = set.with(Permission::ALL[i]);
            }
            i += 1;
        }
        set
    };

    /// Every data scope: what "only assigned" takes from somebody.
    pub const ALL_RECORDS: Self = Self::of(&[
        Permission::ContactsAllRecords,
        Permission::ConversationsAllRecords,
        Permission::OpportunitiesAllRecords,
        Permission::CalendarsAllRecords,
    ]);

    /// What use cases of Steward itself ask for, so that Steward sees it used. Everything else is asked for by connected
    /// applications: nothing says yet whether it was.
    pub const SEEN_BY_STEWARD: Self = Self::of(&[
        Permission::DashboardView,
        Permission::OpportunitiesView,
        Permission::OpportunitiesCreate,
        Permission::OpportunitiesEdit,
        Permission::OpportunitiesMoveStage,
        Permission::OpportunitiesChangeValue,
        Permission::OpportunitiesAssign,
        Permission::OpportunitiesDelete,
        Permission::OpportunitiesManagePipelines,
        Permission::CalendarsView,
        Permission::CalendarsBook,
        Permission::CalendarsEditAny,
        Permission::CalendarsBlockTime,
        Permission::CalendarsManage,
        Permission::CalendarsManageRoundRobin,
        Permission::SettingsViewStaff,
        Permission::SettingsInviteStaff,
        Permission::SettingsEditStaff,
        Permission::SettingsManageProfiles,
        Permission::SettingsViewActivity,
        Permission::SettingsExportActivity,
        Permission::SettingsViewBilling,
        Permission::ChangeBilling,
        Permission::AccountSettings,
        Permission::RemovePeople,
        Permission::ReviewAccess,
    ]);

    #[must_use]
    pub const fn everything() -> Self {
        Self::of(Permission::ALL)
    }

    #[must_use]
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & Self::bit(permission) != 0
    }

    /// Adds `permission` exactly; use [`Self::switched_on`] for what a person switches.
    #[must_use]
    pub const fn with(self, permission: Permission) -> Self {
        Self(self.0 | Self::bit(permission))
    }

    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in one of the two only.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }

    /// Whether everything in `self` is also in `other`.
    #[must_use]
    pub const fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Switching a permission on switches its section's `view` on.
    #[must_use]
    pub const fn switched_on(self, permission: Permission) -> Self {
        match permission.section() {
            Some(section) => self.with(Permission::view(section)).with(permission),
            None => self.with(permission),
        }
    }

    /// Switching a section's `view` off switches the whole section off.
    #[must_use]
    pub fn switched_off(self, permission: Permission) -> Self {
        match permission.section() {
            Some(section) if Permission::view(section) == permission => self.without(Self::section(section)),
            _ => Self(self.0 & !Self::bit(permission)),
        }
    }

    /// Without what needs a master switch that is off.
    #[must_use]
    pub fn consistent(self) -> Self {
        self.iter()
            .filter(|p| p.section().is_none_or(|section| self.contains(Permission::view(section))))
            .collect()
    }

    /// These without the master switches that the rest of `held` needs: what can go from it and takes nothing else along.
    #[must_use]
    pub fn removable_from(self, held: Self) -> Self {
        let rest = held.without(self);
        let needed = |p: &Permission| {
            p.is_view()
                && p.section().is_some_and(|section| !Self::section(section).intersection(rest).is_empty())
        };
        self.iter().filter(|p| !needed(p)).collect()
    }

    /// Everything of one section.
    #[must_use]
    pub fn section(section: Section) -> Self {
        Permission::ALL.iter().filter(|p| p.section() == Some(section)).copied().collect()
    }

    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |p| self.contains(*p))
    }

    const fn bit(permission: Permission) -> u128 {
        1 << (permission as u8)
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::EMPTY, Self::with)
    }
}
impl From<Vec<Permission>> for PermissionSet {
    fn from(permissions: Vec<Permission>) -> Self {
        permissions.into_iter().collect()
    }
}
impl From<PermissionSet> for Vec<Permission> {
    fn from(set: PermissionSet) -> Self {
        set.iter().collect()
    }
}
