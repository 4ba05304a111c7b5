//! The access review: all of them, and one with its people.

mod acts;
mod line;
mod list;
mod questions;
mod show;

pub use list::ReviewsPage;
pub use show::ReviewPage;
