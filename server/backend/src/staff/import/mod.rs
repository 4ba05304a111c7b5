//! Inviting a whole list of people: a file is read and judged line by line, shown, and then done exactly as it was shown.

mod judge;
mod read_file;
mod result;
mod run;
mod show;
mod upload;

pub(in crate::staff) use judge::Judged;
pub use result::import_result;
pub use run::RunImport;
pub use show::{import, import_progress};
pub use upload::{start_import, upload_import};
