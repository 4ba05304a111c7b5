//! From a refusal to access for a time, by the pages and forms of a browser without wasm.

use axum::http::StatusCode;
use domain::{
    Permission,
    permissions::{ExplanationId, PermissionSource},
};
use sqlx::PgPool;

use crate::http_support::Http;

const ACTIVITY: Permission = Permission::SettingsViewActivity;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_refused_page_is_asked_for_and_opens_for_an_hour(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, uma) = (http.world.olive().clone(), http.world.uma().clone());
    assert_eq!(http.get("/settings/activity", Some(&uma)).await.status, StatusCode::FORBIDDEN);
    let why = format!("/why/{}", ExplanationId::new(uma.member_id, ACTIVITY));
    let page = http.get(&why, Some(&uma)).await;
    assert!(page.body.contains("Ask for access") && page.body.contains("Why you need it"), "{}", page.body);
    assert!(!http.get(&why, Some(&olive)).await.body.contains("Ask for access"), "nobody asks for others");

    let form = format!("permission={ACTIVITY}&note=Audit&_page={why}");
    let asked = http.submit("/api/permissions/ask", Some(&uma), &form).await;
    assert_eq!((asked.status, asked.header("location")), (StatusCode::SEE_OTHER, why.as_str()));
    let page = http.get(&why, Some(&uma)).await;
    assert!(page.body.contains("You asked for it on") && !page.body.contains("Why you need it"));

    let board = http.get("/", Some(&olive)).await;
    assert!(board.body.contains("href=\"/settings/access-requests\"") && board.body.contains("1 waits"));
    let requests = http.get("/settings/access-requests", Some(&olive)).await;
    for text in ["Uma Tester", "View activity", "Audit", "For an hour", "Refuse"] {
        assert!(requests.body.contains(text), "{text}");
    }
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from elevation").fetch_one(&http.world.root).await.unwrap();
    let form = format!("id={id}&verdict=hour&_page=/settings/access-requests");
    let given = http.submit("/api/staff/decide-access-request", Some(&olive), &form).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    assert!(!http.get("/", Some(&olive)).await.body.contains("1 waits"));
    let requests = http.get("/settings/access-requests", Some(&olive)).await;
    assert!(requests.body.contains("Take back") && requests.body.contains("Nobody waits for an answer"));

    assert_eq!(http.get("/settings/activity", Some(&uma)).await.status, StatusCode::OK);
    let page = http.get(&why, Some(&uma)).await;
    for text in ["Why you may do this", "Given beside it", "To use, not to give on", "Until"] {
        assert!(page.body.contains(text), "{text}");
    }
    let own = http.get("/me/access", Some(&uma)).await;
    assert!(own.body.contains("Olive Tester gave it for a time") && own.body.contains("Until"));
    let member = http.get(&format!("/settings/staff/{}", uma.member_id), Some(&olive)).await;
    assert!(member.body.contains("Given beside it"));

    http.world.advance(chrono::Duration::hours(1));
    assert_eq!(http.get("/settings/activity", Some(&uma)).await.status, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nothing_is_offered_that_nobody_could_give_or_that_is_not_ones_own(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, uma) = (http.world.olive().clone(), http.world.uma().clone());
    let offered = async |permission| {
        let why = format!("/why/{}", ExplanationId::new(uma.member_id, permission));
        http.get(&why, Some(&uma)).await.body.contains("Ask for access")
    };
    assert!(offered(Permission::SitesPublish).await);
    assert!(!offered(Permission::CloseAccount).await, "only Admins");
    assert!(!offered(Permission::ContactsView).await, "she may");
    let look = PermissionSource::Member(uma.member_id);
    backend::identity::start_preview(&http.world.backend, &olive.signed, &olive.access, look).await.unwrap();
    let why = format!("/why/{}", ExplanationId::new(olive.member_id, Permission::SitesPublish));
    assert!(
        !http.get(&why, Some(&olive)).await.body.contains("Ask for access"),
        "who only looks asks nothing"
    );
}
