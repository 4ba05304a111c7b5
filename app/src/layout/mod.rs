//! Frames around pages.

mod member_tabs;
mod not_found;
mod page;
mod settings;
mod signed_in;

pub use member_tabs::{MemberTab, MemberTabs};
pub use not_found::NotFoundPage;
pub use page::{Narrow, Page, PageTitle};
pub use settings::{SettingsFrame, settings_pages};
pub use signed_in::SignedInFrame;
