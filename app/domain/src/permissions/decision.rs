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
    /// It would be given, but this person works with what is assigned to them only.
    OnlyAssigned,
}

impl Reason {
    #[must_use]
    pub const fn allows(self) -> bool {
        match self {
            Self::Admin | Self::ProfileGrants | Self::StandardGrants => true,
            Self::OnlyAdmins | Self::ProfileLacks | Self::StandardLacks | Self::OnlyAssigned => false,
        }
    }
}

/// Why somebody with this role, profile (its set; none for the built-in one) and scope may or may not do something. What people hold
/// is made from this ([`super::Assignment::new`]), so an explanation never says anything else than a check.
#[must_use]
pub fn decide(
    role: Role,
    profile: Option<PermissionSet>,
    only_assigned: bool,
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
    if reason.allows() && only_assigned && permission.is_scope() { Reason::OnlyAssigned } else { reason }
}
