//! Forms without wasm. A server function answers JSON; this layer turns it into what a browser can show by itself: a redirect with
//! a message after success, the same page with the typed values and the errors after a refusal. It also gives refusals their
//! HTTP status, and keeps a hang-up from cutting an act in half.

use std::{pin::Pin, sync::Arc};

use app::{AppError, Done, boot::Replay, form::PAGE_FIELD, paths, request::Visit};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::Refusal;
use server_fn::error::SERVER_FN_ERROR_HEADER;
use url::form_urlencoded;

use crate::{limits::BODY_BYTES, session};

/// Renders the page of a request.
pub type Pages = Arc<dyn Fn(Request) -> Pin<Box<dyn Future<Output = Response> + Send>> + Send + Sync>;

/// The layer around all server functions.
pub async fn answer(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let is_plain_form = session::accepts_html(&request);
    let (mut parts, body) = request.into_parts();
    // Read here, because a server function that cannot read its body says no more than that it could not be reached.
    let Ok(body) = to_bytes(body, BODY_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let form = is_plain_form.then(|| PostedForm::read(&parts, &body));
    // Asked for JSON, the server function neither redirects nor writes its error into an address.
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let outcome = Outcome::of(parts.clone(), body, next).await;
    match form {
        Some(form) => answer_browser(pages, parts, form, outcome).await,
        None => answer_wasm(&parts, outcome),
    }
}

/// What came of a server function.
struct Outcome {
    parts: axum::http::response::Parts,
    body: Bytes,
    error: Option<AppError>,
}

impl Outcome {
    /// Runs the server function in a task of its own: when the visitor hangs up, the act is still done as a whole.
    async fn of(parts: Parts, body: Bytes, next: Next) -> Self {
        let visit = parts.extensions.get::<Visit>().cloned();
        let run = tokio::spawn(next.run(Request::from_parts(parts, Body::from(body))));
        let response = run.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a server function panicked");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        });
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let error = error_of(&parts, &body, visit.as_ref());
        Self { parts, body, error }
    }
}

async fn answer_browser(pages: Pages, parts: Parts, form: PostedForm, outcome: Outcome) -> Response {
    match outcome.error {
        Some(error) => show_again(pages, parts, form, error).await,
        None => move_on(pages, parts, form, outcome.parts.headers, &outcome.body).await,
    }
}

fn answer_wasm(asked: &Parts, outcome: Outcome) -> Response {
    let Outcome { parts, body, error } = outcome;
    let Some(error) = error else {
        let message = lasting_message(&body);
        let mut response = (parts, Body::from(body)).into_response();
        if let (Some(message), Some(visit)) = (message, asked.extensions.get::<Visit>()) {
            append_flash(&mut response, visit, &message);
        }
        return response;
    };
    // A function that failed without an answer of its own gets one.
    let is_own = parts.headers.contains_key(SERVER_FN_ERROR_HEADER);
    let body = if is_own { body } else { serde_json::to_vec(&error).unwrap_or_default().into() };
    let mut response = (parts, Body::from(body)).into_response();
    if let Ok(status) = StatusCode::from_u16(error.status()) {
        *response.status_mut() = status;
    }
    response
}

/// What an act has to say when the browser loads the next page anew: the page it was done on is gone by then.
fn lasting_message(body: &[u8]) -> Option<String> {
    let done: Done = serde_json::from_slice(body).ok()?;
    done.message.filter(|_| done.is_new_session)
}

/// What a server function refused or could not do. What failed without an answer of its own (it panicked, or there is no such
/// function) must not look like success.
fn error_of(answer: &axum::http::response::Parts, body: &[u8], visit: Option<&Visit>) -> Option<AppError> {
    if answer.headers.contains_key(SERVER_FN_ERROR_HEADER) {
        return Some(serde_json::from_slice(body).unwrap_or(AppError::Malformed));
    }
    if answer.status.is_server_error() {
        let request_id = visit.map(|visit| visit.request_id.clone()).unwrap_or_default();
        return Some(AppError::Broken { request_id });
    }
    answer.status.is_client_error().then_some(AppError::Malformed)
}

/// What was posted, and from where.
pub struct PostedForm {
    pub endpoint: String,
    pub page: String,
    pub values: Vec<(String, String)>,
}

impl PostedForm {
    fn read(parts: &Parts, body: &[u8]) -> Self {
        let mut values: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
        let page = values.iter().find(|(name, _)| name == PAGE_FIELD).map(|(_, page)| page.clone());
        let page =
            page.filter(|page| paths::is_own_page(page)).unwrap_or_else(|| paths::DASHBOARD.to_owned());
        // Secrets are never sent back.
        values.retain(|(name, _)| name != PAGE_FIELD && !name.contains("password") && !name.contains("code"));
        Self { endpoint: parts.uri.path().to_owned(), page, values }
    }

    fn has_typed_values(&self) -> bool {
        self.values.iter().any(|(name, value)| !value.is_empty() && !HIDDEN_FIELDS.contains(&name.as_str()))
    }
}

/// Names of fields that our forms bring along by themselves.
const HIDDEN_FIELDS: [&str; 8] = ["id", "version", "link", "next", "session", "account", "choices", "seen"];

/// The page of the form once more, with what was typed and what is wrong.
pub async fn show_again(pages: Pages, parts: Parts, form: PostedForm, error: AppError) -> Response {
    // Where nothing was typed nothing is lost on the way.
    if !form.has_typed_values() {
        match &error {
            AppError::Refused(Refusal::SignInNeeded) => {
                return see_other(&paths::with_next(paths::SIGN_IN, &form.page));
            }
            AppError::Refused(Refusal::FreshProofNeeded) => {
                return see_other(&paths::with_next(paths::PROVE, &form.page));
            }
            _ => {}
        }
    }
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let mut response = page_of(pages, parts, form, Err(error)).await;
    if response.status().is_success() {
        *response.status_mut() = status;
    }
    response
}

/// The page on which the form stands, with what came of it.
async fn page_of(
    pages: Pages,
    mut parts: Parts,
    form: PostedForm,
    answer: Result<Done, AppError>,
) -> Response {
    let (Ok(uri), Some(mut visit)) = (form.page.parse::<Uri>(), parts.extensions.get::<Visit>().cloned())
    else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    visit.boot.replay =
        Some(Replay { endpoint: form.endpoint, page: form.page, values: form.values, answer });
    parts.method = Method::GET;
    parts.uri = uri;
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    parts.extensions.insert(visit);
    pages(Request::from_parts(parts, Body::empty())).await
}

async fn move_on(pages: Pages, parts: Parts, form: PostedForm, answer: HeaderMap, body: &[u8]) -> Response {
    let done: Done = serde_json::from_slice(body).unwrap_or_default();
    if done.shown.is_some() {
        return page_of(pages, parts, form, Ok(done)).await;
    }
    let target = done.go_to.as_deref().unwrap_or(&form.page);
    let mut response =
        if done.is_elsewhere { Redirect::to(target).into_response() } else { see_other(target) };
    for cookie in answer.get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    if let (Some(message), Some(visit)) = (done.message, parts.extensions.get::<Visit>()) {
        append_flash(&mut response, visit, &message);
    }
    response
}

/// Leaves a message for the next page.
pub fn append_flash(response: &mut Response, visit: &Visit, message: &str) {
    let value = session::encode_flash(message);
    if let Some(cookie) = visit.cookies.set(visit.cookies.flash(), &value, 60) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// 303 to a page of ours; anything else becomes the dashboard.
pub fn see_other(path: &str) -> Response {
    let path = if paths::is_own_page(path) { path } else { paths::DASHBOARD };
    Redirect::to(path).into_response()
}
