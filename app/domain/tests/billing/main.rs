//! Billing as a whole: stories of one account with everything that comes of them, and what holds for every story.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests, not the product")]

mod account;
mod doubt;
mod engine;
mod machine;
mod properties;
mod stories;
mod story;
