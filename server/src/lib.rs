//! Wiring and HTTP: configuration, router, sessions, security. One binary for server, worker and the operator's commands, so
//! that they never drift apart; a library only so that tests can reach the router.

mod commands;
pub mod config;
mod explain;
mod files;
mod health;
mod inbound;
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

use crate::config::ConfigError;

/// Runs the command line.
pub fn main() -> ExitCode {
    if let Err(error) = read_env_file() {
        return fail(&error);
    }
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

/// A `.env` in this folder or above is a convenience; only its absence is no error.
fn read_env_file() -> Result<(), ConfigError> {
    match dotenvy::dotenv() {
        // The error itself tells what the line says, which may be a secret.
        Err(dotenvy::Error::LineParse(..)) => Err(ConfigError::EnvFile(place_of_the_mistake())),
        Err(error) if !error.not_found() => Err(ConfigError::EnvFile(error.to_string())),
        _ => Ok(()),
    }
}

fn place_of_the_mistake() -> String {
    match dotenvy::dotenv_iter().into_iter().flatten().map_while(Result::ok).last() {
        Some((name, _)) => format!("what follows {name} is no setting"),
        None => "its first line is no setting".to_owned(),
    }
}

/// One sentence that says what to do.
fn fail(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}
