//! A member's page and what is done there, without wasm.

use axum::http::StatusCode;
use chrono::Duration;
use sqlx::PgPool;

use crate::{booking_pages::Bookable, http_support::Http, support::Person};

fn page(person: &Person) -> String {
    format!("/settings/staff/{}", person.member_id)
}

/// A form that stands on the member's page, at the address `query` adds.
fn form(person: &Person, query: &str) -> String {
    format!("_page={}{query}&id={}", page(person), person.member_id)
}

fn edited(person: &Person, first_name: &str, role: &str) -> String {
    let form = form(person, "/edit");
    format!("{form}&version=1&first_name={first_name}&last_name=Tester&phone=&role={role}")
}

/// Whether the page asks before it acts. (The command palette is a dialog too.)
fn asks(page: &str) -> bool {
    ["deactivate", "remove", "leave"].iter().any(|act| page.contains(&format!("<dialog id=\"{act}\"")))
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_sees_who_it_is_where_they_are_signed_in_and_what_can_be_done(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive(), http.world.max());
    let answer = http.get(&page(max), Some(olive)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let here = page(max);
    for expected in [
        "Max Tester",
        "max@example.com",
        "Chrome on Linux",
        "198.51.100.4",
        "End all sessions",
        &format!("{here}?deactivate=1"),
        &format!("{here}?remove=1"),
        &format!("{here}/edit"),
        &format!("{here}/activity"),
    ] {
        assert!(answer.body.contains(expected), "{expected} is missing");
    }
    assert!(!asks(&answer.body), "nothing is asked yet");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_user_sees_the_same_controls_inert_with_the_reason_and_no_sessions(pool: PgPool) {
    let http = Http::new(pool).await;
    let (uma, max) = (http.world.uma(), http.world.max());
    let answer = http.get(&page(max), Some(uma)).await;
    assert_eq!(answer.status, StatusCode::OK);
    for expected in ["“Edit staff”", "“Remove people”", "aria-disabled=\"true\""] {
        assert!(answer.body.contains(expected), "{expected} is missing");
    }
    for secret in ["198.51.100.4", "?remove=1", "?deactivate=1", "/activity\""] {
        assert!(!answer.body.contains(secret), "{secret} is shown");
    }
    for query in ["?remove=1", "?deactivate=1", "?leave=1"] {
        let asked = http.get(&format!("{}{query}", page(max)), Some(uma)).await;
        assert!(!asks(&asked.body), "{query} asks a User about somebody else");
    }
    let edit = http.get(&format!("{}/edit", page(max)), Some(uma)).await;
    assert!(edit.body.contains("inert") && edit.body.contains("“Edit staff”"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_question_says_what_happens_and_to_whom_and_nobody_is_asked_about_themselves(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive(), http.world.max());
    for (query, title, consequence) in [
        ("?deactivate=1", "Deactivate Max Tester?", "cannot enter Acme until"),
        ("?remove=1", "Remove Max Tester?", "does not belong to Acme any more"),
    ] {
        let asked = http.get(&format!("{}{query}", page(max)), Some(olive)).await.body;
        for expected in [title, consequence, "signed out at once", "Max Tester · max@example.com · User"] {
            assert!(asked.contains(expected), "{query}: {expected} is missing");
        }
        assert!(asks(&asked), "{query} asks nothing");
        let oneself = http.get(&format!("{}{query}", page(olive)), Some(olive)).await.body;
        assert!(!asks(&oneself) && oneself.contains("You cannot do this to yourself."));
    }
    let leave = http.get(&format!("{}?leave=1", page(max)), Some(max)).await.body;
    assert!(leave.contains("Leave Acme?"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_second_of_two_editors_is_told_and_keeps_what_they_typed(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive(), http.world.max());
    let first = http.submit("/api/staff/edit-member", Some(olive), &edited(max, "Maximilian", "user")).await;
    assert_eq!((first.status, first.header("location")), (StatusCode::SEE_OTHER, page(max).as_str()));
    for _ in 0..2 {
        let second = http.submit("/api/staff/edit-member", Some(olive), &edited(max, "Maxine", "user")).await;
        assert_eq!(second.status, StatusCode::CONFLICT);
        assert!(second.body.contains("Somebody changed this meanwhile."));
        assert!(second.body.contains("value=\"Maxine\""), "what was typed stays");
        assert!(second.body.contains("What you typed is still here"));
    }
    let again = http.get(&format!("{}/edit", page(max)), Some(olive)).await.body;
    assert!(again.contains("value=\"Maximilian\"") && again.contains("name=\"version\" value=\"2\""));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_is_deactivated_is_out_with_the_next_request(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive(), http.world.max());
    assert_eq!(http.get("/settings/staff", Some(max)).await.status, StatusCode::OK);
    let done = http.submit("/api/staff/deactivate", Some(olive), &form(max, "?deactivate=1")).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, page(max).as_str()));
    let out = http.get("/settings/staff", Some(max)).await;
    assert_eq!(
        (out.status, out.header("location")),
        (StatusCode::SEE_OTHER, "/sign-in?next=/settings/staff")
    );
    let shown = http.get(&page(max), Some(olive)).await.body;
    assert!(
        shown.contains("Deactivated") && shown.contains("Reactivate") && !shown.contains("?deactivate=1")
    );
    let back = http.submit("/api/staff/reactivate", Some(olive), &form(max, "")).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert!(http.get(&page(max), Some(olive)).await.body.contains("?deactivate=1"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn removing_wants_a_fresh_proof_and_comes_back_to_the_question(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive(), http.world.max());
    http.world.advance(Duration::minutes(20));
    let question = form(max, "?remove=1");
    let asked = http.submit("/api/staff/remove", Some(olive), &question).await;
    let prove = format!("/prove?next={}%3Fremove%3D1", page(max));
    assert_eq!((asked.status, asked.header("location")), (StatusCode::SEE_OTHER, prove.as_str()));
    assert!(http.get(&page(max), Some(olive)).await.body.contains("?remove=1"), "Max is still there");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_is_removed_is_still_found_but_nothing_can_be_done_to_them(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive(), http.world.max());
    let done = http.submit("/api/staff/remove", Some(olive), &form(max, "?remove=1")).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/settings/staff"));
    for path in [page(max), format!("{}?remove=1", page(max))] {
        let shown = http.get(&path, Some(olive)).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.body.contains("does not belong to the account any more"));
        assert!(!asks(&shown.body) && !shown.body.contains("?deactivate=1"));
    }
    let edit = http.get(&format!("{}/edit", page(max)), Some(olive)).await.body;
    assert!(edit.contains("This person is not active."));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_last_admin_hears_why_they_cannot_go(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive();
    for (endpoint, form) in [
        ("/api/staff/leave", form(olive, "?leave=1")),
        ("/api/staff/edit-member", edited(olive, "Olive", "user")),
    ] {
        let refused = http.submit(endpoint, Some(olive), &form).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{endpoint}");
        assert!(refused.body.contains("An account needs at least one active Admin."), "{endpoint}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_leaves_is_signed_out(pool: PgPool) {
    let http = Http::new(pool).await;
    let max = http.world.max();
    let left = http.submit("/api/staff/leave", Some(max), &form(max, "?leave=1")).await;
    assert_eq!((left.status, left.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
    let out = http.get("/me", Some(max)).await;
    assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/sign-in?next=/me"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_id_that_is_none_does_not_exist(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive();
    for path in ["/settings/staff/no-id", "/settings/staff/no-id/edit", "/settings/staff/import/no-id"] {
        assert_eq!(http.get(path, Some(olive)).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for foreign in [page(http.world.otto()), format!("{}/edit", page(http.world.otto()))] {
        assert_eq!(http.get(&foreign, Some(olive)).await.status, StatusCode::NOT_FOUND, "{foreign}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn where_somebody_is_stands_on_their_page_and_what_was_ticked_outlasts_a_refusal(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive(), http.world.max());
    let calendar = Bookable::new(&http).await.calendar;
    let edit = format!("{}/edit", page(max));
    let shown = http.get(&edit, Some(olive)).await.body;
    assert!(shown.contains("Pipelines and calendars") && shown.contains("name=\"shown_places[]\""));
    let form = |first_name: &str, places: &str| {
        format!("{}&shown_places[]=none{places}", edited(max, first_name, "user"))
    };
    let call = format!("&places[]=calendar/{calendar}");
    let refused = http.submit("/api/staff/edit-member", Some(olive), &form("", &call)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = format!("value=\"calendar/{calendar}\" checked");
    assert!(refused.body.contains(&kept), "{}", refused.body);
    assert!(refused.body.contains("name=\"shown_places[]\" value=\"none\""), "and what was shown at first");
    let silent = http.submit("/api/staff/edit-member", Some(olive), &form("Max", "")).await;
    assert!(silent.body.contains("Please answer: choose at least one, or none for now."));
    let saved = http.submit("/api/staff/edit-member", Some(olive), &form("Max", &call)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(http.world.count("select count(*) from calendar_member where not is_excluded").await, 2);
}
