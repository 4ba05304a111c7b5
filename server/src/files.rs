//! Uploads, downloads and photos: what forms and pages cannot carry through server functions. Handlers only call use cases.

use app::{AppError, THEME_COOKIE, Theme, paths, request::Visit};
use axum::extract::FromRequest;
use axum::{
    Extension, Form, Router,
    extract::{DefaultBodyLimit, Multipart, Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::{activity, identity, staff};
use domain::{ActivityExportId, LoginId, Problem, Refusal, StaffImportId};
use serde::Deserialize;

use crate::{
    limits::{BODY_BYTES, READ_ON_BYTES},
    plain_forms::{Pages, PostedForm, append_flash, see_other, show_again},
};

pub fn routes() -> Router {
    Router::new()
        .route("/photo/{login}/{version}", get(photo))
        .route("/download/activity/{id}", get(download_activity))
        .route("/download/staff-import/{id}", get(download_staff_import))
        .route(paths::STAFF_IMPORT_SAMPLE, get(staff_import_sample))
        .route("/theme", post(set_theme))
}

/// They answer with the page of their form, also when the file is too large.
pub fn uploads(pages: Pages) -> Router {
    Router::new()
        .route("/upload/photo", post(upload_photo))
        .route(paths::UPLOAD_STAFF_IMPORT, post(upload_staff_import))
        .layer(DefaultBodyLimit::max(READ_ON_BYTES))
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
    let max_kilobytes = identity::PHOTO_MAX_KILOBYTES;
    let too_large = Refusal::field("photo", Problem::InvalidPicture { max_kilobytes });
    let (parts, upload) = Upload::read(request, too_large).await;
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
    let too_large = unreadable("it is larger than 2 MB. Please split it.");
    let (parts, upload) = Upload::read(request, too_large).await;
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
    async fn read(
        request: Request,
        too_large: Refusal,
    ) -> (axum::http::request::Parts, Result<Self, Refusal>) {
        let (parts, body) = request.into_parts();
        let upload = match Multipart::from_request(Request::from_parts(parts.clone(), body), &()).await {
            Ok(multipart) => Self::first_file(multipart, too_large).await,
            Err(_) => Err(unreadable("no file was sent.")),
        };
        (parts, upload)
    }

    async fn first_file(mut multipart: Multipart, too_large: Refusal) -> Result<Self, Refusal> {
        let broke_off = || unreadable("the transfer broke off. Please try again.");
        while let Some(mut field) = multipart.next_field().await.map_err(|_| broke_off())? {
            let Some(file_name) = field.file_name().map(|name| name.chars().take(120).collect()) else {
                continue;
            };
            let (mut content, mut read) = (Vec::new(), 0);
            loop {
                match field.chunk().await {
                    Ok(Some(chunk)) => {
                        read += chunk.len();
                        if read <= BODY_BYTES {
                            content.extend_from_slice(&chunk);
                        }
                    }
                    Err(_) if read <= BODY_BYTES => return Err(broke_off()),
                    Ok(None) | Err(_) => break,
                }
            }
            return if read <= BODY_BYTES { Ok(Self { file_name, content }) } else { Err(too_large) };
        }
        Err(unreadable("no file was chosen."))
    }
}

fn unreadable(why: &str) -> Refusal {
    Refusal::UnreadableFile(why.to_owned())
}
