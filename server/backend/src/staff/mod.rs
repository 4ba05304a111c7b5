//! Members and invitations.
//!
//! An invitation is one row per account and address, refreshed in place. Its link is good for one person, one account and one
//! role, and only as long as somebody with the right to give that role stands behind it.

mod accept;
mod ask_again;
mod change_invitation;
mod check_employee;
mod copy_link;
mod invitation;
mod invite;
mod join_link;
pub(crate) mod letters;
mod list;
mod open_link;
mod queries;
mod record_delivery;
mod resend;
mod revoke;

pub use accept::{accept_signed_in, accept_with_password};
pub use ask_again::ask_again;
pub use change_invitation::change_invitation;
pub(crate) use check_employee::{check_employee, check_phone};
pub use copy_link::copy_link;
pub use invitation::invitation;
pub use invite::invite;
pub(crate) use invite::invite_in;
pub use list::list;
pub use open_link::open_link;
pub(crate) use record_delivery::record_delivery;
pub use resend::resend;
pub use revoke::revoke;
