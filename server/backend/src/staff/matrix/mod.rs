//! Who is in which calendars and pipelines, on one page.

mod change;
mod show;

pub use change::change;
pub use show::show;
