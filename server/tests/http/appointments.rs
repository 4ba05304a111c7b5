//! The staff's pages of appointments and working hours.

use axum::http::StatusCode;
use backend::calendars::{self, appointments};
use domain::{
    AppointmentId, CalendarId,
    calendars::{
        BookingForm, CalendarForm, CalendarKind, CalendarRulesForm, HostTermsForm, HoursForm, HoursLine,
        OfferAsked, StaffBookingForm,
    },
    pipelines::MembershipChoice,
};
use sqlx::PgPool;

use crate::http_support::Http;

/// A round robin with Olive and Max as its hosts, and an appointment with Max.
pub async fn appointment(http: &Http, visitor: &str) -> (CalendarId, AppointmentId) {
    let (backend, olive, max) = (&http.world.backend, http.world.olive(), http.world.max().member_id);
    let form = CalendarForm {
        kind: CalendarKind::RoundRobin.key().into(),
        name: "Discovery call".into(),
        colour: "blue".into(),
        rules: CalendarRulesForm {
            duration_minutes: "30".into(),
            slot_step_minutes: "30".into(),
            buffer_before_minutes: "0".into(),
            buffer_after_minutes: "0".into(),
            minimum_notice_minutes: "0".into(),
            horizon_days: "60".into(),
        },
        ..CalendarForm::default()
    };
    let calendar = calendars::create(backend, &olive.access, &form).await.unwrap().id;
    let line = |weekday| HoursLine { weekday, start: "09:00".into(), end: "17:00".into() };
    let week = HoursForm { time_zone: String::new(), lines: (0..7).map(line).collect() };
    for member in [olive.member_id, max] {
        let (choice, terms) = (MembershipChoice::In, HostTermsForm::default());
        calendars::set_member(backend, &olive.access, calendar, member, choice, &terms).await.unwrap();
        calendars::set_hours(backend, &olive.access, member, 0, &week).await.unwrap();
    }
    let asked = OfferAsked::default();
    let page =
        appointments::booking_page(backend, &olive.access, calendar, &max.to_string(), &asked).await.unwrap();
    let booking = BookingForm {
        starts_at: page.offer.days[1].slots[0].exact.clone(),
        name: visitor.into(),
        email: "ann@example.com".into(),
        request_key: page.request_key,
        ..BookingForm::default()
    };
    let form = StaffBookingForm { booking, host: max.to_string() };
    (calendar, appointments::book(backend, &olive.access, calendar, &form).await.unwrap())
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn hours_are_set_by_a_plain_form_and_wrong_ones_keep_what_was_typed(pool: PgPool) {
    let http = Http::new(pool).await;
    let max = http.world.max().clone();
    let line = |number: u8, weekday: u8, start: &str, end: &str| {
        let field = |name: &str, value: &str| format!("&lines%5B{number}%5D%5B{name}%5D={value}");
        field("weekday", &weekday.to_string()) + &field("start", start) + &field("end", end)
    };
    let form = |end: &str| {
        let begin = format!("_page=/calendars/hours&id={}&version=0&time_zone=", max.member_id);
        begin + &line(0, 0, "13:00", end) + &line(1, 0, "09:00", "12:00") + &line(8, 1, "", "")
    };
    let wrong = http.submit("/api/availability/set-hours", Some(&max), &form("12:30")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("The end must come after the start"));
    assert!(wrong.body.contains("value=\"12:30\""), "what was typed stays");
    let saved = http.submit("/api/availability/set-hours", Some(&max), &form("17:00")).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, "/calendars/hours"));
    let stored = calendars::hours(&http.world.backend, &max.access, max.member_id).await.unwrap();
    let lines: Vec<_> = stored.hours.lines().into_iter().map(|line| (line.start, line.end)).collect();
    let expected = [("09:00", "12:00"), ("13:00", "17:00")];
    assert_eq!(lines, expected.map(|(start, end)| (start.to_owned(), end.to_owned())));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_visitors_are_called_stays_text(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let (_, id) = appointment(&http, "<script>alert(1)</script>").await;
    let day = "2999-01-01";
    for page in [
        "/calendars".to_owned(),
        format!("/calendars?q=%3Cscript%3E&to={day}"),
        "/calendars/week".to_owned(),
        format!("/appointments/{id}"),
        format!("/appointments/{id}?cancel"),
        format!("/appointments/{id}/move"),
    ] {
        let answer = http.get(&page, Some(&olive)).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(!answer.body.contains("<script>alert"), "{page}");
    }
    let shown = http.get(&format!("/appointments/{id}"), Some(&olive)).await.body;
    assert!(shown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

/// Whoever lacks the permission for what is somebody else's reads which one it is; one's own takes another.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_cannot_be_done_with_an_appointment_says_why(pool: PgPool) {
    let http = Http::new(pool).await;
    let (_, id) = appointment(&http, "Ann Archer").await;
    let page = format!("/appointments/{id}");
    let missing = "“Edit any appointment”";
    let uma = http.get(&page, Some(http.world.uma())).await.body;
    assert!(uma.contains(missing) && !uma.contains(&format!("{page}/move\"")));
    let refused = http.get(&format!("{page}/move"), Some(http.world.uma())).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains(missing));
    let max = http.get(&page, Some(http.world.max())).await.body;
    assert!(!max.contains(missing) && max.contains(&format!("{page}/move\"")), "it is Max's own");
    assert_eq!(http.get(&page, Some(http.world.otto())).await.status, StatusCode::NOT_FOUND);
}
