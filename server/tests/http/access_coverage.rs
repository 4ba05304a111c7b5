//! No route without a decision: every registered server function and every plain route stands in the table, and the table holds.
//! Pages have a file of their own (`page_coverage.rs`).

use std::collections::BTreeSet;

use axum::http::StatusCode;
use backend::permissions::{self, Start};
use domain::{Permission, PermissionSet};
use server::plain_routes::PLAIN_ROUTES;
use sqlx::PgPool;

use crate::{
    access_table::{Needs, PLAIN, TABLE},
    files::upload,
    http_support::{Answer, Http},
    support::Person,
};

/// Somebody of Acme with the role User and a profile of exactly these permissions.
pub async fn user_with(http: &Http, granted: PermissionSet) -> Person {
    let (backend, olive, uma) = (&http.world.backend, &http.world.olive().access, http.world.uma());
    let made = permissions::create(backend, olive, "Team", "", Start::Empty).await.unwrap();
    permissions::assign(backend, olive, made.id, &[uma.member_id]).await.unwrap();
    http.world.arrange_profile(made.id, granted).await;
    Person { access: http.world.access_again(uma).await.unwrap(), ..uma.clone() }
}

/// The address of a pattern, with ids of nothing.
pub fn address(pattern: &str) -> String {
    let part = |part: &str| match part {
        "{version}" => "1".to_owned(),
        part if part.starts_with(['{', ':']) => "0190a8f0-0000-7000-8000-000000000000".to_owned(),
        part => part.to_owned(),
    };
    pattern.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Asks a plain route as a browser does.
async fn ask(http: &Http, method: &str, path: &str, person: Option<&Person>) -> Answer {
    let path = address(path);
    match method {
        "GET" => http.get(&path, person).await,
        _ if path.starts_with("/upload/") => upload(http, &path, person, b"first name,email\n").await,
        _ => http.submit(&path, person, "theme=dark").await,
    }
}

#[track_caller]
fn assert_refused_for(permission: Permission, path: &str, answer: &Answer) {
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.body);
    let names_it = answer.body.contains(permission.key()) || answer.body.contains(permission.label());
    assert!(names_it, "{path} does not name {permission}: {}", answer.body);
}

#[test]
fn every_server_function_stands_in_the_table_and_nothing_else() {
    let registered: BTreeSet<_> =
        server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let decided: BTreeSet<_> = TABLE.iter().map(|(path, ..)| (*path).to_owned()).collect();
    let undecided: Vec<_> = registered.difference(&decided).collect();
    let gone: Vec<_> = decided.difference(&registered).collect();
    assert!(
        undecided.is_empty() && gone.is_empty(),
        "without a decision: {undecided:?}; decided but gone: {gone:?}"
    );
    println!("{} server functions, each with a decision", registered.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn without_a_session_only_public_functions_answer(pool: PgPool) {
    let http = Http::new(pool).await;
    for (path, needs, form) in TABLE {
        let answer = http.call(path, None, form).await;
        if matches!(needs, Needs::Nothing) {
            assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        } else {
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (StatusCode::UNAUTHORIZED, "sign_in_needed"),
                "{path}: {}",
                answer.body
            );
        }
    }
}

#[test]
fn every_plain_route_stands_in_the_table_and_nothing_else() {
    let routes: BTreeSet<_> = PLAIN_ROUTES.iter().map(|route| (route.method(), route.path)).collect();
    let decided: BTreeSet<_> = PLAIN.iter().map(|(method, path, _)| (*method, *path)).collect();
    let undecided: Vec<_> = routes.difference(&decided).collect();
    let gone: Vec<_> = decided.difference(&routes).collect();
    assert!(
        undecided.is_empty() && gone.is_empty(),
        "without a decision: {undecided:?}; decided but gone: {gone:?}"
    );
    println!("{} plain routes, each with a decision", routes.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn without_a_session_only_public_plain_routes_answer(pool: PgPool) {
    let http = Http::new(pool).await;
    for (method, path, needs) in PLAIN {
        let answer = ask(&http, method, path, None).await;
        let asks_to_sign_in =
            answer.status == StatusCode::UNAUTHORIZED || answer.header("location").starts_with("/sign-in");
        assert_eq!(asks_to_sign_in, !matches!(needs, Needs::Nothing), "{path}: {}", answer.status);
        let is_gone = answer.status == StatusCode::GONE;
        assert!(answer.status.as_u16() < 405 || is_gone, "{path}: {}", answer.status);
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_may_nothing_is_refused_everywhere_and_told_what_is_missing(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = user_with(&http, PermissionSet::EMPTY).await;
    let mut count = 0;
    for (path, needs, form) in TABLE {
        let Needs::Permission(permission) = needs else { continue };
        let answer = http.call(path, Some(&uma), form).await;
        assert_eq!(answer.code(), "permission_missing", "{path}: {}", answer.body);
        assert_refused_for(*permission, path, &answer);
        count += 1;
    }
    for (method, path, needs) in PLAIN {
        let Needs::Permission(permission) = needs else { continue };
        assert_refused_for(*permission, path, &ask(&http, method, path, Some(&uma)).await);
        count += 1;
    }
    assert!(count > 0);
    println!("{count} functions and routes refuse whoever may nothing, and name the permission");
}

/// The floor that no profile lifts: whoever has the role User, with everything that can be given to one.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_role_user_never_does_what_is_for_admins(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = user_with(&http, PermissionSet::everything()).await;
    let grantable = PermissionSet::everything().without(PermissionSet::ADMIN_ONLY);
    assert_eq!(uma.access.permissions(), grantable, "what else stands in a profile counts for nothing");
    let mut count = 0;
    for (path, needs, form) in TABLE {
        let Needs::Permission(permission) = needs else { continue };
        let answer = http.call(path, Some(&uma), form).await;
        if permission.admin_only() {
            assert_eq!(answer.code(), "permission_missing", "{path}: {}", answer.body);
            assert_refused_for(*permission, path, &answer);
            count += 1;
        } else {
            let code = answer.code();
            assert_ne!(code, "permission_missing", "{path} needs more than the table says: {}", answer.body);
        }
        if *path == "/api/identity/start-preview" {
            assert_eq!(http.call("/api/identity/end-preview", Some(&uma), "").await.status, StatusCode::OK);
        }
    }
    for (method, path, needs) in PLAIN {
        let Needs::Permission(permission) = needs else { continue };
        let answer = ask(&http, method, path, Some(&uma)).await;
        if permission.admin_only() {
            assert_refused_for(*permission, path, &answer);
            count += 1;
        } else {
            assert_ne!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    assert!(count > 0);
    println!("{count} functions and routes are for Admins, whatever a User's profile says");
}

/// The allow-list of functions that need no permission may only shrink.
#[test]
fn what_needs_no_permission_is_counted() {
    let public = TABLE.iter().filter(|(_, needs, _)| matches!(needs, Needs::Nothing)).count();
    let own = TABLE.iter().filter(|(_, needs, _)| matches!(needs, Needs::SignedIn)).count();
    insta::assert_snapshot!(format!("public: {public}, about oneself: {own}"));
}

#[test]
fn admin_only_acts_need_admin_only_permissions() {
    let needed: BTreeSet<_> = TABLE
        .iter()
        .filter_map(|(_, needs, _)| if let Needs::Permission(p) = needs { Some(*p) } else { None })
        .collect();
    assert!(needed.contains(&Permission::RemovePeople) && needed.contains(&Permission::AccountSettings));
}
