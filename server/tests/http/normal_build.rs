//! What a build without the movable clock does not have.
#![cfg(not(feature = "test-clock"))]

use axum::{
    body::Body,
    http::{Request, header},
};
use chrono::Duration;
use sqlx::PgPool;

use crate::http_support::Http;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_moves_the_clock_of_a_normal_build(pool: PgPool) {
    let http = Http::new(pool).await;
    let before = http.world.now();
    for method in ["POST", "PUT", "GET"] {
        let request = Request::builder().method(method).uri("/test/clock/advance");
        let request = request
            .header(header::HOST, "steward.test")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(r#"{"seconds":86400}"#));
        assert!(http.send(request.unwrap()).await.status.is_client_error(), "{method}");
    }
    assert!(http.world.now() - before < Duration::hours(1));
}
