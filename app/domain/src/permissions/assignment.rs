use serde::{Deserialize, Serialize};

use super::{Permission, PermissionSet, Reason, Role, decide};
use crate::ProfileId;

/// What somebody is given in an account, as it is chosen: a role, and for Users a profile and a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssignmentChoice {
    pub role: Role,
    /// None for Admins, and for Users with the built-in set.
    pub profile: Option<ProfileId>,
    /// Narrows whatever the profile opens to records assigned to this person.
    pub only_assigned: bool,
}

impl AssignmentChoice {
    /// A choice without what the role has no use for: Admins have everything, whatever else was chosen.
    #[must_use]
    pub fn new(role: Role, profile: Option<ProfileId>, only_assigned: bool) -> Self {
        match role {
            Role::Admin => Self { role, profile: None, only_assigned: false },
            Role::User => Self { role, profile, only_assigned },
        }
    }
}

/// A profile as it is called, where its set does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileName {
    pub id: ProfileId,
    pub name: String,
}

/// What somebody is given, and what that comes to at this instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    pub role: Role,
    pub profile: Option<ProfileName>,
    pub only_assigned: bool,
    /// What they may do.
    pub permissions: PermissionSet,
    /// What of it only elevations give.
    #[serde(default)]
    pub elevated: PermissionSet,
}

impl Assignment {
    /// Admins need no profile, and no profile lifts what only Admins may do.
    #[must_use]
    pub fn new(role: Role, profile: Option<(ProfileName, PermissionSet)>, only_assigned: bool) -> Self {
        Self::elevated(role, profile, only_assigned, PermissionSet::EMPTY)
    }

    /// As [`Self::new`], with what somebody has beside it at this instant.
    #[must_use]
    pub fn elevated(
        role: Role,
        profile: Option<(ProfileName, PermissionSet)>,
        only_assigned: bool,
        elevated: PermissionSet,
    ) -> Self {
        let (profile, set) = profile.unzip();
        let (mut permissions, mut beside) = (PermissionSet::EMPTY, PermissionSet::EMPTY);
        for permission in Permission::ALL.iter().copied() {
            let reason = decide(role, set, only_assigned, elevated, permission);
            if reason.allows() {
                permissions = permissions.with(permission);
            }
            if reason == Reason::Elevated {
                beside = beside.with(permission);
            }
        }
        Self { role, profile, only_assigned, permissions, elevated: beside }
    }

    /// A role as it is without a profile.
    #[must_use]
    pub fn of_role(role: Role) -> Self {
        Self::new(role, None, false)
    }

    /// What of it they may give on. An elevation is for use alone: whoever could give it on, to others or to a profile of their own,
    /// would make it outlast its end.
    #[must_use]
    pub const fn grantable(&self) -> PermissionSet {
        self.permissions.without(self.elevated)
    }

    #[must_use]
    pub fn choice(&self) -> AssignmentChoice {
        AssignmentChoice {
            role: self.role,
            profile: self.profile.as_ref().map(|profile| profile.id),
            only_assigned: self.only_assigned,
        }
    }

    /// The profile's name; the built-in set's for Users without one, the role's for Admins.
    #[must_use]
    pub fn profile_label(&self) -> &str {
        match (&self.profile, self.role) {
            (Some(profile), Role::User) => &profile.name,
            (None, Role::User) => STANDARD_USER_LABEL,
            (_, Role::Admin) => Role::Admin.label(),
        }
    }

    /// The scope in words.
    #[must_use]
    pub fn scope_label(&self) -> &'static str {
        if self.only_assigned { "Only what is assigned to them" } else { "As the profile says" }
    }
}

/// What the set of Users without a profile is called.
pub const STANDARD_USER_LABEL: &str = "Standard user";
