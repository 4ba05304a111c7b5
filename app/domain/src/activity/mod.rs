//! What people did, in plain words.

mod area;
mod change;
mod event;
mod record;

pub use area::Area;
pub use change::{Change, changes};
pub use event::Event;
pub use record::{ActivityFilter, ActivityPerson, ActivityRow, ChainBreak, ExportState, Verification};
