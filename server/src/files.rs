//! Uploads, downloads and photos: what forms and pages cannot carry through server functions. Handlers only call use cases.

use app::{AppError, THEME_COOKIE, Theme, paths, request::Visit};
use axum::extract::FromRequest;
use axum::{
    Extension, Form, Router,
    extract::{Multipart, Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::{activity, identity, staff};
use domain::{ActivityExportId, LoginId, Refusal, StaffImportId};
use serde::Deserialize;

use crate::plain_forms::{Pages, PostedForm, append_flash, see_other, show_again};

pub fn routes(pages: Pages) -> Router {
    Router::new()
        .route("/photo/{login}/{version}", get(photo))
        .route("/upload/photo", post(upload_photo))
        .route("/upload/staff-import", post(upload_staff_import))
        .route("/download/activity/{id}", get(download_activity))
        .route("/download/staff-import/{id}", get(download_staff_import))
        .route(paths::STAFF_IMPORT_SAMPLE, get(staff_import_sample))
        .route("/theme", post(set_theme))
        .with_state(pages)
}

/// A refusal as an answer to something that is no page.
struct Refused(AppError);

/// Makes an error of the backend an answer to this visitor: what broke is in the log, under the reference they are given.
fn refused(visit: &Visit) -> impl Fn(backend::Error) -> Refused + '_ {
    |error| match error {
        backend::Error::Refused(refusal) => Refused(refusal.into()),
        backend::Error::Internal(cause) => {
            let request_id = visit.request_id.clone();
            tracing::error!(%cause, request_id, "a file request failed");
            Refused(AppError::Broken { request_id })
        }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::BAD_REQUEST);
        (status, self.0.to_string()).into_response()
    }
}

/// The version in the address changes with each photo, so the answer may be kept for ever by this browser.
async fn photo(
    Extension(visit): Extension<Visit>,
    Path((login, _version)): Path<(LoginId, i32)>,
) -> Result<Response, Refused> {
    let signed_in = visit.signed_in.as_ref().ok_or(Refusal::SignInNeeded)?;
    let photo = identity::photo(&visit.backend, &signed_in.signed, signed_in.access.as_ref(), login)
        .await
        .map_err(refused(&visit))?;
    let headers = [
        (header::CONTENT_TYPE, photo.content_type),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned()),
    ];
    Ok((headers, photo.content).into_response())
}

async fn upload_photo(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Response {
    let Some(signed_in) = visit.signed_in.clone() else { return see_other(paths::SIGN_IN) };
    let (parts, upload) = Upload::read(request, paths::ME).await;
    let result = match upload {
        Ok(upload) => {
            let access = signed_in.access.as_ref();
            identity::set_photo(&visit.backend, &signed_in.signed, access, &upload.content)
                .await
                .map_err(refused(&visit))
        }
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(()) => {
            let mut response = see_other(paths::ME);
            append_flash(&mut response, &visit, "Your photo is saved.");
            response
        }
        Err(Refused(error)) => show_again(pages, parts, posted_from("/upload/photo", paths::ME), error).await,
    }
}

async fn upload_staff_import(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Response {
    let access = visit.signed_in.as_ref().and_then(|signed_in| signed_in.access.clone());
    let Some(access) = access else { return see_other(paths::SIGN_IN) };
    let (parts, upload) = Upload::read(request, paths::IMPORT_STAFF).await;
    let result = match upload {
        Ok(upload) => staff::upload_import(&visit.backend, &access, &upload.file_name, &upload.content)
            .await
            .map_err(refused(&visit)),
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(id) => see_other(&paths::staff_import(id)),
        Err(Refused(error)) => {
            show_again(pages, parts, posted_from("/upload/staff-import", paths::IMPORT_STAFF), error).await
        }
    }
}

async fn download_activity(
    Extension(visit): Extension<Visit>,
    Path(id): Path<ActivityExportId>,
) -> Result<Response, Refused> {
    let access = access(&visit)?;
    let content = activity::export_file(&visit.backend, &access, id).await.map_err(refused(&visit))?;
    Ok(csv("activity.csv", content))
}

async fn download_staff_import(
    Extension(visit): Extension<Visit>,
    Path(id): Path<StaffImportId>,
) -> Result<Response, Refused> {
    let access = access(&visit)?;
    let content = staff::import_result(&visit.backend, &access, id).await.map_err(refused(&visit))?;
    Ok(csv("staff-import.csv", content))
}

/// The same for everybody: it shows how a list should look.
async fn staff_import_sample() -> Response {
    csv("employees.csv", domain::staff::IMPORT_SAMPLE.into())
}

#[derive(Deserialize)]
struct ThemeForm {
    theme: String,
    #[serde(default)]
    return_to: String,
}

/// Readable by scripts, because the theme buttons set it too; it says nothing but a colour.
async fn set_theme(Extension(visit): Extension<Visit>, Form(form): Form<ThemeForm>) -> Response {
    let secure = if visit.cookies.is_secure { "; Secure" } else { "" };
    let theme = Theme::parse(&form.theme).key();
    let cookie = format!("{}={theme}; Path=/; Max-Age=31536000; SameSite=Lax{secure}", THEME_COOKIE);
    let mut response = see_other(&form.return_to);
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

fn access(visit: &Visit) -> Result<backend::Access, Refusal> {
    visit.signed_in.as_ref().and_then(|signed_in| signed_in.access.clone()).ok_or(Refusal::SignInNeeded)
}

fn csv(file_name: &'static str, content: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{file_name}\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, content).into_response()
}

fn posted_from(endpoint: &str, page: &str) -> PostedForm {
    PostedForm { endpoint: endpoint.to_owned(), page: page.to_owned(), values: Vec::new() }
}

/// The one file of a multipart form.
struct Upload {
    file_name: String,
    content: Vec<u8>,
}

impl Upload {
    /// Also gives back the request's head, with which the form's page can be shown again.
    async fn read(request: Request, page: &str) -> (axum::http::request::Parts, Result<Self, Refusal>) {
        let (parts, body) = request.into_parts();
        let unreadable =
            |why: &str| Refusal::UnreadableFile(format!("{why} Go back to {page} and try again."));
        let multipart = Multipart::from_request(Request::from_parts(parts.clone(), body), &()).await;
        let Ok(mut multipart) = multipart else { return (parts, Err(unreadable("No file was sent."))) };
        let upload = loop {
            match multipart.next_field().await {
                Ok(Some(field)) if field.file_name().is_some() => {
                    let file_name: String = field.file_name().unwrap_or_default().chars().take(120).collect();
                    let content =
                        field.bytes().await.map(|bytes| Self { file_name, content: bytes.to_vec() });
                    break content.map_err(|_| unreadable("It is too large, or the transfer broke off."));
                }
                Ok(Some(_)) => {}
                Ok(None) => break Err(unreadable("No file was chosen.")),
                Err(_) => break Err(unreadable("It is too large, or the transfer broke off.")),
            }
        };
        (parts, upload)
    }
}
