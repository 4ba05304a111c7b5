//! The pages of the log and of the account, as a browser without wasm meets them.

use axum::http::StatusCode;
use sqlx::PgPool;

use crate::http_support::Http;

/// A log with one row: Olive renames the account.
async fn http_with_a_row(pool: PgPool) -> Http {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let changed =
        http.call("/api/account/change", Some(&olive), "name=Acme+%26+Sons&time_zone=UTC&country=US").await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    http
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_log_says_what_was_done_with_old_and_new_values(pool: PgPool) {
    let http = http_with_a_row(pool).await;
    let olive = http.world.olive().clone();
    for path in ["/settings/activity".to_owned(), format!("/settings/staff/{}/activity", olive.member_id)] {
        let page = http.get(&path, Some(&olive)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for part in ["changed the account", "<del", "Acme", "<ins", "Acme &amp; Sons", "Olive"] {
            assert!(page.body.contains(part), "{path} does not show {part}");
        }
    }
    let nothing = http.get("/settings/activity?area=staff", Some(&olive)).await;
    assert!(nothing.body.contains("Nothing was found") && !nothing.body.contains("changed the account"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_broken_log_is_named_on_the_page_with_its_row(pool: PgPool) {
    let http = http_with_a_row(pool).await;
    let olive = http.world.olive().clone();
    let page = "_page=/settings/activity";
    let intact = http.submit("/api/activity/verify", Some(&olive), page).await;
    assert_eq!((intact.status, intact.header("location")), (StatusCode::SEE_OTHER, "/settings/activity"));

    let tamper = "update activity set actor_name = 'Mallory' where number = 1 and area = 'account'";
    sqlx::query(tamper).execute(&http.world.root).await.unwrap();
    let broken = http.submit("/api/activity/verify", Some(&olive), page).await;
    assert_eq!(broken.status, StatusCode::CONFLICT);
    assert!(broken.body.contains("role=\"alert\""));
    assert!(broken.body.contains("The log breaks at row 1 of "), "{}", broken.body);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_user_reads_their_own_log_and_nobody_elses(pool: PgPool) {
    let http = http_with_a_row(pool).await;
    let (uma, olive, otto) =
        (http.world.uma().clone(), http.world.olive().clone(), http.world.otto().clone());
    let log_of = |id: domain::MemberId| format!("/settings/staff/{id}/activity");
    let own = http.get(&log_of(uma.member_id), Some(&uma)).await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(own.body.contains("Activity of Uma"), "the heading names her");
    for path in [log_of(olive.member_id), "/settings/activity".to_owned()] {
        let others = http.get(&path, Some(&uma)).await;
        assert_eq!(others.status, StatusCode::FORBIDDEN, "{path}");
        assert!(!others.body.contains("changed the account"), "{path}");
    }
    for path in [log_of(otto.member_id), "/settings/staff/nonsense/activity".to_owned()] {
        assert_eq!(http.get(&path, Some(&olive)).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_business_profile_is_a_form_for_admins_and_a_list_of_facts_for_users(pool: PgPool) {
    let http = Http::new(pool).await;
    let (uma, olive) = (http.world.uma().clone(), http.world.olive().clone());
    let form = http.get("/settings/business", Some(&olive)).await;
    assert!(form.status == StatusCode::OK && form.body.contains("Save business profile"));
    let facts = http.get("/settings/business", Some(&uma)).await;
    assert!(facts.status == StatusCode::OK && facts.body.contains("“Change account settings”"));
    assert!(!facts.body.contains("Save business profile"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_dashboard_greets_everybody_and_offers_what_they_may_do(pool: PgPool) {
    let http = Http::new(pool).await;
    let (uma, olive) = (http.world.uma().clone(), http.world.olive().clone());
    let of_olive = http.get("/", Some(&olive)).await;
    assert_eq!(of_olive.status, StatusCode::OK);
    for part in ["Hello Olive", "Needs attention", "Import employees", "/settings/staff?status=invited"] {
        assert!(of_olive.body.contains(part), "{part}");
    }
    let of_uma = http.get("/", Some(&uma)).await;
    assert!(of_uma.body.contains("Hello Uma") && !of_uma.body.contains("Import employees"));
    assert!(of_uma.body.contains(&format!("/settings/staff/{}/activity", uma.member_id)));
}
