//! Leaving: deactivating or removing somebody, or going oneself, with everything that others depend on.
//!
//! Who gets what is decided before anything is moved, and what a page showed is what is done: if anything is different by then, it is
//! asked again. All of it happens in one transaction, in as many statements for a thousand things as for one. The receipt says exactly
//! what went to whom, and for a day it can be undone.
//!
//! Where nobody can be asked (a guest's last day is over, an access review ends somebody's access) nothing is moved: new bookings pass
//! them over at once, what they hold stays theirs, their page says so, and it is given to others from there.

mod end;
mod holdings;
mod leaver;
mod page;
mod receipt;
mod record;
mod summary;
mod undo;

pub use end::end;
pub(super) use end::end_with_nothing;
pub use page::page;
pub use receipt::receipt;
pub(super) use summary::summary;
pub use undo::undo;
