//! Headers, origins and limits.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use sqlx::PgPool;

use crate::http_support::Http;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_answer_carries_the_security_headers(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let answers = [
        http.get("/sign-in", None).await,
        http.get("/settings/staff", Some(&olive)).await,
        http.get("/no-such-page", Some(&olive)).await,
        http.get("/healthz", None).await,
        http.call("/api/identity/sessions", None, "").await,
        http.get("/pkg/none.js", None).await,
    ];
    let cases = answers.len();
    for answer in answers {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert!(answer.header("strict-transport-security").contains("max-age="));
        assert!(!answer.header("x-request-id").is_empty());
    }
    println!("{cases} answers had all headers");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn pages_are_not_stored_and_run_only_scripts_with_their_own_nonce(pool: PgPool) {
    let http = Http::new(pool).await;
    let (first, second) = (http.get("/sign-in", None).await, http.get("/sign-in", None).await);
    assert_eq!(first.header("cache-control"), "no-store");
    let policy = first.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    assert!(!second.header("content-security-policy").contains(nonce), "a nonce is used once");
    for script in first.body.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(
            tag.contains("application/json") || tag.contains(nonce),
            "a script without nonce: <script{tag}>"
        );
    }
    assert!(!first.body.contains(" style="), "no inline style");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_post_from_elsewhere_is_refused(pool: PgPool) {
    let http = Http::new(pool).await;
    let session = format!("__Host-session={}", http.world.olive().session_token);
    let post = |name: Option<(&'static str, &'static str)>| {
        let request = Request::post("/api/identity/sign-out")
            .header(header::HOST, "steward.test")
            .header(header::COOKIE, &session)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        match name {
            Some((name, value)) => request.header(name, value),
            None => request,
        }
        .body(Body::empty())
        .unwrap()
    };
    let foreign = [
        Some(("sec-fetch-site", "cross-site")),
        Some(("sec-fetch-site", "same-site")),
        Some(("origin", "https://evil.example")),
        Some(("origin", "null")),
        None,
    ];
    for header in foreign {
        assert_eq!(http.send(post(header)).await.status, StatusCode::FORBIDDEN, "{header:?}");
    }
    for header in [Some(("sec-fetch-site", "same-origin")), Some(("origin", "https://steward.test"))] {
        assert_ne!(http.send(post(header)).await.status, StatusCode::FORBIDDEN, "{header:?}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn no_server_function_answers_get(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let mut count = 0;
    for (path, _) in server_fn::axum::server_fn_paths() {
        assert_eq!(http.get(path, Some(&olive)).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        count += 1;
    }
    assert!(count > 0);
    println!("{count} server functions refuse GET");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_body_over_two_megabytes_is_refused(pool: PgPool) {
    let http = Http::new(pool).await;
    let form = format!("email={}&password=x", "a".repeat(3 * 1024 * 1024));
    for answer in [
        http.call("/api/identity/sign-in", None, &form).await,
        http.submit("/api/identity/sign-in", None, &form).await,
    ] {
        assert_eq!(answer.status.as_u16() / 100, 4);
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn one_address_is_asked_to_wait(pool: PgPool) {
    let http = Http::with_flags(pool, &["--requests-per-minute=5"]).await;
    let mut limited = None;
    for _ in 0..6 {
        limited = Some(http.get("/sign-in", None).await)
            .filter(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    let limited = limited.expect("the sixth request within a minute waits");
    assert!(limited.header("retry-after").parse::<u32>().unwrap() >= 1);
}
