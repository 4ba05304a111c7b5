//! Who is not ready and what cannot work, by the pages and forms of a browser without wasm.

use axum::http::StatusCode;
use backend::pipelines;
use domain::{PipelineId, pipelines::PipelineForm};
use sqlx::PgPool;

use crate::{
    appointments::appointment,
    http_support::{Answer, Http},
    leaving,
    staff_pages::invite,
    support::Person,
};

const NOT_READY: &str = "/settings/staff?readiness=red";
const ATTENTION: &str = "/settings/attention";

async fn pipeline(http: &Http) -> PipelineId {
    let form = PipelineForm { name: "Sales".into(), ..PipelineForm::default() };
    pipelines::create(&http.world.backend, &http.world.olive().access, &form).await.unwrap().id
}

fn page_of(person: &Person) -> String {
    format!("/settings/staff/{}", person.member_id)
}

#[track_caller]
fn assert_done(answer: &Answer, back_to: &str) {
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, back_to),
        "{}",
        answer.body
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn my_staff_shows_who_is_not_ready_to_whoever_can_see_to_it(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, uma) = (http.world.olive().clone(), http.world.uma().clone());
    invite(&http, "Nia", "nia@example.com").await;
    pipeline(&http).await;
    let list = http.get(NOT_READY, Some(&olive)).await.body;
    for text in ["Not ready", "In no pipeline", "Has not joined", "4 results", "Ready or not"] {
        assert!(list.contains(text), "{text}");
    }
    let list = http.get("/settings/staff?readiness=green", Some(&olive)).await.body;
    assert!(list.contains("Nobody found"));
    let list = http.get(NOT_READY, Some(&uma)).await.body;
    assert!(!list.contains("In no pipeline") && !list.contains("Ready or not"), "nothing for a User");
    assert!(list.contains("4 results"), "and nothing can be found out by asking");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_missing_is_mended_on_the_persons_page(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, uma) = (http.world.olive().clone(), http.world.uma().clone());
    let sales = pipeline(&http).await;
    let (calendar, _) = appointment(&http, "Ann Archer").await;
    let page = page_of(&uma);
    let shown = http.get(&page, Some(&olive)).await.body;
    for text in ["Readiness", "In a calendar", "Discovery call", "In a pipeline", "Sales", "None needed"] {
        assert!(shown.contains(text), "{text}");
    }
    let form = format!("_page={page}&member={}&calendar={calendar}", uma.member_id);
    assert_done(&http.submit("/api/staff/put-in-calendar", Some(&olive), &form).await, &page);
    let shown = http.get(&page, Some(&olive)).await.body;
    assert!(shown.contains("In 1 calendar.") && shown.contains(&format!("href=\"{page}/hours\"")));

    let own = http.get("/", Some(&uma)).await.body;
    for text in ["Before you can start", "In a pipeline", "href=\"/calendars/hours\""] {
        assert!(own.contains(text), "{text}");
    }
    let form = format!("_page={page}&member={}&pipeline={sales}", uma.member_id);
    assert_done(&http.submit("/api/staff/put-in-pipeline", Some(&olive), &form).await, &page);
    let none = format!("_page={page}&member={}&kind=kitchen", uma.member_id);
    let unknown = http.submit("/api/staff/need-none", Some(&olive), &none).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let none = format!("_page={}&member={}&kind=pipeline", page_of(&olive), olive.member_id);
    assert!(http.get("/", Some(&olive)).await.body.contains("Before you can start"));
    assert_done(&http.submit("/api/staff/need-none", Some(&olive), &none).await, &page_of(&olive));
    assert!(!http.get("/", Some(&olive)).await.body.contains("Before you can start"));
}

/// Whoever cannot do anything about it reads who could.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn on_their_own_page_people_read_what_they_miss_with_inert_controls(pool: PgPool) {
    let http = Http::new(pool).await;
    let (uma, max) = (http.world.uma().clone(), http.world.max().clone());
    pipeline(&http).await;
    let own = http.get(&page_of(&uma), Some(&uma)).await.body;
    assert!(own.contains("In a pipeline") && own.contains("“Edit staff”"), "{own}");
    let other = http.get(&page_of(&max), Some(&uma)).await.body;
    assert!(!other.contains("In a pipeline"), "of others nothing is told");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_invitation_says_what_is_missing_before_somebody_can_work(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let id = invite(&http, "Nia", "nia@example.com").await;
    pipeline(&http).await;
    let page = format!("/settings/staff/invitations/{id}");
    let shown = http.get(&page, Some(&olive)).await.body;
    for text in ["Readiness", "The invitation is not accepted yet.", "In a pipeline", "Remind them"] {
        assert!(shown.contains(text), "{text}");
    }
    assert!(!http.get(&page, Some(http.world.uma())).await.body.contains("Readiness"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_cannot_work_is_listed_and_mended_there(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive().clone(), http.world.max().clone());
    assert!(http.get(ATTENTION, Some(&olive)).await.body.contains("Nothing needs attention"));
    let (calendar, _) = appointment(&http, "Ann Archer").await;
    let keep = leaving::address(&max, "way=deactivate&appointments=keep&calendars=keep");
    leaving::confirm(&http, &olive, &keep).await;
    let shown = http.get(ATTENTION, Some(&olive)).await.body;
    for text in [
        "Max Tester",
        "cannot sign in any more, but is still in the calendar",
        "Take them out",
        "but has appointments ahead",
        &format!("href=\"/settings/staff/{}/leaving?way=hand-over\"", max.member_id),
        "1 person is not ready to work",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    let board = http.get("/", Some(&olive)).await.body;
    assert!(board.contains("href=\"/settings/attention\"") && board.contains("2 things"));

    let form = format!("_page={ATTENTION}&member={}&calendar={calendar}", max.member_id);
    assert_done(&http.submit("/api/staff/take-out-of-calendar", Some(&olive), &form).await, ATTENTION);
    assert!(!http.get(ATTENTION, Some(&olive)).await.body.contains("Take them out"));

    let off = format!("_page={ATTENTION}&on=false");
    assert_done(&http.submit("/api/staff/attention-mails", Some(&olive), &off).await, ATTENTION);
    assert!(http.get(ATTENTION, Some(&olive)).await.body.contains("Switch on the daily mail"));
}
