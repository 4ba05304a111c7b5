//! All SQL of this area, by noun.

pub(super) mod given;
pub(super) mod holder;
pub(super) mod profile;
pub(super) mod version;
