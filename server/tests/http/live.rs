//! The stream behind open pages.

use std::time::Duration;

use app::live::{LiveMessage, PATH};
use axum::{body::BodyDataStream, http::StatusCode};
use backend::{
    calendars,
    live::Notice,
    permissions::{self, Switch, elevation},
    pipelines, staff,
};
use domain::{
    Permission, PermissionSet,
    calendars::{CalendarForm, CalendarRulesForm},
    permissions::ElevationTime,
    pipelines::PipelineForm,
};
use futures_util::StreamExt;
use sqlx::PgPool;

use crate::{http_support::Http, support::Person};

/// What one page hears.
struct Page(BodyDataStream);

impl Page {
    async fn open(http: &Http, person: Option<&Person>) -> Self {
        let response = http.stream(PATH, person).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-cache");
        assert_eq!(response.headers()["x-accel-buffering"], "no", "nginx must not collect events");
        assert!(!response.headers().contains_key("content-encoding"), "a compressed stream waits for more");
        Self(response.into_body().into_data_stream())
    }

    /// The next message within the promised second; none when the stream has ended.
    async fn next(&mut self) -> Option<LiveMessage> {
        let chunk =
            tokio::time::timeout(Duration::from_secs(1), self.0.next()).await.expect("within a second");
        let text = String::from_utf8(chunk?.unwrap().to_vec()).unwrap();
        let json = text.strip_prefix("data: ").unwrap_or_else(|| panic!("{text:?}"));
        Some(serde_json::from_str(json.trim_end()).unwrap())
    }

    /// Who looks, as this page was told, and why.
    async fn viewer(&mut self) -> (PermissionSet, Option<String>) {
        match self.next().await {
            Some(LiveMessage::Viewer { viewer, why }) => {
                (viewer.account.unwrap().assignment.permissions, why)
            }
            other => panic!("{other:?}"),
        }
    }
}

/// Lets this server hear the database, and waits until it does.
async fn listening(http: &Http) {
    let backend = &http.world.backend;
    let mut told = backend.live.subscribe();
    tokio::spawn(backend.live.clone().listen(backend.db.clone()));
    assert_eq!(told.next().await, Notice::Missed, "whatever happened before it heard");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_page_hears_of_its_readers_new_rights_and_of_their_end(pool: PgPool) {
    let http = Http::new(pool).await;
    listening(&http).await;
    let (world, uma) = (&http.world, http.world.uma());
    let olive = &world.olive().access;
    let mut page = Page::open(&http, Some(uma)).await;
    assert_eq!(page.viewer().await, (uma.access.permissions(), None), "first of all, who looks");

    let start = permissions::Start::Empty;
    let team = permissions::create(&world.backend, olive, "Team", "", start).await.unwrap();
    permissions::assign(&world.backend, olive, team.id, &[uma.member_id]).await.unwrap();
    let why = "Olive Tester changed Uma Tester: profile from “Standard user” to “Team”.".to_owned();
    assert_eq!(page.viewer().await, (PermissionSet::EMPTY, Some(why)));

    let view = Switch::One(Permission::ContactsView);
    permissions::switch(&world.backend, olive, team.id, 1, view, true).await.unwrap();
    let why = "Olive Tester changed your permission profile “Team”.".to_owned();
    assert_eq!(page.viewer().await, (PermissionSet::of(&[Permission::ContactsView]), Some(why)));

    let (replacement, all) = (permissions::Replacement::StandardUser, PermissionSet::everything());
    permissions::delete(&world.backend, olive, team.id, replacement, all).await.unwrap();
    let (held, why) = page.viewer().await;
    assert_eq!(held, uma.access.permissions());
    let told = "Olive Tester deleted the profile “Team”; its 1 holder has “Standard user” now.";
    assert_eq!(why.as_deref(), Some(told), "and nothing else that the log tells of them");

    staff::deactivate(&world.backend, olive, uma.member_id).await.unwrap();
    let mut last = page.next().await;
    if let Some(LiveMessage::Viewer { viewer, .. }) = &last {
        assert!(viewer.account.is_none(), "shut out of the account before the session is found ended");
        last = page.next().await;
    }
    assert_eq!(last, Some(LiveMessage::Ended));
    assert_eq!(page.next().await, None);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_page_hears_of_what_its_reader_was_given_and_of_its_end(pool: PgPool) {
    let http = Http::new(pool).await;
    listening(&http).await;
    let (world, uma) = (&http.world, http.world.uma());
    let (backend, olive, publish) = (&world.backend, &world.olive().access, Permission::SitesPublish);
    let mut page = Page::open(&http, Some(uma)).await;
    page.viewer().await;
    elevation::ask(backend, &uma.access, publish, "").await.unwrap();
    let id = elevation::list(backend, olive).await.unwrap().open[0].id;
    elevation::grant(backend, olive, id, ElevationTime::Hour).await.unwrap();
    let given = uma.access.permissions().switched_on(publish);
    let why = "Olive Tester gave Uma Tester “Publish sites” for an hour.".to_owned();
    assert_eq!(page.viewer().await, (given, Some(why)));
    world.advance(chrono::Duration::hours(1));
    backend::jobs::run_due(backend).await.unwrap();
    let why = "Steward ended “Publish sites” of Uma Tester: the time was over.".to_owned();
    assert_eq!(page.viewer().await, (uma.access.permissions(), Some(why)));
    let id = {
        elevation::ask(backend, &uma.access, publish, "").await.unwrap();
        let id = elevation::list(backend, olive).await.unwrap().open[0].id;
        elevation::grant(backend, olive, id, ElevationTime::ForGood).await.unwrap();
        id
    };
    assert_eq!(page.viewer().await.0, given);
    elevation::withdraw(backend, olive, id).await.unwrap();
    let why = "Olive Tester took “Publish sites” back from Uma Tester.".to_owned();
    assert_eq!(page.viewer().await, (uma.access.permissions(), Some(why)));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn only_who_manages_profiles_hears_of_them_and_nobody_of_another_accounts(pool: PgPool) {
    let http = Http::new(pool).await;
    listening(&http).await;
    let world = &http.world;
    let mut pages = Vec::new();
    for person in [world.olive(), world.uma(), world.otto()] {
        let mut page = Page::open(&http, Some(person)).await;
        page.viewer().await;
        pages.push(page);
    }
    let start = permissions::Start::Empty;
    let acmes =
        permissions::create(&world.backend, &world.olive().access, "Acme's", "", start).await.unwrap();
    let ottos = permissions::create(&world.backend, &world.otto().access, "Otto's", "", start).await.unwrap();
    assert_eq!(pages[0].next().await, Some(LiveMessage::Profile { id: acmes.id }));
    assert_eq!(pages[2].next().await, Some(LiveMessage::Profile { id: ottos.id }));
    // Uma's page would have heard of both by now; the end of her session is the next it hears.
    staff::remove(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    assert!(!matches!(pages[1].next().await, Some(LiveMessage::Profile { .. })));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn only_who_views_opportunities_hears_of_pipelines_and_nobody_of_another_accounts(pool: PgPool) {
    let http = Http::new(pool).await;
    listening(&http).await;
    let world = &http.world;
    let team =
        permissions::create(&world.backend, &world.olive().access, "Team", "", permissions::Start::Empty);
    let team = team.await.unwrap().id;
    let max = world.max().member_id;
    permissions::assign(&world.backend, &world.olive().access, team, &[max]).await.unwrap();
    let mut pages = Vec::new();
    for person in [world.uma(), world.otto(), world.max()] {
        let mut page = Page::open(&http, Some(person)).await;
        page.viewer().await;
        pages.push(page);
    }
    let form = PipelineForm { name: "Sales".into(), ..PipelineForm::default() };
    let acmes = pipelines::create(&world.backend, &world.olive().access, &form).await.unwrap();
    let ottos = pipelines::create(&world.backend, &world.otto().access, &form).await.unwrap();
    assert_eq!(pages[0].next().await, Some(LiveMessage::Pipeline { id: acmes.id }));
    assert_eq!(pages[1].next().await, Some(LiveMessage::Pipeline { id: ottos.id }));
    // Max's page would have heard of both by now; that he was removed is the next it hears.
    staff::remove(&world.backend, &world.olive().access, max).await.unwrap();
    assert!(!matches!(pages[2].next().await, Some(LiveMessage::Pipeline { .. })));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn only_who_views_calendars_hears_of_them_and_nobody_of_another_accounts(pool: PgPool) {
    let http = Http::new(pool).await;
    listening(&http).await;
    let world = &http.world;
    let team =
        permissions::create(&world.backend, &world.olive().access, "Team", "", permissions::Start::Empty);
    let team = team.await.unwrap().id;
    let max = world.max().member_id;
    permissions::assign(&world.backend, &world.olive().access, team, &[max]).await.unwrap();
    let mut pages = Vec::new();
    for person in [world.olive(), world.otto(), world.max()] {
        let mut page = Page::open(&http, Some(person)).await;
        page.viewer().await;
        pages.push(page);
    }
    let form = call_form();
    let acmes = calendars::create(&world.backend, &world.olive().access, &form).await.unwrap();
    let ottos = calendars::create(&world.backend, &world.otto().access, &form).await.unwrap();
    assert_eq!(pages[0].next().await, Some(LiveMessage::Calendar { id: acmes.id }));
    assert_eq!(pages[1].next().await, Some(LiveMessage::Calendar { id: ottos.id }));
    // Max's page would have heard of both by now; that he was removed is the next it hears.
    staff::remove(&world.backend, &world.olive().access, max).await.unwrap();
    assert!(!matches!(pages[2].next().await, Some(LiveMessage::Calendar { .. })));
}

fn call_form() -> CalendarForm {
    CalendarForm {
        kind: "round_robin".into(),
        name: "Call".into(),
        colour: "blue".into(),
        rules: CalendarRulesForm {
            duration_minutes: "30".into(),
            slot_step_minutes: "30".into(),
            buffer_before_minutes: "0".into(),
            buffer_after_minutes: "0".into(),
            minimum_notice_minutes: "0".into(),
            horizon_days: "30".into(),
        },
        ..CalendarForm::default()
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn without_a_session_there_is_nothing_to_hear(pool: PgPool) {
    let http = Http::new(pool).await;
    let mut page = Page::open(&http, None).await;
    assert_eq!(page.next().await, Some(LiveMessage::Ended));
    assert_eq!(page.next().await, None);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn streams_end_when_the_server_stops(pool: PgPool) {
    let http = Http::new(pool).await;
    let mut page = Page::open(&http, Some(http.world.olive())).await;
    page.viewer().await;
    http.world.backend.live.close();
    assert_eq!(page.next().await, None);
}
