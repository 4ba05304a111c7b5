//! What has begun is done as a whole, whether somebody waits for the answer or not.

use std::time::Duration;

use sqlx::PgPool;

use crate::{
    files::upload,
    http_support::{Answer, Http},
};

/// Lets `request` begin to write into `table`, hangs up, and only then lets the write happen.
async fn hang_up_while_it_writes(http: &Http, table: &str, request: impl Future<Output = Answer>) {
    let mut held = http.world.root.begin().await.unwrap();
    let lock = format!("lock table {table} in share mode");
    sqlx::raw_sql(sqlx::AssertSqlSafe(lock)).execute(&mut *held).await.unwrap();
    let waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    tokio::select! {
        answer = request => panic!("{table} was written all the same: {} {}", answer.status, answer.body),
        () = until(http, waiting, 1) => {}
    }
    held.rollback().await.unwrap();
}

/// Waits until a count is what it should be.
async fn until(http: &Http, sql: &'static str, expected: i64) {
    for _ in 0..500 {
        if http.world.count(sql).await == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("after ten seconds not {expected}: {sql}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_upload_is_taken_though_nobody_waits_for_the_answer(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let profile = br#"{"steward_profile": {"schema": 1, "name": "Team", "permissions": []}}"#;
    let uploads: [(&str, &[u8], &str, &'static str); 3] = [
        ("/upload/photo", b"\x89PNG\r\n\x1a\n and so on", "login_photo", "select count(*) from login_photo"),
        (
            "/upload/staff-import",
            b"first name,email\nAda,ada@example.com\n",
            "staff_import",
            "select count(*) from staff_import",
        ),
        ("/upload/profile", profile, "permission_profile", "select count(*) from permission_profile"),
    ];
    for (path, content, table, written) in uploads {
        hang_up_while_it_writes(&http, table, upload(&http, path, Some(&olive), content)).await;
        until(&http, written, 1).await;
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_form_is_saved_though_nobody_waits_for_the_answer(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let form = "name=Renamed&time_zone=UTC&country=US";
    hang_up_while_it_writes(&http, "account", http.call("/api/account/change", Some(&olive), form)).await;
    until(&http, "select count(*) from account where name = 'Renamed'", 1).await;
}
