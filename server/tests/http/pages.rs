//! Pages by URL and status.

use axum::http::StatusCode;
use sqlx::PgPool;

use crate::http_support::Http;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn pages_behind_the_sign_in_send_there_and_name_the_way_back(pool: PgPool) {
    let http = Http::new(pool).await;
    for (path, next) in [
        ("/", "/"),
        ("/settings/staff?status=invited", "/settings/staff%3Fstatus%3Dinvited"),
        ("/settings/activity", "/settings/activity"),
        ("/me", "/me"),
    ] {
        let answer = http.get(path, None).await;
        let expected = format!("/sign-in?next={next}");
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::SEE_OTHER, expected.as_str()),
            "{path}"
        );
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_does_not_exist_and_what_belongs_to_others_answer_alike(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let foreign = format!("/settings/staff/{}", http.world.otto().member_id);
    let absent = "/settings/staff/0190a8f0-0000-7000-8000-000000000000";
    let (foreign, absent) = (http.get(&foreign, Some(&olive)).await, http.get(absent, Some(&olive)).await);
    assert_eq!((foreign.status, absent.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(http.get("/no-such-page", Some(&olive)).await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn development_pages_do_not_exist_in_production(pool: PgPool) {
    let http = Http::new(pool).await;
    for path in ["/dev/gallery", "/dev/mailbox"] {
        assert_eq!(http.get(path, None).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(http.call("/api/dev/mailbox", None, "").await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_balancer_hears_that_the_server_is_ready(pool: PgPool) {
    let http = Http::new(pool).await;
    assert_eq!(http.get("/healthz", None).await.body, "ok");
    assert_eq!(http.get("/readyz", None).await.status, StatusCode::OK);
}
