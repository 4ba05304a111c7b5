//! When people work, and when they cannot be booked although they do.

mod add_time_off;
mod hours;
mod remove_time_off;
mod set_hours;
mod time_off;

pub use add_time_off::add_time_off;
pub use hours::hours;
pub use remove_time_off::remove_time_off;
pub use set_hours::set_hours;
pub use time_off::time_off;

use domain::{MemberId, Permission};

use crate::{Access, Result, calendars::sight::Sight};

/// # Errors
/// [`domain::Refusal::PermissionMissing`] without `own` for oneself, without `others` for somebody else.
fn require(access: &Access, member: MemberId, own: Permission, others: Permission) -> Result<()> {
    access.require(if access.member_id() == Some(member) { own } else { others })
}

/// For blocking somebody's time, and for opening it again.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
fn require_block(access: &Access, member: MemberId) -> Result<()> {
    match access.member_id() == Some(member) {
        true => access.require(Permission::CalendarsBlockTime),
        false => access.require(Permission::CalendarsEditAny),
    }
}

/// Whether somebody else's time is there for the actor at all.
fn is_hidden(access: &Access, member: MemberId) -> bool {
    Sight::of(access).owner.is_some_and(|own| own != member)
}
