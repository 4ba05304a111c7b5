//! HTTP tests: by URL and status, as browsers and scripts ask.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test's helpers stand outside the functions that clippy knows to be tests"
)]

#[path = "../../backend/tests/support/mod.rs"]
#[allow(dead_code, reason = "the people of the database tests; not everything of them is needed here")]
mod support;

mod access_coverage;
mod access_table;
mod activity;
mod appointments;
mod attention;
mod booking_pages;
mod caching;
mod elevation;
mod errors;
mod explanations;
mod fields;
mod files;
mod granting;
mod hang_up;
mod hostile;
mod http_support;
mod inbound;
mod join_pages;
mod leaving;
mod live;
mod normal_build;
mod page_coverage;
mod pages;
mod paused;
mod plain_forms;
mod preview;
mod process_support;
mod processes;
mod profile_pages;
mod queries;
mod secrets;
mod sections;
mod security;
mod simulate;
mod staff_import;
mod staff_members;
mod staff_pages;
