//! Pipelines, their stages, who is in them, and the opportunities on their way through them.
//!
//! Whoever manages pipelines sees them all; everybody else those they are in, by hand or by their profile, and the others are not
//! there for them. Of what stands in them, whoever lacks the scope of everybody's sees, counts and touches only what is theirs.

mod create;
mod delete;
mod deletion;
mod edit;
pub(crate) mod handover;
mod list;
mod matrix;
pub mod opportunities;
mod people;
mod places;
mod queries;
mod rename;
mod reorder;
mod show;
mod sight;
mod stages;

pub use create::create;
pub(crate) use create::made;
pub use delete::{Target, delete};
pub use deletion::deletion;
pub use list::{list, names};
pub(crate) use matrix::{matrix_cells, matrix_places};
pub(crate) use people::place_people;
pub use people::{add_member, set_member, set_rule};
pub(crate) use places::{by_hand, let_go, let_in, named_places, place_choices};
pub use rename::rename;
pub use reorder::reorder;
pub use show::show;
pub use stages::{add_stage, change_stage, delete_stage, move_stage};
