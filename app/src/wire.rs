//! What goes between browser and server functions: forms there, JSON back.

use domain::Refusal;
use serde::{Serialize, de::DeserializeOwned};
use web_sys::UrlSearchParams;

use crate::AppError;

/// Posts a form to a server function, and hears its answer as JSON.
pub async fn post(endpoint: &str, form: UrlSearchParams) -> Result<String, AppError> {
    let request = gloo_net::http::Request::post(endpoint).header("Accept", "application/json").body(form);
    let response =
        request.map_err(|_| AppError::Malformed)?.send().await.map_err(|_| AppError::Unreachable)?;
    let (is_ok, status) = (response.ok(), response.status());
    let text = response.text().await.map_err(|_| AppError::Unreachable)?;
    if is_ok {
        return Ok(text);
    }
    // What is no answer of ours comes from something in between.
    Err(serde_json::from_str(&text).unwrap_or(match status {
        413 => AppError::TooLarge,
        429 => Refusal::TooManyAttempts { retry_after_seconds: 60 }.into(),
        _ => AppError::Unreachable,
    }))
}

/// The arguments as the body of a form.
pub fn encoded(arguments: &impl Serialize) -> String {
    serde_qs::to_string(arguments).unwrap_or_default()
}

/// An answer as what it holds.
pub fn read<T: DeserializeOwned>(json: &str) -> Result<T, AppError> {
    serde_json::from_str(json).map_err(|_| AppError::Unreachable)
}
