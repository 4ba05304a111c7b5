//! Logins, sessions and the proofs behind them.
//!
//! A login is one person, global, whatever number of accounts they belong to. What happens to it is recorded in the account
//! that the person works in at that moment, and only there.

mod authenticate;
mod change_own_profile;
mod change_password;
mod device;
mod email_change;
pub(crate) mod letters;
mod links;
mod login;
mod membership;
mod notice;
mod passwords;
mod photo;
mod preview;
mod prove;
mod queries;
mod reset_password;
mod session;
mod sessions;
mod sign_in;
mod sign_out;
mod sign_up;
mod sweep;
mod switch_account;
mod throttling;

pub use authenticate::{SignedIn, authenticate, authenticate_again};
pub use change_own_profile::{OwnProfile, change_own_profile, own_profile};
pub use change_password::change_password;
pub use email_change::{confirm_email_change, request_email_change};
pub(crate) use login::{create_login, find_login};
pub use notice::Notice;
pub use passwords::passwords_hashed;
pub(crate) use passwords::{PasswordHashing, check_new_password};
pub use photo::{PHOTO_MAX_KILOBYTES, Photo, photo, remove_photo, set_photo, unsuitable_photo};
pub use preview::{end_preview, start_preview};
pub use prove::prove;
pub use reset_password::{check_reset_link, request_password_reset, reset_password};
pub use session::Opened;
pub(crate) use session::{enter_account, open_session};
pub use sessions::{end_other_sessions, end_session, list_sessions};
pub(crate) use sessions::{end_sessions_in_account, sessions_in_account};
pub use sign_in::sign_in;
pub use sign_out::sign_out;
pub use sign_up::{PendingSignUp, SignUpForm, confirm_sign_up, pending_sign_up, sign_up};
pub use sweep::sweep;
pub use switch_account::switch_account;
