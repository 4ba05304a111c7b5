//! Members of an account and the people invited to it.

mod employee;
mod import;
mod invitation;
mod join;
mod last_day;
pub mod leaving;
mod listing;
mod matrix;
mod member;
mod phone;
mod places;
mod review;
mod standing;

pub use employee::{Employee, EmployeeForm};
pub use import::{
    IMPORT_MAX_BYTES, IMPORT_MAX_LINES, IMPORT_SAMPLE, ImportFilter, ImportProgress, ImportRow,
    ImportVerdict, Known, StaffImport, VerdictKind, import_verdict, whereabouts,
};
pub use invitation::{
    Delivery, INVITATION_DAYS, InvitationDetails, InvitationState, LinkVerdict, link_verdict, may_invite_as,
};
pub use join::{DeadLink, JoinOffer, JoinPage, JoinStep};
pub use last_day::{LAST_DAY_REMINDERS, LastDay};
pub use listing::{
    ReadinessFilter, SortDirection, StaffFilter, StaffId, StaffRow, StaffSort, StaffStatus, StatusFilter,
};
pub use matrix::{
    Crossing, Matrix, MatrixCell, MatrixFilter, MatrixPerson, MatrixPlace, PLACES_PER_PAGE, PlaceMoves,
    PlaceStanding, check_matrix,
};
pub use member::{MemberDetails, MemberForm, MemberState};
pub use phone::PhoneNumber;
pub use places::{
    Answered, Group, Moves, NO_PLACE, NamedPlace, Place, PlaceChoice, ProfilePlaces, SuggestedPlace,
    check_places,
};
pub use review::{
    Decision, ReviewFilter, ReviewLine, ReviewNeed, ReviewState, ReviewSummary, Reviews,
    VERDICT_NOTE_MAX_CHARS, Verdict, check_verdict_note, review_due_at,
};
pub use standing::{Standing, may_act_on, may_reassign};
