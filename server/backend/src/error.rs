//! What a use case can answer instead of its result.

use domain::Refusal;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Refused by a rule, or broken. Internal detail is for the log; it never reaches an answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("internal: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Something that should not happen: a bug, or a broken surrounding.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Internal(_) => None,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            // A NUL byte is the one character PostgreSQL cannot store; whoever sends it hears that, not "internal error".
            sqlx::Error::Database(ref db) if db.code().as_deref() == Some("22021") => {
                Refusal::field("text", domain::Problem::InvalidText).into()
            }
            other => Self::internal(other),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

/// Turns the breach of a named constraint into the refusal it stands for, at the call site.
pub(crate) trait OnConstraint<T> {
    fn on_constraint(self, name: &str, refusal: Refusal) -> Result<T>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, name: &str, refusal: Refusal) -> Result<T> {
        self.map_err(|error| match &error {
            sqlx::Error::Database(db) if db.constraint() == Some(name) => refusal.into(),
            _ => error.into(),
        })
    }
}
