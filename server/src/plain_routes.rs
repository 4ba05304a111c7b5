//! Every address that is neither a page nor a server function, in one list: the router is made of it, and a test holds it against
//! the access table, so that none comes without a decision.

use app::paths;
use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    routing::{MethodFilter, MethodRouter, on},
};
use backend::Backend;

use crate::{files, inbound, limits::INBOUND_BYTES, live, plain_forms::Pages};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Get,
    Post,
    /// A post that may be larger than other requests.
    Upload,
    /// A post of another service, which no Origin vouches for but a signature.
    Inbound,
}

pub struct PlainRoute {
    kind: Kind,
    pub path: &'static str,
    handler: fn(MethodFilter) -> MethodRouter<Pages>,
}

const fn route(
    kind: Kind,
    path: &'static str,
    handler: fn(MethodFilter) -> MethodRouter<Pages>,
) -> PlainRoute {
    PlainRoute { kind, path, handler }
}

pub const PLAIN_ROUTES: &[PlainRoute] = &[
    route(Kind::Get, app::live::PATH, |method| on(method, live::stream)),
    route(Kind::Get, "/photo/{login}/{version}", |method| on(method, files::photo)),
    route(Kind::Get, "/download/activity/{id}", |method| on(method, files::download_activity)),
    route(Kind::Get, "/download/staff-import/{id}", |method| on(method, files::download_staff_import)),
    route(Kind::Get, "/download/access-review/{id}", |method| on(method, files::download_access_review)),
    route(Kind::Get, "/download/profile/{id}", |method| on(method, files::download_profile)),
    route(Kind::Get, "/download/appointment/{link}", |method| on(method, files::download_appointment)),
    route(Kind::Get, "/download/invoice/{number}", |method| on(method, files::download_invoice)),
    route(Kind::Get, paths::INVOICES_CSV, |method| on(method, files::download_invoices)),
    route(Kind::Get, paths::STAFF_IMPORT_SAMPLE, |method| on(method, files::staff_import_sample)),
    route(Kind::Post, "/theme", |method| on(method, files::set_theme)),
    route(Kind::Upload, paths::UPLOAD_PHOTO, |method| on(method, files::upload_photo)),
    route(Kind::Upload, paths::UPLOAD_STAFF_IMPORT, |method| on(method, files::upload_staff_import)),
    route(Kind::Upload, paths::UPLOAD_PROFILE, |method| on(method, files::upload_profile)),
    route(Kind::Inbound, "/webhooks/stripe", |method| on(method, inbound::stripe)),
];

impl PlainRoute {
    pub fn method(&self) -> &'static str {
        if self.kind == Kind::Get { "GET" } else { "POST" }
    }

    fn methods(&self) -> MethodRouter<Pages> {
        (self.handler)(if self.kind == Kind::Get { MethodFilter::GET } else { MethodFilter::POST })
    }
}

/// Those whose requests are as small as all others.
pub fn small(pages: Pages) -> Router {
    those(|kind| matches!(kind, Kind::Get | Kind::Post)).with_state(pages)
}

/// Those whose handlers count what they read; see `limits`.
pub fn uploads(pages: Pages) -> Router {
    those(|kind| kind == Kind::Upload).layer(DefaultBodyLimit::disable()).with_state(pages)
}

/// Those that come without a visitor.
pub fn inbound(pages: Pages, backend: Backend) -> Router {
    let limit = DefaultBodyLimit::max(INBOUND_BYTES);
    those(|kind| kind == Kind::Inbound).layer(limit).layer(Extension(backend)).with_state(pages)
}

fn those(wanted: fn(Kind) -> bool) -> Router<Pages> {
    PLAIN_ROUTES
        .iter()
        .filter(|route| wanted(route.kind))
        .fold(Router::new(), |router, route| router.route(route.path, route.methods()))
}
