//! The one decision about what somebody may do, with what it rests on.

use serde::{Deserialize, Serialize};

use super::{Permission, PermissionSet, Role};

/// What a decision rests on; each says by itself whether it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Admins may do everything.
    Admin,
    /// A floor for Users that no profile lifts.
    OnlyAdmins,
    /// The person's profile has it switched on.
    ProfileGrants,
    ProfileLacks,
    /// A User without a profile: it is in the built-in set.
    StandardGrants,
    StandardLacks,
    /// Neither profile nor built-in set has it, but somebody gave it beside them: for a time, or for good.
    Elevated,
    /// It would be given, but this person works with what is assigned to them only.
    OnlyAssigned,
}

impl Reason {
    #[must_use]
    pub const fn allows(self) -> bool {
        match self {
            Self::Admin | Self::ProfileGrants | Self::StandardGrants | Self::Elevated => true,
            Self::OnlyAdmins | Self::ProfileLacks | Self::StandardLacks | Self::OnlyAssigned => false,
        }
    }
}

/// Why somebody with this role, profile (its set; none for the built-in one), scope and elevations may or may not do something. What
/// people hold is made from this ([`super::Assignment::elevated`]), so an explanation never says anything else than a check.
///
/// An elevation gives what it is for and its section's master switch. It lifts neither the floor nor a scope.
#[must_use]
pub fn decide(
    role: Role,
    profile: Option<PermissionSet>,
    only_assigned: bool,
    elevated: PermissionSet,
    permission: Permission,
) -> Reason {
    if role == Role::Admin {
        return Reason::Admin;
    }
    if permission.admin_only() {
        return Reason::OnlyAdmins;
    }
    let reason = match profile {
        Some(set) if set.contains(permission) => Reason::ProfileGrants,
        Some(_) => Reason::ProfileLacks,
        None if role.permissions().contains(permission) => Reason::StandardGrants,
        None => Reason::StandardLacks,
    };
    match reason.allows() {
        true if only_assigned && permission.is_scope() => Reason::OnlyAssigned,
        false if elevates(elevated, permission) => Reason::Elevated,
        _ => reason,
    }
}

fn elevates(elevated: PermissionSet, permission: Permission) -> bool {
    let elevated = elevated.without(PermissionSet::ALL_RECORDS);
    let opens = |section| !elevated.intersection(PermissionSet::section(section)).is_empty();
    elevated.contains(permission) || (permission.is_view() && permission.section().is_some_and(opens))
}
