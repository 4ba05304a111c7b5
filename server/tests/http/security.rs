//! Headers, origins and limits.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use sqlx::PgPool;

use crate::http_support::{Answer, Http};

/// People get a sentence and a reference, and no JSON.
#[track_caller]
fn assert_readable(answer: &Answer, sentence: &str) {
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    let reference = answer.header("x-request-id");
    assert!(!reference.is_empty() && answer.body.contains(reference), "{}", answer.body);
    assert!(answer.body.starts_with(sentence), "{}", answer.body);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_refused_before_the_pages_has_a_code_and_words(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = http.world.uma().clone();
    let file = "/download/activity/0190a8f0-0000-7000-8000-000000000000";
    let readable = http.get(file, Some(&uma)).await;
    assert_eq!(readable.status, StatusCode::FORBIDDEN);
    assert_readable(&readable, "Your access does not include “Export activity”.");
    let fetched = Request::get(file).header(header::COOKIE, format!("__Host-session={}", uma.session_token));
    let fetched = http.send(fetched.body(Body::empty()).unwrap()).await;
    assert_eq!(fetched.code(), "permission_missing");
    let theme = http.call("/theme", None, "colour=blue").await;
    assert_eq!((theme.status, theme.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "malformed"));
    let get = http.get("/api/staff/list", Some(&uma)).await;
    assert_readable(&get, "This request could not be read.");
    println!("6 refusals before the pages, each with a code and words");
}

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
        let refused = http.send(post(header)).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::FORBIDDEN, "foreign_origin"),
            "{header:?}"
        );
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
    let called = http.call("/api/identity/sign-in", None, &form).await;
    assert_eq!((called.status, called.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
    let submitted = http.submit("/api/identity/sign-in", None, &form).await;
    assert_eq!(submitted.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_readable(&submitted, "This is more than can be sent at once.");
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
    assert_readable(&limited, "This was tried too often.");
    let called = http.call("/api/identity/places", None, "").await;
    assert_eq!((called.status, called.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts"));
}
