//! Every route and layer on one screen.

use std::{sync::Arc, time::Duration};

use app::{boot::Brand, request::CookieNames, shell::shell};
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::Response,
    routing::{any, get},
};
use backend::Backend;
use leptos_axum::{handle_server_fns, render_app_async};
use tower::ServiceBuilder;
use tower_http::{
    ServiceBuilderExt, catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer,
    limit::RequestBodyLimitLayer, request_id::MakeRequestUuid, services::ServeDir,
    set_header::SetResponseHeaderLayer, timeout::TimeoutLayer, trace::TraceLayer,
};

use crate::{
    config::{ServeSettings, Settings},
    explain, health,
    limits::{self, BODY_BYTES, Limits},
    plain_forms::{self, Pages},
    plain_routes, security,
    session::{self, Visits},
    site::Site,
};

pub fn router(
    backend: Backend,
    settings: &Settings,
    serve: &ServeSettings,
    site: &Site,
) -> Result<Router, Box<dyn std::error::Error>> {
    let limits = Limits::new(serve.requests_per_minute, serve.trusted_proxies);
    let visits = visits(&backend, settings, limits.clone());
    let is_secure = settings.is_secure();
    let origin = settings.base_url.origin().ascii_serialization();
    let pages = pages(site);
    let render = pages.clone();
    let inbound = plain_routes::inbound(pages.clone(), backend.clone());
    let with_visit = Router::new()
        .route(
            "/api/{*function}",
            any(handle_server_fns).layer(from_fn_with_state(pages.clone(), plain_forms::answer)),
        )
        .merge(plain_routes::small(pages.clone()))
        .fallback(get(move |request: Request| render(request)))
        .layer(
            ServiceBuilder::new().layer(RequestBodyLimitLayer::new(BODY_BYTES)).map_request_body(Body::new),
        )
        .merge(plain_routes::uploads(pages))
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(limits, limits::limit))
                .layer(from_fn(security::require_origin))
                .layer(CsrfLayer::new().add_trusted_origin(&origin)?)
                .layer(from_fn_with_state(visits, session::recognise))
                .layer(CompressionLayer::new().br(true).gzip(true)),
        );
    let app = Router::new().merge(with_visit).merge(inbound).merge(files(site)).merge(plain(backend));
    Ok(app.layer(
        ServiceBuilder::new()
            .layer(from_fn(forget_foreign_request_id))
            .set_x_request_id(MakeRequestUuid)
            .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()))
            .propagate_x_request_id()
            .layer(from_fn(health::measure))
            .layer(from_fn(move |request, next| security::headers(is_secure, request, next)))
            .layer(from_fn(explain::explain))
            .layer(CatchPanicLayer::new())
            .layer(TimeoutLayer::with_status_code(
                StatusCode::SERVICE_UNAVAILABLE,
                Duration::from_secs(serve.request_seconds),
            )),
    ))
}

/// Pages are rendered as a whole: streamed fragments need a script to move into place, and every page works without one.
fn pages(site: &Site) -> Pages {
    // What loads a page's data is spawned on it. Refused when there is one already, as in tests with several routers.
    let _ = any_spawner::Executor::init_tokio();
    let assets = Arc::new(site.assets.clone());
    Arc::new(move |request| {
        let assets = assets.clone();
        Box::pin(async move { render_app_async(move || shell(&assets))(request).await })
    })
}

fn visits(backend: &Backend, settings: &Settings, limits: Limits) -> Visits {
    let brand = Brand {
        name: settings.brand_name.clone(),
        support_email: settings.support_email.clone(),
        book_a_call_url: settings.book_a_call(),
    };
    let cookies = CookieNames { is_secure: settings.is_secure() };
    Visits { backend: backend.clone(), limits, cookies, brand, development: settings.development }
}

/// For a name that never changes its meaning.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Browsers ask each time whether what they have is still right.
const ASKED_FOR_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Built files, and fonts.
fn files(site: &Site) -> Router {
    let folder = |name: &str, caching: HeaderValue| {
        let files = ServeDir::new(site.root.join(name)).precompressed_br().precompressed_gzip();
        let caching = move |response: &Response| response.status().is_success().then(|| caching.clone());
        Router::new()
            .nest_service(&format!("/{name}"), files)
            .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, caching))
    };
    let icon = tower_http::services::ServeFile::new(site.root.join("favicon.svg"));
    folder("pkg", if site.is_hashed { KEPT } else { ASKED_FOR_AGAIN })
        .merge(folder("fonts", KEPT))
        .route_service("/favicon.svg", icon)
}

/// Answers without a visitor.
fn plain(backend: Backend) -> Router {
    let routes = health::routes();
    #[cfg(feature = "test-clock")]
    let routes = routes.merge(crate::test_clock::routes());
    routes.with_state(backend)
}

/// A visitor's own request id could be made to look like another's in the log.
async fn forget_foreign_request_id(mut request: Request, next: axum::middleware::Next) -> Response {
    request.headers_mut().remove(HeaderName::from_static("x-request-id"));
    next.run(request).await
}

/// One span a request; links that carry secrets are cut off after their first part.
fn span(request: &Request) -> tracing::Span {
    let path = request.uri().path();
    let shown = ["/join/", "/confirm/", "/reset-password/", "/confirm-email/", "/pay/", "/test-gateway/"]
        .into_iter()
        .find(|prefix| path.starts_with(prefix))
        .unwrap_or(path);
    let request_id =
        request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!(
        "request",
        method = %request.method(),
        path = shown,
        request_id,
        account = tracing::field::Empty,
        member = tracing::field::Empty,
        login = tracing::field::Empty,
    )
}
