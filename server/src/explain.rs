//! Refusals by what stands before the pages and the server functions: each gets a code for scripts and words for people. Whoever
//! refuses puts the [`AppError`] into the answer's extensions; a bare status that a library answers with is given one.

use app::AppError;
use axum::{
    Extension,
    body::Body,
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Refusal;

use crate::session::accepts_html;

/// A refusal whose words are still to be written, by [`explain`].
pub fn refused(error: AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
    (status, Extension(error)).into_response()
}

/// Writes the refusal as the asker reads it: JSON as server functions answer it, or for a browser's page a line of text.
pub async fn explain(request: Request, next: Next) -> Response {
    let is_browser = accepts_html(&request);
    let request_id = crate::session::request_id(&request);
    let response = next.run(request).await;
    let Some(error) = error_of(&response, &request_id) else { return response };
    let (mut parts, _) = response.into_parts();
    for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::CONTENT_ENCODING] {
        parts.headers.remove(name);
    }
    let (content_type, body) = if is_browser {
        ("text/plain; charset=utf-8", text(&error, &request_id))
    } else {
        ("application/json", serde_json::to_string(&error).unwrap_or_default())
    };
    parts.headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(content_type));
    Response::from_parts(parts, Body::from(body))
}

fn text(error: &AppError, request_id: &str) -> String {
    match error {
        AppError::Broken { .. } => format!("{error}\n"),
        error => format!("{error}\nReference: {request_id}\n"),
    }
}

/// What an answer refuses; none when it is no refusal, or says so by itself.
fn error_of(response: &Response, request_id: &str) -> Option<AppError> {
    if let Some(error) = response.extensions().get::<AppError>() {
        return Some(error.clone());
    }
    // Libraries answer these in words that are for developers; other texts are somebody's answer.
    let is_librarys = matches!(response.status().as_u16(), 400 | 413 | 415 | 422 | 500);
    let content_type = response.headers().get(header::CONTENT_TYPE).map(|value| value.as_bytes());
    if content_type.is_some_and(|kind| !(is_librarys && kind.starts_with(b"text/plain"))) {
        return None;
    }
    match response.status() {
        StatusCode::FORBIDDEN => Some(AppError::ForeignOrigin),
        StatusCode::NOT_FOUND => Some(Refusal::NotFound.into()),
        StatusCode::PAYLOAD_TOO_LARGE => Some(AppError::TooLarge),
        StatusCode::BAD_REQUEST
        | StatusCode::METHOD_NOT_ALLOWED
        | StatusCode::UNSUPPORTED_MEDIA_TYPE
        | StatusCode::UNPROCESSABLE_ENTITY => Some(AppError::Malformed),
        status if status.is_server_error() => Some(AppError::Broken { request_id: request_id.to_owned() }),
        _ => None,
    }
}
