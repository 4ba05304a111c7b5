//! Database tests of the use cases: one file a use case, people by name, each succeeds / refused / other account / repeated.

mod activity;
mod database;
mod identity;
mod staff;
mod support;
