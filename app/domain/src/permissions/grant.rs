//! The one decision about giving access: nobody gives what they lack, on whatever path.

use super::{Permission as P, PermissionSet, Role};
use crate::Refusal;

/// Whether somebody who holds `own` may give (or take away by hand) every permission of `wanted`.
///
/// # Errors
/// [`Refusal::PermissionMissing`] naming the first permission that the giver lacks.
pub fn may_grant(own: PermissionSet, wanted: PermissionSet) -> Result<(), Refusal> {
    match wanted.without(own).iter().next() {
        Some(lacking) => Err(Refusal::PermissionMissing(lacking)),
        None => Ok(()),
    }
}

/// Whether somebody who holds `own` may give somebody the role `role` without a profile.
///
/// # Errors
/// [`Refusal::PermissionMissing`] naming what the giver lacks; for Admin that is first of all granting Admin.
pub fn may_grant_role(own: PermissionSet, role: Role) -> Result<(), Refusal> {
    if role == Role::Admin && !own.contains(P::GrantAdmin) {
        return Err(Refusal::PermissionMissing(P::GrantAdmin));
    }
    may_grant(own, role.permissions())
}
