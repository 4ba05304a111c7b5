//! Wiring and HTTP: configuration, router, sessions, security. One binary for server, worker and the operator's commands, so
//! that they never drift apart; a library only so that tests can reach the router.

mod commands;
pub mod config;
mod explain;
mod files;
mod health;
mod limits;
mod live;
mod logging;
mod plain_forms;
pub mod plain_routes;
pub mod router;
mod security;
mod session;
pub mod site;
#[cfg(feature = "test-clock")]
mod test_clock;

use std::process::ExitCode;

use clap::Parser;

/// Runs the command line.
pub fn main() -> ExitCode {
    // A `.env` beside the checkout is a convenience; its absence is no error.
    let _ = dotenvy::dotenv();
    let command = commands::Command::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(command.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&*error),
    }
}

/// One sentence that says what to do.
fn fail(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}
