use chrono::{DateTime, Utc};
use domain::Email;
use serde::{Deserialize, Serialize};

/// Something security-relevant that happened to a login, told to its owner by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "notice")]
pub enum Notice {
    /// Signed in with a browser that this person had not used before.
    NewSignIn {
        to: Email,
        device: String,
        ip_address: String,
        at: DateTime<Utc>,
        /// IANA name of the zone in which to tell the time; UTC when none is known.
        time_zone: Option<String>,
    },
    PasswordChanged {
        to: Email,
    },
    /// Set anew through a mailed link.
    PasswordReset {
        to: Email,
    },
    /// Somebody who knows the password wants another address; nothing has changed yet.
    EmailChangeRequested {
        to: Email,
        new_email: Email,
    },
    /// Goes to both addresses.
    EmailChanged {
        to: Email,
        from: Email,
        new_email: Email,
    },
}
