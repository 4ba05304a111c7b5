//! All SQL of this area, by noun.

pub(super) mod board;
pub(super) mod crossing;
pub(super) mod handed_place;
pub(super) mod handover;
pub(super) mod opportunity;
pub(super) mod owner;
pub(super) mod person;
pub(super) mod pipeline;
pub(super) mod place;
pub(super) mod rule;
pub(super) mod stage;

use crate::stored::number;
