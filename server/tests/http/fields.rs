//! A request changes only the fields it is meant to.

use axum::http::StatusCode;
use sqlx::PgPool;

use crate::{
    access_table::{Needs, TABLE},
    http_support::Http,
};

/// What a curious person might add to any form.
const EXTRA: &str = "&account_id=0190a8f0-0000-7000-8000-000000000001&login_id=0190a8f0-0000-7000-8000-000000000002\
                     &member_id=0190a8f0-0000-7000-8000-000000000003&state=removed&joined_at=2001-01-01T00:00:00Z\
                     &permissions=admin.grant_admin&is_admin=true&password_hash=x&expires_at=2099-01-01T00:00:00Z&nonsense=1";

/// Every row of the people and accounts, as one text.
async fn people(http: &Http) -> String {
    let sql = "select coalesce(string_agg(row.text, E'\\n' order by row.text), '') from (
                   select to_jsonb(m)::text as text from member m
                   union all select to_jsonb(l)::text from login l
                   union all select to_jsonb(a)::text from account a) row";
    sqlx::query_scalar(sql).fetch_one(&http.world.root).await.unwrap()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_field_that_was_not_asked_for_changes_nothing(pool: PgPool) {
    let http = Http::new(pool).await;
    let max = http.world.max().clone();
    let form = "first_name=Maximilian&last_name=Tester&phone=";
    let plain = http.call("/api/identity/change-profile", Some(&max), form).await;
    assert_eq!(plain.status, StatusCode::OK, "{}", plain.body);
    let once = people(&http).await.replace("\"version\": 2", "\"version\": 1");
    let extra =
        http.call("/api/identity/change-profile", Some(&max), &format!("{form}&role=admin{EXTRA}")).await;
    assert_eq!(extra.status, StatusCode::OK, "{}", extra.body);
    assert_eq!(people(&http).await.replace("\"version\": 2", "\"version\": 1"), once);
}

/// Nothing that a User is refused, or that fails for its made-up ids, becomes possible or does more by further fields.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn further_fields_open_no_function(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = http.world.uma().clone();
    let before = people(&http).await;
    let mut count = 0;
    for (path, needs, form) in TABLE {
        let Needs::Permission(_) = needs else { continue };
        let plain = http.call(path, Some(&uma), form).await;
        let extra = http.call(path, Some(&uma), &format!("{form}{EXTRA}")).await;
        assert_eq!(extra.status, plain.status, "{path}: {}", extra.body);
        count += 1;
    }
    assert_eq!(people(&http).await, before);
    println!("{count} server functions with further fields: nothing changed");
}
