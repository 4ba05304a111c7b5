//! What breaks on our side is told with a code and a reference, and with nothing of its inside.

use axum::http::StatusCode;
use sqlx::PgPool;

use crate::http_support::{Answer, Http};

fn assert_tells_nothing(answer: &Answer) {
    for inside in
        ["sqlx", "pool", "Pool", "postgres", "select ", "SELECT", "panicked", ".rs:", "constraint", "/src/"]
    {
        assert!(!answer.body.contains(inside), "{inside:?} stands in {}", answer.body);
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn without_the_database_there_is_a_code_and_a_reference(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    http.world.backend.db.close().await;
    let forms = [
        ("/api/identity/sign-in", "email=olive@example.com&password=x"),
        ("/api/identity/forgot-password", "email=olive@example.com"),
        (
            "/api/staff/open-invitation",
            "link=AaA0fQirdKuXdspLZSvcsQGiDkpceHM8gbc-okuii4w.1.hqdPuHubCsYsfw1uJeJ5221OANwa5gHcP_UK5Rlgcq4",
        ),
    ];
    for (path, form) in forms {
        let answer = http.call(path, None, form).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}: {}", answer.body);
        let reference = answer.header("x-request-id");
        assert!(!reference.is_empty() && answer.body.contains(reference), "{path}: {}", answer.body);
        assert!(answer.body.contains("broken"), "{path}: {}", answer.body);
        assert_tells_nothing(&answer);
    }
    // Whose session it is cannot be known: that is no "signed out".
    for path in ["/", "/settings/staff", "/download/activity/0190a8f0-0000-7000-8000-000000000000"] {
        let answer = http.get(path, Some(&olive)).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_tells_nothing(&answer);
    }
    assert_eq!(http.get("/readyz", None).await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(http.get("/healthz", None).await.status, StatusCode::OK);
    println!("{} functions and 3 pages without a database", forms.len());
}
