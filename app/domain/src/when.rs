//! An instant as people read it.

use serde::{Deserialize, Serialize};

/// An instant and its text in somebody's time zone. The server makes both texts: only it knows all time zones, and browsers need not
/// download the code that reads and writes dates. For the same reason instants go to browsers as numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// RFC 3339, for the machine-readable form and the exact time on hover.
    pub exact: String,
    /// For example "23 Nov 2026, 14:05".
    pub text: String,
}
