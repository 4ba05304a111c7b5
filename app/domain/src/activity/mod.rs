//! What people did, in plain words.

mod area;
mod change;
mod event;
mod opportunity_act;
mod pipeline_act;
mod record;

pub use area::Area;
pub use change::{Change, changes};
pub use event::Event;
pub use opportunity_act::OpportunityAct;
pub use pipeline_act::PipelineAct;
pub use record::{ActivityFilter, ActivityPerson, ActivityRow, ChainBreak, ExportState, Verification};
