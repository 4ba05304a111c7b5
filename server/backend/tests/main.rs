//! Database tests of the use cases: one file a use case, people by name, each succeeds / refused / other account / repeated.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test's helpers stand outside the functions that clippy knows to be tests"
)]

mod account;
mod activity;
mod billing;
mod calendars;
mod database;
mod identity;
mod jobs;
mod operator;
mod permissions;
mod pipelines;
mod seed;
mod staff;
mod support;
