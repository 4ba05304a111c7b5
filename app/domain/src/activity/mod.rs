//! What people did, in plain words.

mod appointment_act;
mod area;
mod billing_act;
mod calendar_act;
mod change;
mod event;
mod opportunity_act;
mod pipeline_act;
mod record;

pub use appointment_act::{AppointmentAct, EventHost};
pub use area::Area;
pub use billing_act::BillingAct;
pub use calendar_act::CalendarAct;
pub use change::{Change, changes};
pub use event::Event;
pub use opportunity_act::OpportunityAct;
pub use pipeline_act::PipelineAct;
pub use record::{ActivityFilter, ActivityPerson, ActivityRow, ChainBreak, ExportState, Verification};
