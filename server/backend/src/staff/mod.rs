//! Members and invitations.

mod acted_on;
mod change_member;
mod deactivate;
mod import;
mod leave;
pub(crate) mod letters;
mod member;
mod member_sessions;
mod queries;
mod reactivate;
mod record_delivery;
mod remove;

pub use change_member::change_member;
pub use deactivate::deactivate;
pub use import::{RunImport, import, import_result, start_import, upload_import};
pub use leave::leave;
pub use member::member;
pub use member_sessions::{end_member_sessions, member_sessions};
pub use reactivate::reactivate;
pub(crate) use record_delivery::record_delivery;
pub use remove::remove;
