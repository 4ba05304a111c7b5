//! Who is looking, with which browser, and how they proved it.

mod device;
mod password;
mod session;
mod viewer;

pub use device::device_label;
pub use password::{PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS, PASSWORD_SUGGESTED_CHARS, check_password_length};
pub use session::{
    FRESH_PROOF_MINUTES, SESSION_ABSOLUTE_DAYS, SESSION_IDLE_HOURS, SessionRow, SessionTimes, SessionVerdict,
};
pub use viewer::{AccountChoice, BillingNotice, Preview, Viewer, ViewerAccount};
