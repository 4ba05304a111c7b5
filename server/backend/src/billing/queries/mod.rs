//! The statements of billing, by the table they are about.

pub(super) mod attempt;
pub(super) mod book;
pub(super) mod card;
pub(super) mod invoice;
pub(super) mod ledger;
pub(super) mod notice;
pub(super) mod plan;
pub(super) mod quote;
pub(super) mod usage;
