//! The page behind a mailed invitation, for each kind of visitor and each kind of link.

use axum::http::StatusCode;
use chrono::Duration;
use domain::{InvitationId, Role};
use sqlx::PgPool;

use crate::{
    http_support::{Answer, Http},
    staff_pages::invite,
    support::Person,
};

/// An invitation of Nia, with its link.
async fn invited(http: &Http, email: &str) -> (InvitationId, String) {
    let id = invite(http, "Nia", email).await;
    (id, http.world.mailed_link(email, "/join/").await)
}

async fn open(http: &Http, link: &str, person: Option<&Person>, heading: &str) -> Answer {
    let page = http.get(&format!("/join/{link}"), person).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(&format!("<h1>{heading}")), "not {heading:?}: {}", page.body);
    page
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_new_person_joins_without_wasm(pool: PgPool) {
    let http = Http::new(pool).await;
    let (_, link) = invited(&http, "nia@example.com").await;
    let page = open(&http, &link, None, "Join Acme").await;
    for text in [
        "Olive Tester invites you to work in Acme.",
        "value=\"Nia\"",
        "value=\"nia@example.com\"",
        "name=\"password\"",
    ] {
        assert!(page.body.contains(text), "{text}");
    }
    let form = |password: &str| {
        format!("_page=/join/{link}&link={link}&first_name=Nina&last_name=Novak&password={password}")
    };
    let refused = http.submit("/api/staff/accept-invitation", None, &form("password")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"Nina\""), "what was typed stays");
    let joined = http.submit("/api/staff/accept-invitation", None, &form("quiet-harbour-lantern-42")).await;
    assert_eq!((joined.status, joined.header("location")), (StatusCode::SEE_OTHER, "/"));
    let cookies = joined.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    assert!(cookies.into_iter().any(|cookie| cookie.starts_with("__Host-session=")));
    open(&http, &link, None, "This invitation was used").await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_with_a_login_signs_in_and_joins_with_it(pool: PgPool) {
    let http = Http::new(pool).await;
    let otto = http.world.otto().clone();
    let (_, link) = invited(&http, "otto@example.com").await;
    let page = open(&http, &link, None, "Join Acme").await;
    assert!(page.body.contains(&format!("href=\"/sign-in?next=/join/{link}\"")), "{}", page.body);
    assert!(!page.body.contains("name=\"password\""), "a link never sets a password that is there");
    let page = open(&http, &link, Some(&otto), "Join Acme").await;
    assert!(
        page.body.contains("You are signed in as otto@example.com.")
            && !page.body.contains("name=\"password\"")
    );
    let form = format!("_page=/join/{link}&link={link}");
    let joined = http.submit("/api/staff/accept-signed-in", Some(&otto), &form).await;
    assert_eq!((joined.status, joined.header("location")), (StatusCode::SEE_OTHER, "/"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_link_that_was_handed_over_offers_the_mail_and_nothing_else(pool: PgPool) {
    let http = Http::new(pool).await;
    let (backend, olive) = (http.world.backend.clone(), http.world.olive().clone());
    let otto = http.world.otto().clone();
    for email in ["nia@example.com", "otto@example.com"] {
        let (id, _) = invited(&http, email).await;
        let address = backend::staff::show_link(&backend, &olive.access, id).await.unwrap();
        let link = address.rsplit('/').next().unwrap();
        let page = open(&http, link, None, "Join Acme").await;
        for text in ["Olive Tester invites you to work in Acme.", "E-mail me my link", email] {
            assert!(page.body.contains(text), "{text}");
        }
        for text in ["name=\"password\"", "/sign-in"] {
            assert!(!page.body.contains(text), "{text}");
        }
        let form = format!("_page=/join/{link}&link={link}");
        let sent = http.submit("/api/staff/mail-invitation", None, &form).await;
        assert_eq!(sent.status, StatusCode::OK);
        assert!(sent.body.contains(&format!("The mail to {email} is on its way")), "{}", sent.body);
        let mails = http.world.mails().await;
        assert_eq!(mails.iter().filter(|mail| mail.to.as_str() == email).count(), 2, "{email}");
    }
    let (id, _) = invited(&http, "otto@example.com").await;
    let address = backend::staff::show_link(&backend, &olive.access, id).await.unwrap();
    let page = open(&http, address.rsplit('/').next().unwrap(), Some(&otto), "Join Acme").await;
    assert!(page.body.contains("You are signed in as otto@example.com."));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_wrong_person_may_sign_out_and_come_back(pool: PgPool) {
    let http = Http::new(pool).await;
    let max = http.world.max().clone();
    let (_, link) = invited(&http, "nia@example.com").await;
    let page = open(&http, &link, Some(&max), "This invitation is for somebody else").await;
    assert!(page.body.contains("max@example.com") && page.body.contains("nia@example.com"));
    let form = format!("_page=/join/{link}&next=/join/{link}");
    let out = http.submit("/api/identity/sign-out", Some(&max), &form).await;
    assert_eq!(
        (out.status, out.header("location")),
        (StatusCode::SEE_OTHER, format!("/join/{link}").as_str())
    );
    let out =
        http.submit("/api/identity/sign-out", Some(http.world.uma()), "_page=/&next=//evil.example").await;
    assert_eq!(out.header("location"), "/");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_expired_link_asks_for_a_new_one_once(pool: PgPool) {
    let http = Http::new(pool).await;
    let (_, link) = invited(&http, "nia@example.com").await;
    http.world.advance(Duration::days(8));
    let page = open(&http, &link, None, "This invitation has expired").await;
    assert!(page.body.contains("Ask Olive Tester for a new one"));
    let form = format!("_page=/join/{link}&link={link}");
    let asked = http.submit("/api/staff/ask-again", None, &form).await;
    assert_eq!(
        (asked.status, asked.header("location")),
        (StatusCode::SEE_OTHER, format!("/join/{link}").as_str())
    );
    let page = open(&http, &link, None, "This invitation has expired").await;
    assert!(page.body.contains("You asked for a new link") && !page.body.contains("Ask Olive Tester"));
    let token = http.world.session(http.world.olive().login_id, http.world.acme).await;
    let olive = Person { session_token: token, ..http.world.olive().clone() };
    let list = http.get("/settings/staff?status=asked", Some(&olive)).await;
    assert!(list.body.contains("Asked for a new link") && list.body.contains("Invitation expired"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn revoked_replaced_and_unbacked_links_each_say_so(pool: PgPool) {
    let http = Http::new(pool).await;
    let (backend, olive) = (http.world.backend.clone(), http.world.olive().clone());
    let (id, old_link) = invited(&http, "nia@example.com").await;
    backend::staff::resend(&backend, &olive.access, id).await.unwrap();
    open(&http, &old_link, None, "There is a newer link").await;
    let link = http.world.mailed_link("nia@example.com", "/join/").await;
    open(&http, &link, None, "Join Acme").await;
    backend::staff::revoke(&backend, &olive.access, id).await.unwrap();
    let page = open(&http, &link, None, "This invitation was withdrawn").await;
    assert!(page.body.contains("Ask Olive Tester for a new one"));

    let (_, link) = invited(&http, "mia@example.com").await;
    let second = http.world.person("second@example.com", http.world.acme, Role::Admin).await;
    backend::staff::deactivate(&backend, &second.access, olive.member_id).await.unwrap();
    let page = open(&http, &link, None, "This invitation is not valid any more").await;
    assert!(page.body.contains("Ask Acme for a new one"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_forged_link_tells_nothing(pool: PgPool) {
    let http = Http::new(pool).await;
    let (_, link) = invited(&http, "nia@example.com").await;
    let forged = format!("{}x", &link[..link.len() - 2]);
    for link in [forged.as_str(), "x", "%00", "..%2F"] {
        let page = open(&http, link, None, "We do not know this link").await;
        assert!(!page.body.contains("nia@example.com") && !page.body.contains("Acme"), "{link}");
    }
}
