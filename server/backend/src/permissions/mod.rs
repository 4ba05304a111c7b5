//! Permission profiles: named sets of permissions that Users hold.
//!
//! Whoever makes, changes, copies, restores, imports or assigns a profile gives and takes only what they hold themselves, decided
//! under the account's lock with their rights of that instant. Every state of a profile is kept, so nothing is lost by a change, and
//! two editors never overwrite each other unnoticed.

mod assign;
mod assignment;
mod change_words;
mod choices;
mod compare;
mod create;
mod delete;
pub mod draft;
mod edit;
pub mod elevation;
mod explain;
mod export;
mod file;
mod history;
mod import;
mod list;
mod profile;
mod queries;
mod replace;
mod restore;
mod source;
mod switch;
mod tell;
mod touched;
mod unused;
mod uses;
mod why;

pub use assign::{assign, unassign};
pub(crate) use assignment::{
    ProfileColumns, access_now, assignment, keys_of, note_given, require_now, resolve, set_of,
};
pub use change_words::change_words;
pub use choices::choices;
pub use compare::compared;
pub(crate) use create::put;
pub use create::{Start, create};
pub use delete::{Replacement, delete};
pub use explain::{explain, member_access};
pub use export::{ProfileFile, export};
pub use history::history;
pub use import::import;
pub use list::list;
pub use profile::profile;
pub use replace::replace;
pub use restore::{restore, undo};
pub(crate) use source::source_now;
pub use switch::{Switch, switch};
pub(crate) use tell::{reassigned_letter, tell_reassigned};
pub use touched::takes_from_people;
pub(crate) use unused::by_member;
pub use unused::{keep_permission, member_unused, profile_use, stop_keeping_permission};
pub(crate) use uses::Noting;
pub use uses::{Uses, forget_old_uses, keep_writing_uses, write_uses};
pub use why::why_changed;
