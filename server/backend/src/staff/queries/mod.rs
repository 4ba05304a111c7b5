//! All SQL of this area, by noun.

pub(super) mod delivery;
pub(super) mod invitation;
pub(super) mod joining;
pub(super) mod listing;
mod staff_row;
