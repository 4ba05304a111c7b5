//! Database tests of the use cases: one file a use case, people by name, each succeeds / refused / other account / repeated.

mod account;
mod activity;
mod database;
mod identity;
mod operator;
mod seed;
mod staff;
mod support;
