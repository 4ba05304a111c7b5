//! The browser's half of `request`: reads what the server wrote into the page; the rest is the server's business alone.

use leptos::prelude::*;

use crate::{AppError, Boot, boot::BOOT_ELEMENT_ID};

/// What the server wrote into the page.
pub fn boot() -> Option<Boot> {
    let text = document().get_element_by_id(BOOT_ELEMENT_ID)?.text_content()?;
    serde_json::from_str(&text).ok()
}

/// A page that is already here has no status to set.
pub fn set_status(_error: &AppError) {}

/// See [`set_status`].
pub fn set_not_found() {}

/// Loads another page.
pub fn redirect(path: &str) {
    let _ = window().location().assign(path);
}
