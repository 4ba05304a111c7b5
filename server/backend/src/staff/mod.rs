//! Members and invitations.
//!
//! An invitation is one row per account and address, refreshed in place. Its link is good for one person, one account and one
//! role, and only as long as somebody with the right to give that role stands behind it. Whoever acts on a member holds at least
//! that member's rights, and an account keeps an active Admin on every path.

mod accept;
mod acted_on;
mod ask_again;
pub mod attention;
mod change_invitation;
mod change_member;
mod check_employee;
mod deactivate;
pub(crate) mod guest;
mod import;
mod invitation;
mod invite;
mod join_link;
mod leave;
pub mod leaving;
pub(crate) mod letters;
mod list;
mod mail_limits;
mod mail_link;
pub mod matrix;
mod member;
mod member_sessions;
mod open_link;
mod places;
mod queries;
mod reactivate;
mod readiness;
mod reassigned;
mod record_delivery;
mod remove;
mod resend;
mod review;
mod revoke;
mod show_link;

pub use accept::{accept_signed_in, accept_with_password};
pub(crate) use acted_on::{ActedOn, act_on};
pub use ask_again::ask_again;
pub use change_invitation::change_invitation;
pub use change_member::change_member;
use check_employee::check_guest;
pub(crate) use check_employee::{check_employee, check_phone};
pub use deactivate::deactivate;
pub use import::{RunImport, import, import_progress, import_result, start_import, upload_import};
pub use invitation::{InvitationPage, invitation};
pub use invite::invite;
pub use leave::leave;
pub use list::list;
pub use mail_link::mail_link;
pub use member::{MemberPage, member, member_page};
pub use member_sessions::end_member_sessions;
pub use open_link::open_link;
pub use places::{member_places, place_choices, profile_places};
pub use reactivate::reactivate;
pub(crate) use readiness::own_missing;
pub use readiness::{PlacesToJoin, need_no_place};
pub(crate) use reassigned::reassigned;
pub(crate) use record_delivery::record_delivery;
pub use remove::remove;
pub use resend::resend;
pub(crate) use review::review_need;
pub use review::{ReviewPage, decide, finish_review, review, review_file, reviews, start_review};
pub use revoke::revoke;
pub use show_link::show_link;
