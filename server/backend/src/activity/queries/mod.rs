//! SQL of the log, by noun.

mod chain;
mod export;
mod listing;

pub(super) use chain::*;
pub(super) use export::*;
pub(super) use listing::*;
