//! What server functions need of the request they run in.

use std::sync::Arc;

use backend::{
    Access, Backend, Client, Error, Signed,
    identity::{Opened, SignedIn},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Refusal, When, identity::ViewerAccount, permissions::ExplanationId};
use http::{
    HeaderValue, StatusCode,
    header::{LOCATION, SET_COOKIE},
    request::Parts,
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde::Serialize;
use server_fn::ServerFn;

use crate::{AppError, Boot};

/// Made by the session middleware for every request, and carried in its extensions.
#[derive(Clone)]
pub struct Visit {
    pub backend: Backend,
    pub client: Client,
    pub signed_in: Option<Arc<SignedIn>>,
    pub cookies: CookieNames,
    pub request_id: String,
    pub boot: Boot,
}

impl Visit {
    /// # Errors
    /// [`Refusal::OnlyLooking`] while Steward is looked at as somebody else would see it.
    pub fn may_act(&self) -> Result<(), Refusal> {
        let looks = self.signed_in.as_ref().is_some_and(|signed_in| signed_in.viewer.preview.is_some());
        if looks { Err(Refusal::OnlyLooking) } else { Ok(()) }
    }

    /// As [`Self::may_act`], for what belongs to the account and not to the person.
    ///
    /// # Errors
    /// [`Refusal::OnlyLooking`]; [`Refusal::AccountPaused`] until what the account owes is paid.
    pub fn may_change_account(&self) -> Result<(), Refusal> {
        self.may_act()?;
        let account = self.signed_in.as_ref().and_then(|signed_in| signed_in.viewer.account.as_ref());
        if account.is_some_and(ViewerAccount::is_paused) { Err(Refusal::AccountPaused) } else { Ok(()) }
    }

    /// A refusal as this visitor hears it: for want of a permission of their own, with its explanation.
    pub fn told(&self, refusal: Refusal) -> AppError {
        let Refusal::PermissionMissing(permission) = refusal else { return refusal.into() };
        let own = self.signed_in.as_ref().filter(|signed_in| signed_in.viewer.preview.is_none());
        let access = own.and_then(|signed_in| signed_in.access.as_ref());
        let Some((access, member)) = access.and_then(|access| Some((access, access.member_id()?))) else {
            return refusal.into();
        };
        AppError::Denied {
            refusal: refusal.as_heard_by(access.permissions(), access.grantable()),
            explanation: ExplanationId::new(member, permission).to_string(),
        }
    }
}

/// `__Host-` names need TLS; a development server on plain HTTP does without the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieNames {
    pub is_secure: bool,
}

impl CookieNames {
    pub fn session(self) -> &'static str {
        if self.is_secure { "__Host-session" } else { "session" }
    }
    pub fn known_device(self) -> &'static str {
        if self.is_secure { "__Host-device" } else { "device" }
    }
    pub fn flash(self) -> &'static str {
        if self.is_secure { "__Host-flash" } else { "flash" }
    }

    /// A `Set-Cookie` value that scripts cannot read and other sites do not send.
    pub fn set(self, name: &str, value: &str, max_age_seconds: i64) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let text =
            format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_seconds}{secure}");
        HeaderValue::from_str(&text).ok()
    }
}

const SESSION_COOKIE_SECONDS: i64 = domain::identity::SESSION_ABSOLUTE_DAYS * 86_400;
const KNOWN_DEVICE_COOKIE_SECONDS: i64 = 365 * 86_400;

/// The visit of this request; none outside a request.
pub fn visit() -> Option<Visit> {
    use_context::<Parts>()?.extensions.get::<Visit>().cloned()
}

/// What the page starts from.
pub fn boot() -> Option<Boot> {
    visit().map(|visit| visit.boot)
}

fn must_visit() -> Result<Visit, AppError> {
    visit().ok_or_else(|| AppError::Broken { request_id: String::new() })
}

/// The origin of the payment service's pages, when there is one.
pub fn gateway_pages() -> Option<&'static str> {
    visit()?.backend.billing.gateway.pages()
}

pub fn backend() -> Result<Backend, AppError> {
    Ok(must_visit()?.backend)
}

pub fn client() -> Result<Client, AppError> {
    Ok(must_visit()?.client)
}

/// What a server function answers to a page that is being rendered, as JSON.
pub async fn answer<S>(arguments: S) -> Result<String, AppError>
where
    S: ServerFn<Error = AppError> + Send,
    S::Output: Serialize,
{
    let output = arguments.run_body().await?;
    serde_json::to_string(&output).map_err(|error| Error::from(error).into())
}

/// For use cases inside the current account that change something.
///
/// # Errors
/// [`Refusal::SignInNeeded`] without a session or without an account, [`Refusal::OnlyLooking`], [`Refusal::AccountPaused`].
pub fn acting() -> Result<(Backend, Access), AppError> {
    must_visit()?.may_change_account()?;
    reading()
}

/// The same for what works while the account is paused too: paying, and whatever ends the pause.
///
/// # Errors
/// [`Refusal::SignInNeeded`] without a session or without an account, [`Refusal::OnlyLooking`].
pub fn acting_while_paused() -> Result<(Backend, Access), AppError> {
    must_visit()?.may_act()?;
    reading()
}

/// For use cases inside the current account that change nothing.
///
/// # Errors
/// [`Refusal::SignInNeeded`] without a session or without an account.
pub fn reading() -> Result<(Backend, Access), AppError> {
    let visit = must_visit()?;
    let access =
        visit.signed_in.and_then(|signed_in| signed_in.access.clone()).ok_or(Refusal::SignInNeeded)?;
    Ok((visit.backend, access))
}

/// For use cases that change something about the login itself.
///
/// # Errors
/// [`Refusal::SignInNeeded`], [`Refusal::OnlyLooking`].
pub fn signed() -> Result<(Backend, Signed, Option<Access>), AppError> {
    must_visit()?.may_act()?;
    signed_reading()
}

/// For use cases that change nothing about the login, and for those with which somebody stops looking as somebody else.
///
/// # Errors
/// [`Refusal::SignInNeeded`].
pub fn signed_reading() -> Result<(Backend, Signed, Option<Access>), AppError> {
    let visit = must_visit()?;
    let signed_in = visit.signed_in.ok_or(Refusal::SignInNeeded)?;
    Ok((visit.backend, signed_in.signed.clone(), signed_in.access.clone()))
}

/// Gives the browser its new session.
pub fn start_session(opened: &Opened) -> Result<(), AppError> {
    let names = must_visit()?.cookies;
    set_cookie(names.set(names.session(), &opened.session_token, SESSION_COOKIE_SECONDS));
    set_cookie(names.set(names.known_device(), &opened.known_device, KNOWN_DEVICE_COOKIE_SECONDS));
    Ok(())
}

pub fn end_session() -> Result<(), AppError> {
    let names = must_visit()?.cookies;
    set_cookie(names.set(names.session(), "", 0));
    Ok(())
}

/// An instant as the viewer reads it: in the account's zone, with the exact instant beside it.
pub fn local(at: DateTime<Utc>) -> When {
    backend::account::local(at, &time_zone())
}

/// The day on the calendar of the viewer's account.
pub fn local_day(at: DateTime<Utc>) -> NaiveDate {
    backend::account::zone::local_day(at, &time_zone())
}

/// What the viewer's account is called; empty outside of one.
pub fn account_name() -> String {
    account(|account| account.name.clone()).unwrap_or_default()
}

fn time_zone() -> String {
    account(|account| account.time_zone.clone()).unwrap_or_else(|| "UTC".to_owned())
}

fn account<T>(read: impl Fn(&ViewerAccount) -> T) -> Option<T> {
    visit()?.signed_in?.viewer.account.as_ref().map(read)
}

fn set_cookie(value: Option<HeaderValue>) {
    if let (Some(value), Some(response)) = (value, use_context::<ResponseOptions>()) {
        response.append_header(SET_COOKIE, value);
    }
}

/// The status of a page whose data could not be had.
pub fn set_status(error: &AppError) {
    let status = StatusCode::from_u16(error.status());
    if let (Ok(status), Some(response)) = (status, use_context::<ResponseOptions>()) {
        response.set_status(status);
    }
}

/// A page that does not exist.
pub fn set_not_found() {
    set_status(&AppError::Refused(Refusal::NotFound));
}

/// The text of a tab's title: leptos writes it into the page as it is, so that a name could end the element and begin another.
pub fn title(text: String) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Sends a browser elsewhere before a page is rendered.
pub fn redirect(path: &str) {
    if let (Ok(value), Some(response)) = (HeaderValue::from_str(path), use_context::<ResponseOptions>()) {
        response.set_status(StatusCode::SEE_OTHER);
        response.insert_header(LOCATION, value);
    }
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => match visit() {
                Some(visit) => visit.told(refusal),
                None => refusal.into(),
            },
            Error::Internal(cause) => {
                let request_id = visit().map(|visit| visit.request_id).unwrap_or_default();
                tracing_error(&request_id, &*cause);
                Self::Broken { request_id }
            }
        }
    }
}

fn tracing_error(request_id: &str, cause: &(dyn std::error::Error + Send + Sync)) {
    tracing::error!(request_id, cause = %cause, "a request failed");
}
