//! The insert-only, hash-chained log of what people did.

mod export;
mod list;
mod queries;
mod record;
mod scope;
mod verify;
mod write_export;

pub use export::{export_file, exports, request_export};
pub(crate) use list::last_change_of_access;
pub use list::{list, people, person};
pub use record::{record, record_all};
pub use verify::verify;
pub use write_export::WriteExport;
