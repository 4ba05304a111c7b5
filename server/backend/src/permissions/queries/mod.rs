//! All SQL of this area, by noun.

pub(super) mod draft;
pub(super) mod elevation;
pub(super) mod explanation;
pub(super) mod given;
pub(super) mod holder;
pub(super) mod kept;
pub(super) mod notice;
pub(super) mod profile;
pub(super) mod uses;
pub(super) mod version;
