//! Uploads, downloads and photos: what forms and pages cannot carry through server functions. Handlers only call use cases.

use std::{future::poll_fn, pin::Pin};

use app::{AppError, THEME_COOKIE, Theme, paths, request::Visit};
use axum::{
    Extension, Form,
    body::{Body, Bytes, HttpBody},
    extract::{FromRequest, Multipart, Path, Request, State},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use backend::{activity, billing, calendars::booking, identity, permissions, staff};
use domain::{AccessReviewId, ActivityExportId, LoginId, ProfileId, Refusal, StaffImportId};
use serde::Deserialize;

use crate::plain_forms::{Pages, PostedForm, append_flash, see_other, show_again};
use crate::{
    explain,
    limits::{UPLOAD_BYTES, UPLOAD_READ_BYTES},
};

/// A refusal as an answer to something that is no page.
pub struct Refused(AppError);

/// Makes an error of the backend an answer to this visitor: what broke is in the log, under the reference they are given.
fn refused(visit: &Visit) -> impl Fn(backend::Error) -> Refused + '_ {
    |error| match error {
        backend::Error::Refused(refusal) => Refused(visit.told(refusal)),
        backend::Error::Internal(cause) => {
            let request_id = visit.request_id.clone();
            tracing::error!(%cause, request_id, "a file request failed");
            Refused(AppError::Broken { request_id })
        }
    }
}

/// Acts in a task of its own: when the visitor hangs up, it is still done as a whole.
async fn as_a_whole<T: Send + 'static>(
    visit: &Visit,
    act: impl Future<Output = backend::Result<T>> + Send + 'static,
) -> Result<T, Refused> {
    let done = tokio::spawn(act).await;
    done.unwrap_or_else(|error| Err(backend::Error::internal(error))).map_err(refused(visit))
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        explain::refused(self.0)
    }
}

/// The version in the address changes with each photo, so the answer may be kept for ever by this browser.
pub async fn photo(
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

pub async fn upload_photo(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Response {
    let Some(signed_in) = visit.signed_in.clone() else { return sign_in_first(paths::ME) };
    let (parts, upload) = Upload::read(request, identity::unsuitable_photo()).await;
    let result = match upload.and_then(|upload| visit.may_act().map(|()| upload)) {
        Ok(upload) => {
            let backend = visit.backend.clone();
            let act = async move {
                let access = signed_in.access.as_ref();
                identity::set_photo(&backend, &signed_in.signed, access, &upload.content).await
            };
            as_a_whole(&visit, act).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(()) => {
            let mut response = see_other(paths::ME);
            append_flash(&mut response, &visit, "Your photo is saved.");
            response
        }
        Err(Refused(error)) => {
            show_again(pages, parts, posted_from(paths::UPLOAD_PHOTO, paths::ME), error).await
        }
    }
}

pub async fn upload_staff_import(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Response {
    let access = visit.signed_in.as_ref().and_then(|signed_in| signed_in.access.clone());
    let Some(access) = access else { return sign_in_first(paths::IMPORT_STAFF) };
    let too_large = Refusal::UnreadableFile("it is larger than 2 MB. Please split it.".to_owned());
    let (parts, upload) = Upload::read(request, too_large).await;
    let result = match upload.and_then(|upload| visit.may_change_account().map(|()| upload)) {
        Ok(upload) => {
            let backend = visit.backend.clone();
            let act = async move {
                staff::upload_import(&backend, &access, &upload.file_name, &upload.content).await
            };
            as_a_whole(&visit, act).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(id) => see_other(&paths::staff_import(id)),
        Err(Refused(error)) => {
            show_again(pages, parts, posted_from(paths::UPLOAD_STAFF_IMPORT, paths::IMPORT_STAFF), error)
                .await
        }
    }
}

/// The file, or what was pasted where no file was chosen.
pub async fn upload_profile(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Response {
    let access = visit.signed_in.as_ref().and_then(|signed_in| signed_in.access.clone());
    let Some(access) = access else { return sign_in_first(paths::NEW_PROFILE) };
    let too_large = Refusal::UnreadableFile("it is larger than 64 kB, which no profile is.".to_owned());
    let (parts, upload) = Upload::read(request, too_large).await;
    let mut posted = posted_from(paths::UPLOAD_PROFILE, paths::NEW_PROFILE);
    let result = match upload.and_then(|upload| visit.may_change_account().map(|()| upload)) {
        Ok(Upload { content, values, .. }) => {
            let value = |wanted: &str| {
                values.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str())
            };
            let name = value("name").to_owned();
            let content = if content.is_empty() { value("pasted").as_bytes().to_vec() } else { content };
            // A file cannot be chosen again for somebody, its text can: only the name may be wrong.
            let text = String::from_utf8_lossy(&content).into_owned();
            posted.values = vec![("name".to_owned(), name.clone()), ("pasted".to_owned(), text)];
            let backend = visit.backend.clone();
            let act = async move { permissions::import(&backend, &access, &content, &name).await };
            as_a_whole(&visit, act).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(profile) => {
            let mut response = see_other(&paths::profile(profile.id));
            append_flash(&mut response, &visit, &format!("The profile “{}” is there.", profile.name));
            response
        }
        Err(Refused(error)) => show_again(pages, parts, posted, error).await,
    }
}

pub async fn download_profile(
    Extension(visit): Extension<Visit>,
    Path(id): Path<ProfileId>,
) -> Result<Response, Refused> {
    let access = access(&visit)?;
    let file = permissions::export(&visit.backend, &access, id).await.map_err(refused(&visit))?;
    Ok(attachment("application/json", &file_name(&file.name), file.content))
}

/// A profile's name as it may stand in a header and in every file system.
fn file_name(name: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    let plain: String = name.chars().map(plain).collect();
    format!("profile-{}.json", plain.trim_matches('-'))
}

pub async fn download_activity(
    Extension(visit): Extension<Visit>,
    Path(id): Path<ActivityExportId>,
) -> Result<Response, Refused> {
    let access = access(&visit)?;
    let content = activity::export_file(&visit.backend, &access, id).await.map_err(refused(&visit))?;
    Ok(csv("activity.csv", content))
}

/// Every invoice, a line a row.
pub async fn download_invoices(Extension(visit): Extension<Visit>) -> Result<Response, Refused> {
    let access = access(&visit)?;
    let file = billing::invoices_file(&visit.backend, &access).await.map_err(refused(&visit))?;
    Ok(csv("invoices.csv", file))
}

/// One of them, by its number in the account; what is no number is no invoice.
pub async fn download_invoice(
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
) -> Result<Response, Refused> {
    let access = access(&visit)?;
    let number = number.parse().unwrap_or_default();
    let file = billing::invoice_file(&visit.backend, &access, number).await.map_err(refused(&visit))?;
    Ok(attachment("application/pdf", &file.name, file.bytes))
}

pub async fn download_staff_import(
    Extension(visit): Extension<Visit>,
    Path(id): Path<StaffImportId>,
) -> Result<Response, Refused> {
    let access = access(&visit)?;
    let content = staff::import_result(&visit.backend, &access, id).await.map_err(refused(&visit))?;
    Ok(csv("staff-import.csv", content))
}

pub async fn download_access_review(
    Extension(visit): Extension<Visit>,
    Path(id): Path<AccessReviewId>,
) -> Result<Response, Refused> {
    let access = access(&visit)?;
    let content = staff::review_file(&visit.backend, &access, id).await.map_err(refused(&visit))?;
    Ok(csv("access-review.csv", content))
}

/// For whoever has the link of a visitor's mails.
pub async fn download_appointment(
    Extension(visit): Extension<Visit>,
    Path(link): Path<String>,
) -> Result<Response, Refused> {
    let file = booking::file(&visit.backend, &link).await.map_err(refused(&visit))?;
    Ok(attachment("text/calendar; charset=utf-8", "appointment.ics", file.into_bytes()))
}

/// The same for everybody: it shows how a list should look.
pub async fn staff_import_sample() -> Response {
    csv("employees.csv", domain::staff::IMPORT_SAMPLE.into())
}

#[derive(Deserialize)]
pub struct ThemeForm {
    theme: String,
    #[serde(default)]
    return_to: String,
}

/// Readable by scripts, because the theme buttons set it too; it says nothing but a colour.
pub async fn set_theme(Extension(visit): Extension<Visit>, Form(form): Form<ThemeForm>) -> Response {
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
    attachment("text/csv; charset=utf-8", file_name, content)
}

fn attachment(content_type: &'static str, file_name: &str, content: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{file_name}\"");
    let headers =
        [(header::CONTENT_TYPE, content_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, content).into_response()
}

fn posted_from(endpoint: &str, page: &str) -> PostedForm {
    PostedForm { endpoint: endpoint.to_owned(), page: page.to_owned(), values: Vec::new() }
}

/// The one file of a multipart form, and the fields before it.
struct Upload {
    file_name: String,
    content: Vec<u8>,
    values: Vec<(String, String)>,
}

impl Upload {
    /// Answers `too_large` where the request is larger than any file we take. Also gives back the request's head, with which the
    /// form's page can be shown again.
    async fn read(request: Request, too_large: Refusal) -> (Parts, Result<Self, Refusal>) {
        let (parts, body) = request.into_parts();
        let upload = match read_body(body).await {
            Ok(Some(bytes)) => Self::take_apart(Request::from_parts(parts.clone(), Body::from(bytes))).await,
            Ok(None) => Err(too_large),
            Err(_) => Err(unreadable("the transfer broke off.")),
        };
        (parts, upload)
    }

    async fn take_apart(request: Request) -> Result<Self, Refusal> {
        let multipart = Multipart::from_request(request, &()).await;
        let mut multipart = multipart.map_err(|_| unreadable("no file was sent."))?;
        let mut values = Vec::new();
        while let Some(field) = multipart.next_field().await.map_err(|_| unreadable("it is cut off."))? {
            if let Some(name) = field.file_name() {
                let file_name = name.chars().take(120).collect();
                let content = field.bytes().await.map_err(|_| unreadable("it is cut off."))?;
                return Ok(Self { file_name, content: content.to_vec(), values });
            }
            let name = field.name().unwrap_or_default().to_owned();
            values.push((name, field.text().await.map_err(|_| unreadable("it is cut off."))?));
        }
        Err(unreadable("no file was chosen."))
    }
}

fn unreadable(why: &str) -> Refusal {
    Refusal::UnreadableFile(format!("{why} Please try again."))
}

/// The body up to [`UPLOAD_BYTES`]; none when there was more, which is read and forgotten up to [`UPLOAD_READ_BYTES`].
async fn read_body(mut body: Body) -> Result<Option<Bytes>, axum::Error> {
    let (mut kept, mut read) = (Vec::new(), 0);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame?.into_data() else { continue };
        read += data.len();
        if read <= UPLOAD_BYTES {
            kept.extend_from_slice(&data);
        } else if read > UPLOAD_READ_BYTES {
            break;
        }
    }
    Ok((read <= UPLOAD_BYTES).then(|| kept.into()))
}

/// A file cannot be kept over a sign-in, so nothing but the page is.
fn sign_in_first(page: &str) -> Response {
    see_other(&paths::with_next(paths::SIGN_IN, page))
}
