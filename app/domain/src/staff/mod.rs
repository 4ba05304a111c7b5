//! Members of an account and the people invited to it.

mod employee;
mod import;
mod invitation;
mod join;
mod listing;
mod member;
mod phone;

pub use employee::{Employee, EmployeeForm};
pub use import::{ImportProgress, ImportRow, ImportVerdict, StaffImport};
pub use invitation::{
    Delivery, INVITATION_DAYS, InvitationDetails, InvitationState, LinkVerdict, link_verdict, may_invite_as,
};
pub use join::{DeadLink, JoinOffer, JoinPage, JoinStep};
pub use listing::{SortDirection, StaffFilter, StaffId, StaffRow, StaffSort, StaffStatus, StatusFilter};
pub use member::{MemberDetails, MemberState};
pub use phone::PhoneNumber;
