//! Structured logs on standard error.

use tracing_subscriber::{EnvFilter, fmt, prelude::*};

use crate::config::{ConfigError, LogFormat};

/// Steward's own information and everybody's warnings. The pool's clean-up says ROLLBACK outside transactions too, and PostgreSQL
/// remarks on it each time.
const DEFAULT_FILTER: &str = "warn,server=info,backend=info,app=info,sqlx::postgres::notice=error";

/// # Errors
/// [`ConfigError::LogFilter`].
pub fn start(format: LogFormat) -> Result<(), ConfigError> {
    let filter = filter(std::env::var_os("RUST_LOG").map(|text| text.to_string_lossy().into_owned()))?;
    let registry = tracing_subscriber::registry().with(filter);
    match format {
        LogFormat::Text => registry.with(fmt::layer().with_writer(std::io::stderr)).init(),
        LogFormat::Json => {
            registry.with(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr)).init();
        }
    }
    Ok(())
}

/// What `RUST_LOG` says; without it, or when it says nothing, the default.
fn filter(text: Option<String>) -> Result<EnvFilter, ConfigError> {
    let text = text.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| DEFAULT_FILTER.to_owned());
    EnvFilter::try_new(&text).map_err(|error| ConfigError::LogFilter(format!("{error} ({text:?})")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_cannot_be_read_is_told_and_a_missing_one_is_the_default() {
        for text in ["server=verbose", "info,=", "a=b=c", "info,backend[=debug"] {
            let said = filter(Some(text.to_owned())).unwrap_err().to_string();
            assert!(said.starts_with("RUST_LOG cannot be read") && said.contains("RUST_LOG=info"), "{said}");
        }
        let default = filter(None).unwrap().to_string();
        assert!(default.contains("backend=info"), "{default}");
        assert_eq!(filter(Some(" ".to_owned())).unwrap().to_string(), default);
        assert_eq!(filter(Some("info,backend=debug".to_owned())).unwrap().to_string(), "backend=debug,info");
    }
}
