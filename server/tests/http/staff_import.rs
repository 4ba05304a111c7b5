//! An import from the file to the result, without wasm.

use axum::http::StatusCode;
use sqlx::PgPool;

use crate::{
    booking_pages::Bookable,
    files,
    http_support::{Answer, Http},
    support::Person,
};

const LIST: &str = "first name,last name,email,phone,role\n\
    Ann,Archer,ann@example.com,(303) 555-0100,\n\
    Max,,max@example.com,,\n\
    Ann,Again,ANN@example.com,,\n\
    Bad,,bad,,owner\n";

async fn upload(http: &Http, by: &Person, content: &str) -> Answer {
    files::upload(http, "/upload/staff-import", Some(by), content.as_bytes()).await
}

/// The page of a fresh import of `list`.
async fn uploaded(http: &Http, list: &str) -> String {
    let answer = upload(http, http.world.olive(), list).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header("location").to_owned()
}

async fn start(http: &Http, page: &str) -> Answer {
    let id = page.rsplit('/').next().unwrap();
    http.submit("/api/staff/start-import", Some(http.world.olive()), &format!("_page={page}&id={id}")).await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nothing_happens_before_it_was_shown_and_then_just_that(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let page = uploaded(&http, LIST).await;
    let shown = http.get(&page, Some(&olive)).await.body;
    for expected in [
        "team.csv",
        "Invite 1 person",
        "Will be invited.",
        "Belongs to the account already.",
        "The same address stands in line 2.",
        "E-mail: This is not an e-mail address.",
        "Role: Please choose one of the offered values.",
    ] {
        assert!(shown.contains(expected), "{expected} is missing");
    }
    let part = http.get(&format!("{page}?verdict=already_member"), Some(&olive)).await.body;
    assert!(part.contains("max@example.com") && !part.contains("ann@example.com"));
    assert_eq!(http.world.count("select count(*) from invitation").await, 0);

    let started = start(&http, &page).await;
    assert_eq!((started.status, started.header("location")), (StatusCode::SEE_OTHER, page.as_str()));
    let running = http.get(&page, Some(&olive)).await.body;
    assert!(
        running.contains("<progress") && running.contains("Refresh") && !running.contains("Invite 1 person")
    );

    assert_eq!(http.world.mails().await.len(), 1);
    let result = http.get(&page, Some(&olive)).await.body;
    assert!(result.contains("1 person invited") && result.contains("3 lines were left out"));
    let id = page.rsplit('/').next().unwrap();
    let file = http.get(&format!("/download/staff-import/{id}"), Some(&olive)).await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.body.contains("ann@example.com") && file.body.contains("Invited."));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_list_of_nobody_new_says_so_and_offers_nothing_to_start(pool: PgPool) {
    let http = Http::new(pool).await;
    let page = uploaded(&http, "first name,email\nMax,max@example.com\n").await;
    let shown = http.get(&page, Some(http.world.olive())).await.body;
    assert!(shown.contains("Nothing to invite") && !shown.contains("Invite "));
    let none = http.get(&format!("{page}?verdict=new"), Some(http.world.olive())).await.body;
    assert!(none.contains("No such lines"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_file_that_cannot_be_read_shows_the_page_again_with_the_reason(pool: PgPool) {
    let http = Http::new(pool).await;
    let answer = upload(&http, http.world.olive(), "name\nAnn\n").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Import employees") && answer.body.contains("no column “first name”"));
    let answer = upload(&http, http.world.olive(), &"a".repeat(3 * 1024 * 1024)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Import employees") && answer.body.contains("larger than 2 MB"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_file_that_is_too_large_shows_the_page_again_with_words(pool: PgPool) {
    let http = Http::new(pool).await;
    for megabytes in [3, 9] {
        let answer = upload(&http, http.world.olive(), &"x".repeat(megabytes * 1024 * 1024)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{megabytes} MB");
        assert!(answer.body.contains("it is larger than 2 MB. Please split it"), "{megabytes} MB");
        assert!(answer.body.contains("Check the file"), "the form stands there again");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_may_not_invite_imports_nothing(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = http.world.uma().clone();
    let shown = http.get("/settings/staff/import", Some(&uma)).await.body;
    assert!(shown.contains("inert") && shown.contains("“Invite staff”"));
    assert_eq!(upload(&http, &uma, LIST).await.status, StatusCode::FORBIDDEN);
    assert_eq!(http.world.count("select count(*) from staff_import").await, 0);
    let page = uploaded(&http, LIST).await;
    assert_eq!(http.get(&page, Some(&uma)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(http.get(&page, Some(http.world.otto())).await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_sample_can_be_downloaded_and_uploaded_as_it_is(pool: PgPool) {
    let http = Http::new(pool).await;
    let page = http.get("/settings/staff/import", Some(http.world.olive())).await.body;
    assert!(page.contains("/download/staff-import-sample"));
    let sample = http.get("/download/staff-import-sample", Some(http.world.olive())).await;
    assert_eq!(sample.header("content-disposition"), "attachment; filename=\"employees.csv\"");
    let shown = http.get(&uploaded(&http, &sample.body).await, Some(http.world.olive())).await.body;
    assert!(shown.contains("Invite 2 people"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn where_everybody_of_the_list_will_be_is_asked_before_anybody_is_invited(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let calendar = Bookable::new(&http).await.calendar;
    let page = uploaded(&http, LIST).await;
    let shown = http.get(&page, Some(&olive)).await.body;
    assert!(shown.contains("Pipelines and calendars") && shown.contains("None for now"));
    let silent = start(&http, &page).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("Please answer: choose at least one, or none for now."));
    assert!(silent.body.contains("Invite 1 person"), "nothing has begun");
    let id = page.rsplit('/').next().unwrap();
    let both = format!("_page={page}&id={id}&places[]=none&places[]=calendar/{calendar}");
    let both = http.submit("/api/staff/start-import", Some(&olive), &both).await;
    assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ticked in ["none".to_owned(), format!("calendar/{calendar}")] {
        assert!(both.body.contains(&format!("value=\"{ticked}\" checked")), "{ticked} stays ticked");
    }
    let form = format!("_page={page}&id={id}&places[]=calendar/{calendar}");
    let started = http.submit("/api/staff/start-import", Some(&olive), &form).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER);
    http.world.mails().await;
    let result = http.get(&page, Some(&olive)).await.body;
    assert!(result.contains("Once they join, they are in "), "{result}");
    let file = http.get(&format!("/download/staff-import/{id}"), Some(&olive)).await.body;
    assert_eq!(file.matches("Invited. Once they join, they are in ").count(), 1);
}
