//! All SQL of this area, by noun.

pub(super) mod attention;
pub(super) mod delivery;
pub(super) mod finding;
pub(super) mod import;
pub(super) mod import_run;
pub(super) mod invitation;
pub(super) mod joining;
pub(super) mod leaving;
pub(super) mod leaving_item;
pub(super) mod listing;
pub(super) mod matrix;
pub(super) mod member;
pub(super) mod places;
pub(super) mod readiness;
pub(super) mod review;
pub(super) mod review_line;
mod staff_row;
