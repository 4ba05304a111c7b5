//! The router over a test's own database, asked without a network.

use std::path::Path;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use backend::billing::BillingSettings;
use clap::Parser;
use server::{
    config::{ServeSettings, Settings},
    router::router,
    site::Site,
};
use sqlx::PgPool;
use tower::ServiceExt;

use crate::support::{Person, World};

pub struct Http {
    pub world: World,
    router: Router,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    serve: ServeSettings,
}

impl Http {
    pub async fn new(pool: PgPool) -> Self {
        Self::with_flags(pool, &[]).await
    }

    /// A production set-up (https, no /dev pages) unless `flags` say otherwise.
    pub async fn with_flags(pool: PgPool, flags: &[&str]) -> Self {
        Self::with_site(pool, flags, &Site::plain(Path::new("no/site"))).await
    }

    pub async fn with_site(pool: PgPool, flags: &[&str], site: &Site) -> Self {
        Self::of(World::new(pool).await, flags, site)
    }

    /// Whose operator bills so.
    pub async fn billing_as(pool: PgPool, settings: BillingSettings) -> Self {
        let mut world = World::new(pool).await;
        world.backend = world.backend.clone().billing_as(settings);
        Self::of(world, &[], &Site::plain(Path::new("no/site")))
    }

    fn of(world: World, flags: &[&str], site: &Site) -> Self {
        let mut arguments = vec![
            "server",
            "--database-url=postgres://unused/unused",
            "--secret-key=a secret key of the tests, long enough",
            "--base-url=https://steward.test",
        ];
        arguments.extend(flags);
        if !flags.iter().any(|flag| flag.starts_with("--requests-per-minute")) {
            arguments.push("--requests-per-minute=100000");
        }
        let flags = Flags::parse_from(arguments);
        let router = router(world.backend.clone(), &flags.settings, &flags.serve, site).expect("a router");
        Self { world, router }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// An answer whose body may never end.
    pub async fn stream(&self, path: &str, person: Option<&Person>) -> axum::response::Response {
        let request =
            browser("GET", path, person).header(header::ACCEPT, "text/event-stream").body(Body::empty());
        self.router.clone().oneshot(request.expect("a request")).await.expect("an answer")
    }

    /// Opens a page as a browser does.
    pub async fn get(&self, path: &str, person: Option<&Person>) -> Answer {
        let request = browser("GET", path, person).header(header::ACCEPT, "text/html").body(Body::empty());
        self.send(request.expect("a request")).await
    }

    /// Calls a server function as the browser's wasm does.
    pub async fn call(&self, path: &str, person: Option<&Person>, form: &str) -> Answer {
        self.post(path, person, form, "application/json").await
    }

    /// Posts a form as a browser without wasm does.
    pub async fn submit(&self, path: &str, person: Option<&Person>, form: &str) -> Answer {
        self.post(path, person, form, "text/html").await
    }

    async fn post(&self, path: &str, person: Option<&Person>, form: &str, accept: &str) -> Answer {
        let request = browser("POST", path, person)
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form.to_owned()));
        self.send(request.expect("a request")).await
    }
}

fn browser(method: &str, path: &str, person: Option<&Person>) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path).header(header::HOST, "steward.test");
    match person {
        Some(person) => request.header(header::COOKIE, format!("__Host-session={}", person.session_token)),
        None => request,
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The stable code of a refusal.
    pub fn code(&self) -> String {
        let json: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        match (json["refused"].as_object(), json["denied"].as_object()) {
            (Some(refusal), _) => text(&refusal["code"]),
            (_, Some(denied)) => text(&denied["refusal"]["code"]),
            _ => text(&json),
        }
    }
}
