//! Forms without wasm: what was typed stays, secrets do not come back, nothing leads off our origin.

use axum::http::StatusCode;
use chrono::Duration;
use sqlx::PgPool;

use crate::{
    http_support::{Answer, Http},
    support::{PASSWORD, Person},
};

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

/// A browser whose last proof is a quarter of an hour old.
async fn olive_later(http: &Http) -> Person {
    http.world.advance(Duration::minutes(16));
    http.world.olive().clone()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_has_to_prove_who_they_are_finds_what_they_typed(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = olive_later(&http).await;
    let typed = "first_name=Ada&last_name=Lovelace&email=ada%40example.com&phone=%2B13035550111&role=admin";
    let form = format!("_page=/settings/staff/new&{typed}");
    let asked = http.submit("/api/staff/invite", Some(&olive), &form).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    for kept in ["value=\"Ada\"", "value=\"Lovelace\"", "value=\"ada@example.com\"", "value=\"+13035550111\""]
    {
        assert!(asked.body.contains(kept), "{kept}");
    }
    let admin = asked.body.split("<input").find(|input| input.contains("value=\"admin\"")).expect("a choice");
    assert!(admin.split('>').next().unwrap().contains("checked"), "the chosen role is kept: {admin}");
    let link = "<a href=\"/prove?next=/go-back\" target=\"_blank\" rel=\"noopener\">";
    assert!(asked.body.contains(link) && asked.body.contains("Please confirm that it is you"));
    assert_eq!(asked.body.matches(link).count(), 1);

    let password = PASSWORD.replace(' ', "+");
    let proof = format!("_page=/prove%3Fnext%3D/go-back&next=/go-back&password={password}");
    let proved = http.submit("/api/identity/prove", Some(&olive), &proof).await;
    assert_eq!((proved.status, proved.header("location")), (StatusCode::SEE_OTHER, "/go-back"));
    let back = http.get("/go-back", None).await;
    assert!(back.body.contains("Now go back to your form"));
    let olive = Person { session_token: session_of(&proved), ..olive };
    let sent = http.submit("/api/staff/invite", Some(&olive), &form).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/settings/staff"));
}

fn session_of(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
    let value =
        cookies.filter_map(|cookie| cookie.strip_prefix("__Host-session=")).next().expect("a session");
    value.split(';').next().unwrap_or_default().to_owned()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whose_session_has_ended_keeps_what_they_typed_but_sees_nothing(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = http.world.uma().clone();
    let page = format!("/settings/staff/{}/edit", uma.member_id);
    let form = format!(
        "_page={page}&id={}&version=1&first_name=%22%3E%3Cb%3E&last_name=Typed&phone=&current_password=secret-one&role=user",
        uma.member_id
    );
    let asked = http.submit("/api/staff/edit-member", None, &form).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
    for kept in [
        "action=\"/api/staff/edit-member\"",
        &format!("name=\"_page\" value=\"{page}\""),
        "name=\"last_name\" value=\"Typed\"",
        "href=\"/sign-in?next=/go-back\" target=\"_blank\" rel=\"noopener\"",
    ] {
        assert!(asked.body.contains(kept), "{kept}: {}", asked.body);
    }
    for hidden in ["secret-one", "uma@example.com", "\"><b>"] {
        assert!(!asked.body.contains(hidden), "{hidden}");
    }
    // Pressed again, signed in, it is the form that was typed.
    let olive = http.world.olive().clone();
    let sent =
        http.submit("/api/staff/edit-member", Some(&olive), &form.replace("%22%3E%3Cb%3E", "Uma")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
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
