//! The public pages of calendars, as browsers without wasm use them.

use app::paths::encode;
use axum::http::StatusCode;
use backend::calendars::{self, booking};
use chrono::{Days, NaiveDate};
use domain::{
    CalendarId, When,
    calendars::{
        CalendarForm, CalendarKind, CalendarRulesForm, HostTermsForm, HoursForm, HoursLine, OfferAsked,
        QuestionForm,
    },
    pipelines::MembershipChoice,
};
use sqlx::PgPool;

use crate::http_support::{Answer, Http};

const ZONE: &str = "America/Denver";

/// A calendar of Acme whose one host is Uma, every day from nine to eleven: four times a day.
pub struct Bookable {
    pub calendar: CalendarId,
    pub account: String,
    pub path: String,
}

impl Bookable {
    pub async fn new(http: &Http) -> Self {
        Self::called(http, "Call", "Half an hour.\nIt costs nothing.").await
    }

    async fn called(http: &Http, name: &str, description: &str) -> Self {
        let (backend, olive) = (&http.world.backend, &http.world.olive().access);
        let uma = http.world.uma().member_id;
        let question =
            QuestionForm { label: format!("Why {name}?"), is_required: true, ..QuestionForm::default() };
        let form = CalendarForm {
            kind: CalendarKind::RoundRobin.key().into(),
            name: name.into(),
            slug: "call".into(),
            description: description.into(),
            location: "https://meet.example.com/acme".into(),
            colour: "blue".into(),
            rules: CalendarRulesForm {
                duration_minutes: "30".into(),
                slot_step_minutes: "30".into(),
                buffer_before_minutes: "0".into(),
                buffer_after_minutes: "0".into(),
                minimum_notice_minutes: "0".into(),
                horizon_days: "60".into(),
            },
            questions: vec![question],
            ..CalendarForm::default()
        };
        let calendar = calendars::create(backend, olive, &form).await.unwrap();
        let terms = HostTermsForm { weight: "10".into(), ..HostTermsForm::default() };
        let choice = MembershipChoice::In;
        calendars::set_member(backend, olive, calendar.id, uma, choice, &terms).await.unwrap();
        let line = |weekday| HoursLine { weekday, start: "09:00".into(), end: "11:00".into() };
        let week = HoursForm { time_zone: ZONE.into(), lines: (0..7).map(line).collect() };
        let seen = calendars::hours(backend, olive, uma).await.unwrap().version;
        calendars::set_hours(backend, olive, uma, seen, &week).await.unwrap();
        let account: String = sqlx::query_scalar("select slug from account where id = $1")
            .bind(http.world.acme.0)
            .fetch_one(&http.world.root)
            .await
            .unwrap();
        let path = format!("/book/{account}/call");
        Self { calendar: calendar.id, account, path }
    }

    /// What is free on a day, the day after tomorrow at the soonest.
    async fn free(&self, http: &Http, day: NaiveDate) -> Vec<When> {
        let asked = OfferAsked { from: Some(day), time_zone: ZONE.into() };
        let page = booking::page(&http.world.backend, &self.account, "call", &asked).await.unwrap();
        let offered = page.offer.days.into_iter().find(|offered| offered.day == day);
        offered.map(|offered| offered.slots).unwrap_or_default()
    }

    /// Books the first free time for Ann, and answers the link of her mail.
    pub async fn booked(&self, http: &Http) -> String {
        let free = self.free(http, day(http, 0)).await;
        let booked = self.book(http, &self.form_at(&free[0]), &free[0].exact, &ANN).await;
        assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.body);
        http.world.mailed_link(ANN.email, "/appointment/").await
    }

    /// The address of the form for a time.
    fn form_at(&self, slot: &When) -> String {
        format!("{}?zone={ZONE}&time={}", self.path, encode(&slot.exact))
    }

    /// Fills in the form at `page` as somebody and sends it.
    async fn book(&self, http: &Http, page: &str, starts_at: &str, who: &Somebody<'_>) -> Answer {
        let shown = http.get(page, None).await;
        let fields = [
            ("_page", page),
            ("account", self.account.as_str()),
            ("calendar", "call"),
            ("starts_at", starts_at),
            ("name", who.name),
            ("email", who.email),
            ("phone", "+1 303 555 0111"),
            ("questions[0]", "To talk"),
            ("notes", "Soon"),
            ("time_zone", ZONE),
            ("request_key", request_key(&shown)),
        ];
        let form: Vec<_> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        http.submit("/api/booking/book", None, &form.join("&")).await
    }
}

struct Somebody<'a> {
    name: &'a str,
    email: &'a str,
}

const ANN: Somebody<'_> = Somebody { name: "Ann Archer", email: "ann@clients.example.com" };
const BOB: Somebody<'_> = Somebody { name: "Bob Baker", email: "bob@clients.example.com" };

fn request_key(page: &Answer) -> &str {
    let (_, rest) = page.body.split_once("name=\"request_key\" value=\"").expect("a form with a key");
    rest.split('"').next().unwrap()
}

/// So many days after the day after tomorrow of Acme.
fn day(http: &Http, later: u64) -> NaiveDate {
    http.world.now().date_naive().checked_add_days(Days::new(2 + later)).unwrap()
}

#[track_caller]
fn assert_shows(page: &Answer, texts: &[&str]) {
    for text in texts {
        assert!(page.body.contains(text), "{text:?} is missing in {}", page.body);
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_visitor_books_and_comes_back_by_the_link(pool: PgPool) {
    let http = Http::new(pool).await;
    let call = Bookable::new(&http).await;
    let free = call.free(&http, day(&http, 0)).await;
    let start = http.get(&call.path, None).await;
    assert_eq!(start.status, StatusCode::OK);
    let link = format!("time={}#choice", encode(&free[0].exact));
    assert_shows(&start, &["<h1>Call", "30 minutes with Acme", "It costs nothing.", "<select", "<option"]);
    assert!(!start.body.contains("meet.example.com"), "the link is for those who have booked");
    let on_that_day = http.get(&format!("{}?zone={ZONE}&day={}", call.path, day(&http, 0)), None).await;
    assert_shows(&on_that_day, &[&link, ">09:00<", ">10:30<", "aria-current=\"true\""]);
    let form = http.get(&call.form_at(&free[0]), None).await;
    assert_shows(&form, &["Why Call?", "name=\"questions[0]\"", "name=\"notes\"", &free[0].exact, "09:00"]);

    let booked = call.book(&http, &call.form_at(&free[0]), &free[0].exact, &ANN).await;
    assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.body);
    let link = http.world.mailed_link(ANN.email, "/appointment/").await;
    assert_eq!(booked.header("location"), format!("/appointment/{link}?booked"));
    let shown = http.get(booked.header("location"), None).await;
    assert_shows(&shown, &["<h1>You are booked", ANN.email, "Uma Tester", "https://meet.example.com/acme"]);
    let later = http.get(&format!("/appointment/{link}"), None).await;
    assert_shows(&later, &["<h1>Your appointment", "Move to another time", "Cancel the appointment"]);
    assert!(!later.body.contains("uma@example.com"), "no address of the staff");

    let file = http.get(&format!("/download/appointment/{link}"), None).await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"appointment.ics\"");
    assert_shows(&file, &["BEGIN:VCALENDAR", "STATUS:CONFIRMED"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_appointment_is_moved_and_cancelled_by_its_link(pool: PgPool) {
    let http = Http::new(pool).await;
    let call = Bookable::new(&http).await;
    let free = call.free(&http, day(&http, 0)).await;
    let link = call.booked(&http).await;
    let page = format!("/appointment/{link}/move");
    let own = encode(&free[0].exact);
    let choice = http.get(&format!("{page}?zone={ZONE}&day={}", day(&http, 0)), None).await;
    assert_shows(&choice, &["<h1>Move your appointment", ">10:00<"]);
    assert!(!choice.body.contains(&own), "its own time is no other one");
    let at = format!("{page}?zone={ZONE}&time={}", encode(&free[2].exact));
    assert_shows(&http.get(&at, None).await, &["Move the appointment", &free[2].exact]);
    let form = format!("_page={}&link={link}&starts_at={}", encode(&at), encode(&free[2].exact));
    let moved = http.submit("/api/booking/move", None, &form).await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (StatusCode::SEE_OTHER, format!("/appointment/{link}").as_str())
    );
    assert_shows(&http.get(moved.header("location"), None).await, &["10:00"]);

    let asked = http.get(&format!("/appointment/{link}?cancel"), None).await;
    assert_shows(&asked, &["Cancel this appointment?", "Acme is told", "Keep it"]);
    let form = format!("_page=/appointment/{link}%3Fcancel&link={link}");
    assert_eq!(http.submit("/api/booking/cancel", None, &form).await.status, StatusCode::SEE_OTHER);
    let after = http.get(&format!("/appointment/{link}"), None).await;
    assert_shows(&after, &["<h1>Your appointment is cancelled", "Book another time"]);
    assert!(!after.body.contains("Move to another time"));
    assert_shows(&http.get(&format!("/download/appointment/{link}"), None).await, &["STATUS:CANCELLED"]);
    assert_shows(&http.get(&page, None).await, &["This appointment is over or was cancelled."]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_comes_second_keeps_what_was_typed_and_chooses_another_time(pool: PgPool) {
    let http = Http::new(pool).await;
    let call = Bookable::new(&http).await;
    let free = call.free(&http, day(&http, 0)).await;
    let page = call.form_at(&free[1]);
    assert_eq!(call.book(&http, &page, &free[1].exact, &ANN).await.status, StatusCode::SEE_OTHER);
    // Bob had opened his form before.
    let typed = |starts_at: &str, key: &str| {
        format!(
            "_page={}&account={}&calendar=call&starts_at={}&name=Bob+Baker&email={}&questions%5B0%5D=To+talk\
             &time_zone={ZONE}&request_key={key}",
            encode(&page),
            call.account,
            encode(starts_at),
            BOB.email,
        )
    };
    let elsewhere = http.get(&call.form_at(&free[0]), None).await;
    let key = request_key(&elsewhere);
    let late = http.submit("/api/booking/book", None, &typed(&free[1].exact, key)).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_shows(
        &late,
        &["Somebody was quicker", "value=\"Bob Baker\"", BOB.email, "value=\"To talk\"", "Another time"],
    );
    assert_shows(&late, &["<select", &free[2].exact, key]);
    assert!(!late.body.contains(&format!("<option value=\"{}\"", free[1].exact)), "that one is gone");
    let again = http.submit("/api/booking/book", None, &typed(&free[2].exact, key)).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    assert_eq!(http.world.count("select count(*) from appointment where state = 'booked'").await, 2);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn wrong_input_is_told_beside_its_field_and_stays(pool: PgPool) {
    let http = Http::new(pool).await;
    let call = Bookable::new(&http).await;
    let free = call.free(&http, day(&http, 0)).await;
    let wrong = Somebody { name: "Ann \"A\" Archer", email: "ann" };
    let answer = call.book(&http, &call.form_at(&free[0]), &free[0].exact, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_shows(
        &answer,
        &[
            "value=\"Ann &quot;A&quot; Archer\"",
            "value=\"ann\"",
            "aria-invalid=\"true\"",
            "value=\"To talk\"",
        ],
    );
    assert_shows(&answer, &[&format!("name=\"starts_at\" value=\"{}\"", free[0].exact)]);
    assert_eq!(http.world.count("select count(*) from appointment").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_time_that_is_gone_leads_back_to_the_choice(pool: PgPool) {
    let http = Http::new(pool).await;
    let call = Bookable::new(&http).await;
    let gone = When { exact: "2020-01-01T09:00:00Z".into(), text: "09:00".into() };
    let page = http.get(&call.form_at(&gone), None).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_shows(&page, &["This time is not free any more", "Choose a time"]);
    assert!(!page.body.contains("name=\"email\""), "there is no form without a time");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn addresses_of_nothing_and_forged_links_tell_nothing(pool: PgPool) {
    let http = Http::new(pool).await;
    let call = Bookable::new(&http).await;
    for path in ["/book/nobody/call", "/book/acme/%00", &format!("/book/{}/other", call.account)] {
        let page = http.get(path, None).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert_shows(&page, &["<h1>Nothing can be booked here"]);
        assert!(!page.body.contains("Uma") && !page.body.contains("30 minutes"), "{path}");
    }
    let link = call.booked(&http).await;
    let forged = format!("{}xx", &link[..link.len() - 2]);
    for link in [forged.as_str(), "x", "%00", "..%2F"] {
        for path in [format!("/appointment/{link}"), format!("/appointment/{link}/move")] {
            let page = http.get(&path, None).await;
            assert_shows(&page, &["<h1>We do not know this link"]);
            assert!(!page.body.contains("Acme") && !page.body.contains(ANN.email), "{path}");
        }
        let file = http.get(&format!("/download/appointment/{link}"), None).await;
        assert!(file.status.is_client_error() && !file.body.contains("Acme"), "{link}: {}", file.status);
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn hostile_words_of_a_calendar_stay_text(pool: PgPool) {
    let http = Http::new(pool).await;
    let call = Bookable::called(&http, "</title><svg onload=alert(1)>", "<script>alert(1)</script>").await;
    let free = call.free(&http, day(&http, 0)).await;
    let form = call.form_at(&free[0]);
    call.book(&http, &form, &free[1].exact, &ANN).await;
    let link = http.world.mailed_link(ANN.email, "/appointment/").await;
    let pages =
        [call.path.clone(), form, format!("/appointment/{link}"), format!("/appointment/{link}/move")];
    for path in pages {
        let page = http.get(&path, None).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for made in ["<svg onload", "<script>alert"] {
            assert!(!page.body.contains(made), "{made:?} stands in {path}");
        }
    }
}
