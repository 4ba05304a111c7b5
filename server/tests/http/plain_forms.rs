//! Forms without wasm: what was typed stays, secrets do not come back, nothing leads off our origin.

use axum::http::StatusCode;
use sqlx::PgPool;

use crate::{http_support::Http, support::PASSWORD};

const SIGN_IN: &str = "/api/identity/sign-in";

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn success_redirects_to_the_page_with_both_cookies(pool: PgPool) {
    let http = Http::new(pool).await;
    let form = format!(
        "_page=/sign-in&email=olive@example.com&password={}&next=/settings/staff",
        PASSWORD.replace(' ', "+")
    );
    let answer = http.submit(SIGN_IN, None, &form).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/settings/staff"));
    let cookies: Vec<_> =
        answer.headers.get_all("set-cookie").iter().map(|c| c.to_str().unwrap().to_owned()).collect();
    for name in ["__Host-session=", "__Host-device="] {
        let cookie = cookies.iter().find(|cookie| cookie.starts_with(name)).expect(name);
        for attribute in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"] {
            assert!(cookie.contains(attribute), "{cookie} lacks {attribute}");
        }
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_refusal_shows_the_same_page_with_what_was_typed_but_no_password(pool: PgPool) {
    let http = Http::new(pool).await;
    let form = "_page=/sign-in&email=olive%2B1%40example.com&password=wrong-but-secret&next=/settings/staff";
    let answer = http.submit(SIGN_IN, None, form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("olive+1@example.com"), "the address is kept");
    assert!(answer.body.contains("The e-mail address or the password is not right."));
    assert!(!answer.body.contains("wrong-but-secret"), "a password is never sent back");
    assert!(answer.body.contains("/settings/staff"), "the page to go on to is kept");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn neither_next_nor_page_leads_off_our_origin(pool: PgPool) {
    let http = Http::new(pool).await;
    for hostile in ["https://evil.example", "//evil.example", "/%5Cevil.example", "/api/identity/sign-out"] {
        let password = PASSWORD.replace(' ', "+");
        let form = format!("_page={hostile}&email=olive@example.com&password={password}&next={hostile}");
        let answer = http.submit(SIGN_IN, None, &form).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"), "{hostile}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn without_a_session_a_form_leads_to_the_sign_in_and_back(pool: PgPool) {
    let http = Http::new(pool).await;
    let answer = http.submit("/api/identity/end-other-sessions", None, "_page=/me/sessions").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/sign-in?next=/me/sessions")
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn hostile_text_stays_text_when_it_is_shown_again(pool: PgPool) {
    let http = Http::new(pool).await;
    let typed = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let answer = http.submit(SIGN_IN, None, &format!("_page=/sign-in&email={typed}&password=x")).await;
    assert!(!answer.body.contains("<script>alert(1)"), "typed text became markup");
    assert!(!answer.body.contains("</script>\"}"), "typed text ended the boot element");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_unreadable_request_is_the_senders_fault(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive();
    let answer = http.call("/api/identity/end-session", Some(olive), "session=no-uuid").await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "malformed"));
    let answer = http.call(SIGN_IN, None, "email=a%00b@example.com&password=x").await;
    assert_eq!(answer.status.as_u16() / 100, 4, "a NUL byte: {}", answer.body);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_message_waits_for_the_next_page_only_where_the_browser_loads_it_anew(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let saved = http.call("/api/account/change", Some(&olive), "name=New&time_zone=UTC&country=US").await;
    assert!(
        saved.header("set-cookie").starts_with("__Host-flash=") && saved.body.contains("is saved"),
        "{}",
        saved.body
    );
    let stayed = http.call("/api/activity/verify", Some(&olive), "").await;
    assert_eq!((stayed.status, stayed.header("set-cookie")), (StatusCode::OK, ""), "{}", stayed.body);
    assert!(stayed.body.contains("1 row, none altered"), "{}", stayed.body);
}
