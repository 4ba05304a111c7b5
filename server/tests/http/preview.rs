//! Looking at Steward as somebody else would see it: pages shrink, nothing can be changed, and nobody sees more than their own.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use backend::{
    identity,
    permissions::{self, Replacement, Start, Switch},
};
use domain::{Permission, PermissionSet, ProfileId, Role, permissions::PermissionSource};
use sqlx::PgPool;

use crate::{
    access_table::{Needs, PLAIN, TABLE},
    files::upload,
    http_support::Http,
    support::Person,
};

/// Lets this person look as `source` from their next request on.
async fn look(http: &Http, by: &Person, source: PermissionSource) {
    let backend = &http.world.backend;
    identity::start_preview(backend, &by.signed, &by.access, source).await.unwrap();
}

/// A profile with one permission and what that needs.
async fn profile_with(http: &Http, permission: Permission) -> ProfileId {
    let (backend, olive) = (&http.world.backend, &http.world.olive().access);
    let made = permissions::create(backend, olive, "Team", "", Start::Empty).await.unwrap();
    permissions::switch(backend, olive, made.id, 1, Switch::One(permission), true).await.unwrap();
    made.id
}

/// A digest of every table but those that note who was here when.
async fn everything_saved(http: &Http) -> BTreeMap<String, Option<String>> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select tablename::text from pg_tables where schemaname = 'public' and tablename not in ('session', 'throttle')",
    )
    .fetch_all(&http.world.root)
    .await
    .unwrap();
    let mut digests = BTreeMap::new();
    for table in tables {
        let digest = format!("select md5(string_agg(t::text, '' order by t::text)) from {table} t");
        let digest = sqlx::query_scalar(sqlx::AssertSqlSafe(digest)).fetch_one(&http.world.root).await;
        digests.insert(table, digest.unwrap());
    }
    digests
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_only_looks_changes_nothing_by_any_door(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    look(&http, &olive, PermissionSource::Role(Role::Admin)).await;
    let before = everything_saved(&http).await;
    let mut answered = vec![];
    for (path, needs, form) in TABLE {
        let leaves = ["/api/identity/sign-out", "/api/identity/switch-account", "/api/identity/end-preview"];
        if matches!(needs, Needs::Nothing) || leaves.contains(path) {
            continue;
        }
        let answer = http.call(path, Some(&olive), form).await;
        if answer.code() == "only_looking" {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        } else {
            answered.push(*path);
        }
    }
    for (_, path, _) in PLAIN.iter().filter(|(_, path, _)| path.starts_with("/upload/")) {
        let answer = upload(&http, path, Some(&olive), b"first name,email\nAda,ada@example.com\n").await;
        assert!(answer.body.contains("only looking"), "{path}: {}", answer.body);
    }
    assert_eq!(everything_saved(&http).await, before, "nothing was changed");
    insta::assert_snapshot!(answered.join("\n"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_page_is_as_that_person_would_see_it_and_says_so(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, uma) = (http.world.olive().clone(), http.world.uma().clone());
    let looked = |page: &'static str| http.get(page, Some(&olive));
    assert_eq!(looked("/settings/profiles").await.status, StatusCode::OK);

    look(&http, &olive, PermissionSource::Member(uma.member_id)).await;
    for page in ["/settings/profiles", "/settings/staff/new", "/settings/activity"] {
        let (seen, own) = (looked(page).await, http.get(page, Some(&uma)).await);
        assert_eq!(seen.status, own.status, "{page}");
        assert!(seen.body.contains("You see Steward as “Uma Tester” would"), "{page}");
        assert!(!own.body.contains("End the preview"), "{page}: Uma herself is not marked");
    }
    assert_eq!(looked("/settings/profiles").await.status, StatusCode::FORBIDDEN);

    let ended = http.call("/api/identity/end-preview", Some(&olive), "").await;
    assert_eq!(ended.status, StatusCode::OK);
    assert_eq!(looked("/settings/profiles").await.status, StatusCode::OK);
    assert!(!looked("/").await.body.contains("End the preview"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_sees_more_than_their_own(pool: PgPool) {
    let http = Http::new(pool).await;
    let world = &http.world;
    let manages = PermissionSet::of(&[Permission::SettingsView, Permission::SettingsManageProfiles]);
    let team = profile_with(&http, Permission::SettingsManageProfiles).await;
    permissions::assign(&world.backend, &world.olive().access, team, &[world.max().member_id]).await.unwrap();
    let max = Person { access: world.access_again(world.max()).await.unwrap(), ..world.max().clone() };
    look(&http, &max, PermissionSource::Role(Role::Admin)).await;
    let signed_in = world.signed_in(&max.session_token).await.unwrap();
    assert_eq!(signed_in.access.unwrap().permissions(), manages);
    let preview = signed_in.viewer.preview.unwrap();
    assert!(preview.is_narrowed, "{preview:?}");
    assert_eq!(http.get("/settings/activity", Some(&max)).await.status, StatusCode::FORBIDDEN);
    assert!(
        http.get("/settings/profiles", Some(&max)).await.body.contains("You hold less than that yourself")
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_page_that_still_looks_as_what_is_gone_can_do_nothing_but_end_it(pool: PgPool) {
    let http = Http::new(pool).await;
    let world = &http.world;
    let olive = world.olive().clone();
    let team = profile_with(&http, Permission::SettingsView).await;
    look(&http, &olive, PermissionSource::Profile(team)).await;
    permissions::delete(&world.backend, &olive.access, team, Replacement::None, domain::PermissionSet::EMPTY)
        .await
        .unwrap();
    let page = http.get("/settings/business", Some(&olive)).await;
    assert!(page.body.contains("What you looked as is gone"), "{}", page.body);
    let change = "name=Taken&time_zone=UTC&country=US";
    assert_eq!(http.call("/api/account/change", Some(&olive), change).await.code(), "only_looking");
    assert_eq!(world.access_again(&olive).await.unwrap().permissions(), PermissionSet::EMPTY);
    http.call("/api/identity/end-preview", Some(&olive), "").await;
    assert_eq!(world.access_again(&olive).await.unwrap().permissions(), olive.access.permissions());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_form_that_was_open_keeps_what_was_typed(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    look(&http, &olive, PermissionSource::Role(Role::Admin)).await;
    let form = "name=Renamed+meanwhile&time_zone=UTC&country=US&_page=/settings/business";
    let page = http.submit("/api/account/change", Some(&olive), form).await;
    assert!(page.body.contains("only looking"), "{}", page.body);
    assert!(page.body.contains("Renamed meanwhile"), "what was typed stays");
}
