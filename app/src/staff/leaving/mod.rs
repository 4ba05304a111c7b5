//! Before and after somebody's place ends: who gets what, and the receipt.

mod ask;
mod part;
mod planned;
mod receipt;

pub(super) use ask::LeavingPage;
pub(super) use receipt::ReceiptPage;
