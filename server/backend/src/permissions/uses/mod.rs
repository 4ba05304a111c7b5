//! Which permissions people use, by the day of their account's calendar: the day they would name themselves.
//!
//! A request only sets a bit in memory. Each server writes its bits every [`WRITTEN_EVERY`], and once more when it is told to stop;
//! one that is killed loses what it noted since it wrote last, which may make a permission look unused one day earlier, never longer.

mod noting;
mod sweep;
mod write;

pub(crate) use noting::Noting;
pub use noting::Uses;
pub use sweep::forget_old_uses;
pub use write::{keep_writing_uses, write_uses};
