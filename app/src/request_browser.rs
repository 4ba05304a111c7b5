//! The browser's half of `request`: reads what the server wrote into the page; the rest is the server's business alone.

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use serde::Serialize;
use server_fn::ServerFn;
use web_sys::UrlSearchParams;

use crate::{AppError, Boot, boot::BOOT_ELEMENT_ID, json, wire};

/// What the server wrote into the page.
pub fn boot() -> Option<Boot> {
    let text = document().get_element_by_id(BOOT_ELEMENT_ID)?.text_content()?;
    json::read(&text).ok()
}

/// What a server function answers, as JSON.
pub async fn answer<S: ServerFn<Error = AppError> + Serialize>(arguments: S) -> Result<String, AppError> {
    let form = UrlSearchParams::new_with_str(&wire::encoded(&arguments));
    // There is one thread in a browser.
    SendWrapper::new(wire::post(S::PATH, form.map_err(|_| AppError::Malformed)?)).await
}

/// A page that is already here has no status to set.
pub fn set_status(_error: &AppError) {}

/// See [`set_status`].
pub fn set_not_found() {}

/// A browser takes a title as the text it is.
pub fn title(text: String) -> String {
    text
}

/// Loads another page.
pub fn redirect(path: &str) {
    let _ = window().location().assign(path);
}
