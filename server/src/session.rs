//! Who is at the other end, found out once a request.

use std::sync::Arc;

use app::{
    AppError, Boot,
    boot::Brand,
    request::{CookieNames, Visit},
};
use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderName, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use backend::{
    Backend, Client,
    identity::{self, SignedIn},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::limits::Limits;

/// What is the same for every request.
#[derive(Clone)]
pub struct Visits {
    pub backend: Backend,
    pub limits: Limits,
    pub cookies: CookieNames,
    pub brand: Brand,
    pub development: bool,
}

/// Puts the [`Visit`] into the request's extensions, and takes the flash message off its cookie.
pub async fn recognise(State(visits): State<Visits>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let cookie = |name: &str| jar.get(name).map(|cookie| cookie.value().to_owned());
    let client = Client {
        ip_address: visits.limits.address(&request),
        user_agent: text_header(&request, header::USER_AGENT).chars().take(400).collect(),
        known_device: cookie(visits.cookies.known_device()),
    };
    let signed_in = match look_up(&visits.backend, cookie(visits.cookies.session()), &client).await {
        Ok(signed_in) => signed_in,
        Err(error) => {
            tracing::error!(%error, "a session could not be looked up");
            let broken = AppError::Broken { request_id: request_id(&request) };
            return (StatusCode::SERVICE_UNAVAILABLE, Extension(broken)).into_response();
        }
    };
    // Only a page shows the message; a style sheet or a server function must not use it up.
    let is_page = request.method() == Method::GET && accepts_html(&request);
    let flash = cookie(visits.cookies.flash()).filter(|_| is_page);
    let boot = Boot {
        viewer: signed_in.as_ref().map(|signed_in| signed_in.viewer.clone()),
        brand: visits.brand.clone(),
        messages: flash.as_deref().and_then(decode_flash).into_iter().collect(),
        replay: None,
        theme: cookie(app::THEME_COOKIE).unwrap_or_default(),
        development: visits.development,
        guessed_country: guessed_country(&text_header(&request, header::ACCEPT_LANGUAGE)),
    };
    let request_id = request_id(&request);
    let visit = Visit {
        backend: visits.backend.clone(),
        client,
        signed_in,
        cookies: visits.cookies,
        request_id,
        boot,
    };
    request.extensions_mut().insert(visit);
    let mut response = next.run(request).await;
    if flash.is_some()
        && let Some(value) = visits.cookies.set(visits.cookies.flash(), "", 0)
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Who the session's token belongs to; the log of this request names them from here on.
async fn look_up(
    backend: &Backend,
    token: Option<String>,
    client: &Client,
) -> backend::Result<Option<Arc<SignedIn>>> {
    let Some(token) = token else { return Ok(None) };
    let signed_in = identity::authenticate(backend, &token, client).await?.map(Arc::new);
    if let Some(signed_in) = &signed_in {
        let span = tracing::Span::current();
        span.record("login", tracing::field::display(signed_in.signed.login_id));
        if let Some(access) = &signed_in.access {
            span.record("account", tracing::field::display(access.account()));
            if let Some(member) = access.member_id() {
                span.record("member", tracing::field::display(member));
            }
        }
    }
    Ok(signed_in)
}

/// The cookie value of a message for the next page.
pub fn encode_flash(message: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(message)
}

fn decode_flash(value: &str) -> Option<String> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
    (text.chars().count() <= 300).then_some(text)
}

pub fn accepts_html(request: &Request) -> bool {
    text_header(request, header::ACCEPT).contains("text/html")
}

/// The id under which the log has this request.
pub fn request_id(request: &Request) -> String {
    text_header(request, HeaderName::from_static("x-request-id"))
}

fn text_header(request: &Request, name: header::HeaderName) -> String {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// The region of the first language that names one: `de-CH, en;q=0.8` is CH.
fn guessed_country(accept_language: &str) -> String {
    accept_language
        .split(',')
        .filter_map(|part| part.split(';').next()?.trim().split('-').nth(1))
        .find(|region| region.len() == 2 && region.bytes().all(|b| b.is_ascii_alphabetic()))
        .unwrap_or_default()
        .to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_guessed_only_where_one_is_named() {
        for (header, country) in
            [("de-CH,en;q=0.8", "CH"), ("fr, en-gb", "GB"), ("en", ""), ("", ""), ("zh-Hans", "")]
        {
            assert_eq!(guessed_country(header), country, "{header}");
        }
    }

    #[test]
    fn a_message_survives_its_cookie_and_a_forged_one_is_dropped() {
        assert_eq!(decode_flash(&encode_flash("Gespeichert: Ümit")).as_deref(), Some("Gespeichert: Ümit"));
        assert_eq!(decode_flash("%%%"), None);
        assert_eq!(decode_flash(&encode_flash(&"x".repeat(301))), None);
    }
}
