//! No route without a decision: every registered server function stands in the table, and the table holds.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::{Permission, Role};
use sqlx::PgPool;

use crate::{
    access_table::{Needs, TABLE},
    http_support::Http,
};

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

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn without_the_permission_a_function_names_it(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = http.world.uma().clone();
    let mut count = 0;
    for (path, needs, form) in TABLE {
        let Needs::Permission(permission) = needs else { continue };
        if Role::User.permissions().contains(*permission) {
            continue;
        }
        let answer = http.call(path, Some(&uma), form).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::FORBIDDEN, "permission_missing"),
            "{path}: {}",
            answer.body
        );
        assert!(answer.body.contains(permission.key()), "{path} does not name {permission}: {}", answer.body);
        count += 1;
    }
    assert!(count > 0);
    println!("{count} server functions refuse a User and name the permission");
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
