//! "Why can't I": each refusal carries the id of its explanation, and whoever gets that id opens it.

use axum::http::StatusCode;
use domain::{
    Permission, Role,
    permissions::{ExplanationId, PermissionSource},
};
use sqlx::PgPool;

use crate::http_support::Http;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_refusal_names_its_explanation_and_an_admin_opens_it(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, uma) = (http.world.olive().clone(), http.world.uma().clone());
    let id = ExplanationId::new(uma.member_id, Permission::SettingsInviteStaff).to_string();
    let form = "first_name=a&last_name=b&email=c@example.com&phone=&role=user";
    let refused = http.call("/api/staff/invite", Some(&uma), form).await;
    let json: serde_json::Value = serde_json::from_str(&refused.body).unwrap();
    assert_eq!(json["denied"]["explanation"], id.as_str(), "{}", refused.body);
    assert_eq!(json["denied"]["refusal"]["detail"], "settings.invite_staff");

    let control = http.get("/settings/staff", Some(&uma)).await;
    assert!(control.body.contains(&format!("href=\"/why/{id}\"")), "a denied control links there");
    assert!(control.body.contains(&format!("Explanation: {id}.")), "and names it");
    let page = http.get("/settings/profiles", Some(&uma)).await;
    let denied = ExplanationId::new(uma.member_id, Permission::SettingsManageProfiles);
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.body.contains(&format!("href=\"/why/{denied}\"")), "a denied page links there");

    let own = http.get(&format!("/why/{id}"), Some(&uma)).await;
    assert_eq!(own.status, StatusCode::OK);
    for text in ["Why you may not do this", "Settings · Invite staff", "Standard user", "Olive Tester", &id]
    {
        assert!(own.body.contains(text), "{text}");
    }
    let theirs = http.get(&format!("/why/{id}"), Some(&olive)).await;
    assert!(theirs.body.contains("Why Uma Tester may not do this"));
    assert!(theirs.body.contains(&format!("href=\"/settings/staff/{}/access\"", uma.member_id)));
    let foreign = http.get(&format!("/why/{id}"), Some(http.world.otto())).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    for nonsense in ["/why/x", "/why/contacts.fly-0242ac120002", "/why/contacts.edit-000000000000"] {
        assert_eq!(http.get(nonsense, Some(&olive)).await.status, StatusCode::NOT_FOUND, "{nonsense}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_somebody_may_do_is_listed_in_full(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, uma) = (http.world.olive().clone(), http.world.uma().clone());
    let own = http.get("/me/access", Some(&uma)).await;
    assert!(own.body.contains("What I may do"));
    let theirs = http.get(&format!("/settings/staff/{}/access", uma.member_id), Some(&olive)).await;
    assert!(theirs.body.contains("What Uma Tester may do"));
    for permission in Permission::ALL {
        let link = format!("/why/{}\"", ExplanationId::new(uma.member_id, *permission));
        assert!(own.body.contains(&link) && theirs.body.contains(&link), "{permission}");
    }
    println!("{} permissions, each with its explanation", Permission::ALL.len());
}

/// What is refused then is not their own lack.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_looks_as_somebody_else_is_sent_to_no_explanation_of_their_own(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let as_user = PermissionSource::Role(Role::User);
    backend::identity::start_preview(&http.world.backend, &olive.signed, &olive.access, as_user)
        .await
        .unwrap();
    let page = http.get("/settings/profiles", Some(&olive)).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.body.contains("/why/") && !page.body.contains("Explanation:"));
    let called = http.call("/api/permissions/profiles", Some(&olive), "").await;
    assert!(called.body.contains("\"refused\""), "{}", called.body);
}
