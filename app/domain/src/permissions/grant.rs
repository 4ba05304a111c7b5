//! The one decision about giving access: nobody gives what they lack, on whatever path.

use super::{Assignment, Permission as P, PermissionSet, Role};
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

/// Whether somebody who holds `own` may give somebody (or keep, or take from them) a whole assignment.
///
/// # Errors
/// [`Refusal::PermissionMissing`] naming what the giver lacks; for Admin that is first of all granting Admin.
pub fn may_give(own: PermissionSet, assignment: &Assignment) -> Result<(), Refusal> {
    if assignment.role == Role::Admin && !own.contains(P::GrantAdmin) {
        return Err(Refusal::PermissionMissing(P::GrantAdmin));
    }
    may_grant(own, assignment.permissions)
}
