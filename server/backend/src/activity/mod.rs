//! The insert-only, hash-chained log of what people did.

mod queries;
mod record;

pub use record::record;
