//! The pages about leaving, without wasm: what is asked, what will happen, the receipt, undoing it.

use app::paths::encode;
use axum::http::StatusCode;
use backend::{calendars::appointments, staff};
use chrono::Duration;
use domain::{
    LeavingId, Role,
    calendars::{BookingForm, OfferAsked, StaffBookingForm},
    staff::MemberState,
};
use sqlx::PgPool;

use crate::{
    appointments::appointment,
    http_support::{Answer, Http},
    support::Person,
};

/// Somebody on whom nothing depended has gone; answers the receipt.
pub async fn gone(http: &Http) -> LeavingId {
    let (backend, olive) = (&http.world.backend, &http.world.olive().access);
    let ada = http.world.person("gone@example.com", http.world.acme, Role::User).await.member_id;
    staff::deactivate(backend, olive, ada).await.unwrap();
    staff::member_page(backend, olive, ada).await.unwrap().leaving.lines[0].id
}

pub fn address(person: &Person, query: &str) -> String {
    format!("/settings/staff/{}/leaving?{query}", person.member_id)
}

/// What a hidden field of the page holds.
fn hidden(page: &str, name: &str) -> String {
    let field =
        page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name}"));
    field.split('"').next().unwrap().replace("&amp;", "&")
}

/// The form that confirms what `shown` showed at this address.
fn form(page: &str, shown: &str) -> String {
    let [id, choices, seen] = ["id", "choices", "seen"].map(|name| encode(&hidden(shown, name)));
    format!("_page={}&id={id}&choices={choices}&seen={seen}", encode(page))
}

/// Presses the button that does what the page at this address shows.
pub async fn confirm(http: &Http, by: &Person, page: &str) -> Answer {
    let shown = http.get(page, Some(by)).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    http.submit("/api/staff/end-place", Some(by), &form(page, &shown.body)).await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_holds_something_is_led_to_the_page_that_asks(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive(), http.world.max());
    appointment(&http, "Ann Archer").await;
    for (act, way) in [("deactivate", "deactivate"), ("remove", "remove")] {
        let form = format!("_page=/settings/staff/{}&id={}", max.member_id, max.member_id);
        let led = http.submit(&format!("/api/staff/{act}"), Some(olive), &form).await;
        assert_eq!(
            (led.status, led.header("location")),
            (StatusCode::SEE_OTHER, address(max, &format!("way={way}")).as_str())
        );
    }
    let left = http.submit("/api/staff/leave", Some(max), "_page=/").await;
    assert_eq!(left.header("location"), address(max, "way=leave"));
    assert!(http.world.access_again(max).await.is_some(), "nothing has happened");

    let asked = http.get(&address(max, "way=deactivate"), Some(olive)).await.body;
    for expected in [
        "Deactivate Max Tester?",
        "1 appointment to come",
        "The first is with Ann Archer on ",
        "1 calendar",
        "Discovery call.",
        "What becomes of the appointment to come",
        "Who gets the appointment to come",
        "Who takes Max’s place in the calendar",
        "By turn",
        "Cancel them",
        "They stay with Max for now",
        "Show what will happen",
    ] {
        assert!(asked.contains(expected), "{expected} is missing");
    }
    assert!(!asked.contains("What will happen</h2>"), "nothing was chosen yet");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_chosen_is_shown_confirmed_and_undone_by_plain_forms(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max, uma) = (http.world.olive(), http.world.max(), http.world.uma());
    let (_, booked) = appointment(&http, "Ann Archer").await;
    let to = format!("way=deactivate&appointments=people&appointments_to={}&calendars=nobody", uma.member_id);
    let page = address(max, &to);
    let shown = http.get(&page, Some(olive)).await.body;
    for expected in ["What will happen</h2>", "To Uma Tester", "To nobody", "Deactivate Max<"] {
        assert!(shown.contains(expected), "{expected} is missing");
    }
    let done = confirm(&http, olive, &page).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let receipt = done.header("location").to_owned();
    assert!(receipt.starts_with("/settings/staff/leavings/"), "{receipt}");
    let told = http.get(&receipt, Some(olive)).await.body;
    for expected in
        ["Max Tester was deactivated", "Ann Archer", "To Uma Tester", "This can be undone", "Undo<"]
    {
        assert!(told.contains(expected), "{expected} is missing");
    }
    let person = http.get(&format!("/settings/staff/{}", max.member_id), Some(olive)).await.body;
    assert!(person.contains(&receipt), "the person's page leads there");
    let log = http.get("/settings/activity", Some(olive)).await.body;
    assert!(log.contains(&receipt), "the log leads there");

    let id = receipt.rsplit('/').next().unwrap();
    let undone =
        http.submit("/api/staff/undo-leaving", Some(olive), &format!("_page={receipt}&id={id}")).await;
    assert_eq!((undone.status, undone.header("location")), (StatusCode::SEE_OTHER, receipt.as_str()));
    let told = http.get(&receipt, Some(olive)).await.body;
    assert!(told.contains("This was undone") && told.contains("Given back") && !told.contains("Undo<"));
    let found = appointments::find(&http.world.backend, &olive.access, booked).await.unwrap();
    assert_eq!(found.row.hosts[0].name, "Max Tester");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_cannot_be_is_said_beside_the_answer_and_cannot_be_confirmed(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive(), http.world.max());
    appointment(&http, "Ann Archer").await;
    let nobody = address(max, "way=deactivate&appointments=people&calendars=nobody");
    let shown = http.get(&nobody, Some(olive)).await.body;
    assert!(shown.contains("Please choose what becomes of them.") && !shown.contains("name=\"seen\""));
    assert!(shown.contains("Nothing has happened yet") && shown.contains("href=\"#about-appointments\""));
    assert!(shown.contains("id=\"about-appointments\""), "the link at the top leads there");
    let stranger = http.world.otto().member_id;
    let foreign =
        address(max, &format!("way=deactivate&appointments=keep&calendars=people&calendars_to={stranger}"));
    let shown = http.get(&foreign, Some(olive)).await.body;
    assert!(shown.contains("Somebody you chose is not active in your account any more."));
}

/// The page is shown again as it is by then, with what was chosen.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_has_changed_meanwhile_is_shown_and_asked_again(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive(), http.world.max());
    let (calendar, _) = appointment(&http, "Ann Archer").await;
    let page = address(max, "way=deactivate&appointments=cancel&calendars=keep");
    let before = http.get(&page, Some(olive)).await.body;
    let backend = &http.world.backend;
    let host = max.member_id.to_string();
    let asked = OfferAsked::default();
    let booking = appointments::booking_page(backend, &olive.access, calendar, &host, &asked).await.unwrap();
    let one_more = StaffBookingForm {
        booking: BookingForm {
            starts_at: booking.offer.days[2].slots[0].exact.clone(),
            name: "Bob Baker".into(),
            email: "bob@example.com".into(),
            request_key: booking.request_key,
            ..BookingForm::default()
        },
        host,
    };
    appointments::book(backend, &olive.access, calendar, &one_more).await.unwrap();
    let refused = http.submit("/api/staff/end-place", Some(olive), &form(&page, &before)).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused.body.contains("Somebody changed this meanwhile.")
            && refused.body.contains("2 appointments to come")
    );
    assert!(http.world.access_again(max).await.is_some());
    let done = confirm(&http, olive, &page).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let state = staff::member(backend, &olive.access, max.member_id).await.unwrap().state;
    assert_eq!(state, MemberState::Deactivated);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn removing_wants_a_fresh_proof_and_comes_back_to_what_was_chosen(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, max) = (http.world.olive(), http.world.max());
    appointment(&http, "Ann Archer").await;
    http.world.advance(Duration::minutes(20));
    let page = address(max, "way=remove&appointments=cancel&calendars=nobody");
    let asked = confirm(&http, olive, &page).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let proves = asked.header("location");
    assert!(
        proves.starts_with("/prove?next=/settings/staff/") && proves.contains("appointments%3Dcancel"),
        "{proves}"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_leaves_by_themselves_is_signed_out(pool: PgPool) {
    let http = Http::new(pool).await;
    let max = http.world.max();
    appointment(&http, "Ann Archer").await;
    let page = address(max, "way=leave");
    let shown = http.get(&page, Some(max)).await.body;
    assert!(shown.contains("Leave Acme?") && shown.contains("They stay where they are."));
    let left = confirm(&http, max, &page).await;
    assert_eq!((left.status, left.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
    assert!(http.world.access_again(max).await.is_none());
    let person = http.get(&format!("/settings/staff/{}", max.member_id), Some(http.world.olive())).await.body;
    assert!(person.contains("Max still holds 1 appointment to come and 1 calendar."), "{person}");
    assert!(person.contains("way=hand-over"));
    let asked = http.get(&address(max, "way=hand-over"), Some(http.world.olive())).await.body;
    assert!(asked.contains("Hand over what Max Tester held") && asked.contains("1 appointment to come"));
}
