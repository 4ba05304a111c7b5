//! Leaving: what somebody holds, who gets it when their place ends, and what of that can be given back.
//!
//! Nothing is moved in silence, and nothing stays behind unnoticed: for each kind of thing that somebody holds there is an answer, and
//! "it stays with them for now" is one.

mod answer;
mod appointments;
mod held;
mod kind;
mod page;
mod plan;
mod receipt;
mod share;
mod told;
mod undo;
mod way;

pub use answer::{Answer, AnswerForm, Answers, LeavingForm};
pub use held::{
    Held, HeldAppointment, HeldCalendar, HeldOpportunity, HeldPipeline, Receiver, Round, Surroundings,
};
pub use kind::HeldKind;
pub use page::{HeldPart, LeavingPage, Planned, PossibleReceiver};
pub use plan::{Draw, Fate, Plan, plan};
pub use receipt::{LeavingLine, LeavingSummary, Receipt, ReceiptItem, ReceiptSum, Returned};
pub use share::share_out;
pub use told::sums;
pub use undo::{
    AppointmentNow, AppointmentPut, OpportunityNow, OpportunityPut, Place, PlaceNow, PlacePut, UNDO_HOURS,
    may_be_undone, return_appointment, return_opportunity, return_place,
};
pub use way::LeavingWay;
