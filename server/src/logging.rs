//! Structured logs on standard error.

use tracing_subscriber::{EnvFilter, fmt, prelude::*};

use crate::config::LogFormat;

/// `RUST_LOG` filters; without it Steward's own information and everybody's warnings are shown.
pub fn start(format: LogFormat) {
    // The pool's clean-up says ROLLBACK outside transactions too, and PostgreSQL remarks on it each time.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        EnvFilter::new("warn,server=info,backend=info,app=info,sqlx::postgres::notice=error")
    });
    let registry = tracing_subscriber::registry().with(filter);
    match format {
        LogFormat::Text => registry.with(fmt::layer().with_writer(std::io::stderr)).init(),
        LogFormat::Json => {
            registry.with(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr)).init();
        }
    }
}
