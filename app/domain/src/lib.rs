//! Rules and shared types of Steward: no I/O, no async, no clock, no randomness. "Now" is always a parameter.
//!
//! Browser and server share this crate, so a rule that a page shows is the rule that the server enforces.

pub mod account;
pub mod activity;
pub mod billing;
pub mod calendars;
pub mod colour;
pub mod csv_cell;
pub mod email;
pub mod id;
pub mod identity;
pub mod listing;
pub mod permissions;
pub mod person_name;
pub mod pipelines;
pub mod refusal;
pub mod slug;
pub mod staff;
pub mod text;
pub mod when;

pub use colour::Colour;
pub use email::Email;
pub use id::*;
pub use listing::Page;
pub use permissions::{Permission, PermissionSet, Role, Section};
pub use person_name::PersonName;
pub use refusal::{Checks, FieldProblem, Problem, Refusal, both};
pub use slug::Slug;
pub use when::When;
