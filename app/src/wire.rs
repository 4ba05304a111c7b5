//! What goes between browser and server functions: forms there, JSON back.

use domain::Refusal;
use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestInit, Response, UrlSearchParams};

use crate::{AppError, json};

/// Posts a form to a server function, and hears its answer as JSON.
pub async fn post(endpoint: &str, form: UrlSearchParams) -> Result<String, AppError> {
    let request = request(endpoint, &form).map_err(|_| AppError::Malformed)?;
    let (status, text) = fetched(&request).await.map_err(|_| AppError::Unreachable)?;
    if (200..300).contains(&status) {
        return Ok(text);
    }
    // What is no answer of ours comes from something in between.
    Err(json::read(&text).unwrap_or(match status {
        413 => AppError::TooLarge,
        429 => Refusal::TooManyAttempts { retry_after_seconds: 60 }.into(),
        _ => AppError::Unreachable,
    }))
}

/// The browser's own interface: a client library would be several kilobytes more to download.
fn request(endpoint: &str, form: &UrlSearchParams) -> Result<Request, JsValue> {
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(form);
    let request = Request::new_with_str_and_init(endpoint, &options)?;
    request.headers().set("Accept", "application/json")?;
    Ok(request)
}

async fn fetched(request: &Request) -> Result<(u16, String), JsValue> {
    let response: Response = JsFuture::from(window().fetch_with_request(request)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}

/// The arguments as the body of a form.
pub fn encoded(arguments: &impl Serialize) -> String {
    serde_qs::to_string(arguments).unwrap_or_default()
}

/// An answer as what it holds.
pub fn read<T: DeserializeOwned>(json: &str) -> Result<T, AppError> {
    json::read(json).map_err(|_| AppError::Unreachable)
}
