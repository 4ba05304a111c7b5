//! Drafts and files of permission profiles, without wasm.

use axum::http::StatusCode;
use backend::permissions::{self, Start};
use domain::{Permission, PermissionSet, ProfileId};
use sqlx::PgPool;

use crate::{files::upload, http_support::Http};

/// A profile of Olive's with two permissions.
async fn team(http: &Http) -> ProfileId {
    let (backend, olive) = (&http.world.backend, &http.world.olive().access);
    let team = permissions::create(backend, olive, "Team", "", Start::Empty).await.unwrap();
    let edit = PermissionSet::of(&[Permission::ContactsView, Permission::ContactsEdit]);
    permissions::replace(backend, olive, team.id, 1, edit).await.unwrap();
    team.id
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn saving_what_takes_from_people_shows_them_first_and_applies_then(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, uma) = (http.world.olive().clone(), http.world.uma().clone());
    let id = team(&http).await;
    permissions::assign(&http.world.backend, &olive.access, id, &[uma.member_id]).await.unwrap();
    let page = format!("/settings/profiles/{id}");
    let review = format!("{page}/draft");
    assert_eq!(http.get(&review, Some(&olive)).await.status, StatusCode::NOT_FOUND, "no draft yet");

    let form = format!("_page={page}&id={id}&version=2&granted[]=contacts.view");
    let kept = http.submit("/api/permissions/replace", Some(&olive), &form).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, review.as_str()));
    let shown = http.get(&review, Some(&olive)).await.body;
    for expected in ["Uma Tester", "Can no longer edit contacts", "Apply the draft"] {
        assert!(shown.contains(expected), "{expected}");
    }
    for page in [page.as_str(), "/settings/profiles"] {
        assert!(http.get(page, Some(&olive)).await.body.contains("You have a draft"), "{page}");
    }
    let form = format!("_page={review}&id={id}&version=2");
    let applied = http.submit("/api/permissions/apply-draft", Some(&olive), &form).await;
    assert_eq!((applied.status, applied.header("location")), (StatusCode::SEE_OTHER, page.as_str()));
    assert!(!http.get(&page, Some(&olive)).await.body.contains("You have a draft"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn saving_what_takes_from_nobody_happens_at_once(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let id = team(&http).await;
    let page = format!("/settings/profiles/{id}");
    let form = format!("_page={page}&id={id}&version=2&granted[]=contacts.view");
    let saved = http.submit("/api/permissions/replace", Some(&olive), &form).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, page.as_str()));
    let drafted =
        http.submit("/api/permissions/replace", Some(&olive), &format!("{form}&as_draft=yes")).await;
    assert_eq!(drafted.header("location"), format!("{page}/draft"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_profile_leaves_as_a_file_and_comes_back_under_another_name(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, otto) = (http.world.olive().clone(), http.world.otto().clone());
    let id = team(&http).await;
    let address = format!("/download/profile/{id}");
    let file = http.get(&address, Some(&olive)).await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"profile-team.json\"");
    assert!(file.body.contains("\"contacts.edit\""));
    assert_eq!(http.get(&address, Some(&otto)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(http.get(&address, Some(http.world.uma())).await.status, StatusCode::FORBIDDEN);

    let taken = upload(&http, "/upload/profile", Some(&olive), file.body.as_bytes()).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        taken.body.contains("taken already") && taken.body.contains("steward_profile"),
        "nothing is lost"
    );
    let wrong = upload(&http, "/upload/profile", Some(&olive), b"{\n\"steward_profile\": 1}").await;
    assert!(wrong.body.contains("line 2"), "on the form's page");
    let made = upload(&http, "/upload/profile", Some(&otto), file.body.as_bytes()).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    assert!(made.header("location").starts_with("/settings/profiles/"));
}
