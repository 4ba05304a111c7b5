//! An instant as people read it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An instant and its text in somebody's time zone. The server makes the text, because only it knows all time zones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// For the machine-readable form and the exact time on hover.
    pub at: DateTime<Utc>,
    /// For example "23 Nov 2026, 14:05".
    pub text: String,
}
