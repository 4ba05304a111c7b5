//! Headers of every answer, and the Origin check in front of everything that changes something.

use app::AppError;
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};

use crate::explain::refused;

/// For answers without a policy of their own (pages bring one with a nonce): nothing may run, load or frame them.
const STRICT_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Sets what the answer did not set itself.
pub async fn headers(is_secure: bool, request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().starts_with("/pkg/") || request.uri().path().starts_with("/fonts/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut default = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    default(header::CONTENT_SECURITY_POLICY, STRICT_POLICY);
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::X_FRAME_OPTIONS, "DENY");
    default(header::REFERRER_POLICY, "same-origin");
    default(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    default(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    default(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=()",
    );
    if !is_asset {
        default(header::CACHE_CONTROL, "no-store");
    }
    if is_secure {
        default(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    response
}

/// tower-http's check (Sec-Fetch-Site, else Origin) lets requests with neither header pass, because they cannot come from a
/// browser's page. Steward's forms need a browser, and every browser of the last years sends one of them: refuse.
pub async fn require_origin(request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    let tells_origin = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    if is_safe || tells_origin { next.run(request).await } else { refused(AppError::ForeignOrigin) }
}
