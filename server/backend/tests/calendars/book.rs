use backend::{calendars::booking, mail::Message};
use chrono::Duration;
use domain::{
    Problem, Refusal,
    calendars::{BookingForm, CalendarForm, CalendarKind, QuestionForm},
};
use sqlx::PgPool;

use super::world::{client_at, denver, form, visitor};
use crate::support::{World, refusal};

/// The newest mail to somebody.
async fn mail_to(world: &World, email: &str) -> Message {
    world.mails().await.into_iter().rev().find(|mail| mail.to.as_str() == email).expect("a mail")
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_booking_is_told_to_both_sides_with_a_file_for_their_calendars(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    let starts_at = denver(world.day(0), "09:00");
    let link = world.visit(&call, &visitor("Ann Archer", starts_at)).await.unwrap();
    let id = world.newest().await;
    let row = world.appointment(id).await;
    assert_eq!((row.row.starts_at, row.row.visitor_name.as_str()), (starts_at, "Ann Archer"));
    assert_eq!((row.booked_by, row.visitor_time_zone.as_str()), (None, "Europe/Berlin"));
    let told = world.last_told().await;
    assert!(
        told.starts_with("Steward took the booking of Ann Archer in “Call” with Uma Tester on "),
        "{told}"
    );
    assert!(told.ends_with(", 09:00"), "{told}");

    let mail = mail_to(&world, "ann.archer@clients.example.com").await;
    assert_eq!(mail.sender_name, "Acme");
    assert!(mail.subject.starts_with("Booked: Call on "), "{}", mail.subject);
    assert!(mail.subject.ends_with("(Europe/Berlin)"), "{}", mail.subject);
    assert_eq!(mail.action.unwrap().url, format!("https://steward.test/appointment/{link}"));
    let file = mail.attachment.unwrap();
    assert_eq!(file.content_type, "text/calendar; charset=utf-8; method=REQUEST");
    let text = file.text().unwrap();
    let lines: Vec<_> = text.split("\r\n").collect();
    for line in [
        "METHOD:REQUEST".to_owned(),
        "SEQUENCE:0".into(),
        "STATUS:CONFIRMED".into(),
        format!("UID:{id}@steward.test"),
        starts_at.format("DTSTART:%Y%m%dT%H%M%SZ").to_string(),
        (starts_at + Duration::minutes(30)).format("DTEND:%Y%m%dT%H%M%SZ").to_string(),
    ] {
        assert!(lines.contains(&line.as_str()), "{line} is missing in {text}");
    }
    assert!(!text.contains("uma@"), "no address of the staff");

    let mail = mail_to(&world, "uma@example.com").await;
    assert!(mail.subject.starts_with("Booked: Ann Archer, "), "{}", mail.subject);
    assert!(mail.subject.ends_with("09:00 (America/Denver)"), "{}", mail.subject);
    assert!(mail.attachment.unwrap().text().unwrap().contains("ATTENDEE;CN=\"Uma Tester\""));
    assert_eq!(world.mails().await.len(), 2);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_same_form_again_books_once_and_another_with_its_key_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    world.host(&call, world.max(), 10).await;
    let day = world.day(0);
    let form = visitor("Ann", denver(day, "09:00"));
    let first = world.visit(&call, &form).await.unwrap();
    assert_eq!(world.visit(&call, &form).await.unwrap(), first);
    let other = BookingForm { starts_at: denver(day, "10:00").to_rfc3339(), ..form.clone() };
    assert_eq!(refusal(world.visit(&call, &other).await), Refusal::ChangedMeanwhile);
    let somebody = BookingForm { email: "eve@clients.example.com".into(), ..form };
    assert_eq!(refusal(world.visit(&call, &somebody).await), Refusal::ChangedMeanwhile);
    for guessed in ["", "a", "AAAA", "é"] {
        let form = BookingForm { request_key: guessed.into(), ..visitor("Ann", denver(day, "11:00")) };
        let refused = refusal(world.visit(&call, &form).await);
        assert_eq!(refused.problem("request_key"), Some(&Problem::InvalidChoice), "{guessed}");
    }
    assert_eq!(world.count("select count(*) from appointment").await, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_taken_time_is_told_to_be_taken_and_an_invented_one_too(pool: PgPool) {
    let world = World::new(pool).await;
    let day = world.day(0);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    world.visit(&call, &visitor("Ann", denver(day, "09:00"))).await.unwrap();
    for time in ["09:00", "08:30", "09:10", "16:45", "17:00"] {
        let refused = world.visit(&call, &visitor("Bob", denver(day, time))).await;
        assert_eq!(refusal(refused), Refusal::TimeTaken, "{time}");
    }
    let wrong = BookingForm { email: "bob".into(), ..visitor("Bob", denver(day, "10:00")) };
    assert_eq!(refusal(world.visit(&call, &wrong).await).problem("email"), Some(&Problem::InvalidEmail));
    assert_eq!(world.count("select count(*) from appointment").await, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn answers_are_kept_with_the_questions_as_they_were_asked(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let ask =
        |label: &str, is_required| QuestionForm { label: label.into(), is_required, ..Default::default() };
    let asking = CalendarForm {
        questions: vec![ask("Why?", true), ask("Budget?", false)],
        ..form(CalendarKind::RoundRobin, "Call")
    };
    let call = backend::calendars::create(backend, olive, &asking).await.unwrap();
    world.host(&call, world.uma(), 10).await;
    let mut typed = visitor("Ann", denver(world.day(0), "09:00"));
    let refused = refusal(world.visit(&call, &typed).await);
    assert_eq!(refused.problem("questions[0]"), Some(&Problem::Required));
    typed.answers = vec!["<script>alert(1)</script>".into()];
    world.visit(&call, &typed).await.unwrap();
    let answers = world.appointment(world.newest().await).await.answers;
    let told: Vec<_> = answers.iter().map(|one| (one.question.as_str(), one.answer.as_str())).collect();
    assert_eq!(told, [("Why?", "<script>alert(1)</script>"), ("Budget?", "")]);
    let mail = mail_to(&world, "uma@example.com").await;
    assert!(mail.paragraphs.contains(&"Why?: <script>alert(1)</script>".to_owned()), "{mail:?}");
    assert!(!mail.html("Steward").unwrap().contains("<script>"));
}

/// A buffer belongs to the appointment before and to the one after, and other calendars respect it.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_host_is_busy_for_all_their_calendars_buffers_included(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, day) = (&world.backend, &world.olive().access, world.day(0));
    let mut buffered = form(CalendarKind::RoundRobin, "Buffered");
    buffered.rules.buffer_before_minutes = "30".into();
    buffered.rules.buffer_after_minutes = "60".into();
    let buffered = backend::calendars::create(backend, olive, &buffered).await.unwrap();
    let plain = world.calendar(CalendarKind::Personal, "Plain").await;
    world.host(&buffered, world.olive(), 10).await;
    world.visit(&buffered, &visitor("Ann", denver(day, "12:00"))).await.unwrap();
    let offered = super::world::texts(&world.offered(&plain, &super::world::from(day)).await, day);
    for taken in ["11:30", "12:00", "12:30", "13:00"] {
        assert!(!offered.contains(&taken.to_owned()), "{taken} in {offered:?}");
    }
    assert!(offered.contains(&"11:00".to_owned()) && offered.contains(&"13:30".to_owned()), "{offered:?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn strangers_book_only_so_often(pool: PgPool) {
    let world = World::new(pool).await;
    let account = world.account_slug().await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    let taken = denver(world.day(0), "03:00");
    let attempt = async |client: usize, name: &str| {
        let form = visitor(name, taken);
        refusal(booking::book(&world.backend, &client_at(client), &account, call.slug.as_str(), &form).await)
    };
    let mut reached = 0;
    for n in 0..50 {
        reached += usize::from(attempt(1, &format!("Ann {n}")).await == Refusal::TimeTaken);
    }
    assert_eq!(reached, 30, "from one network");
    let mut reached = 0;
    for n in 0..30 {
        reached += usize::from(attempt(100 + n, "Bob").await == Refusal::TimeTaken);
    }
    assert_eq!(reached, 10, "with one address");
    let mut reached = 0;
    for n in 0..400 {
        reached += usize::from(attempt(1_000 + n, &format!("Eve {n}")).await == Refusal::TimeTaken);
    }
    assert!(reached < 300, "{reached} into one calendar");
    world.advance(Duration::minutes(61));
    assert_eq!(attempt(1, "Ann").await, Refusal::TimeTaken);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_form_is_answered_with_its_booking_and_with_no_other(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, client) = (&world.backend, &world.client());
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    let form = visitor("Ann", denver(world.day(0), "09:00"));
    let link = world.visit(&call, &form).await.unwrap();
    assert_eq!(world.visit(&call, &form).await.unwrap(), link, "sent twice");
    let other_name = BookingForm { name: "Bob".into(), ..form.clone() };
    assert_eq!(refusal(world.visit(&call, &other_name).await), Refusal::ChangedMeanwhile);
    booking::cancel(backend, client, &link).await.unwrap();
    assert_eq!(
        refusal(world.visit(&call, &form).await),
        Refusal::ChangedMeanwhile,
        "nothing is booked any more"
    );
    assert_eq!(world.count("select count(*) from appointment").await, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_mail_programs_make_a_link_of_is_no_name(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    for name in ["see https://evil.example", "WWW.evil.example"] {
        let typed = BookingForm { name: name.into(), ..visitor("Ann", denver(world.day(0), "09:00")) };
        let refused = refusal(world.visit(&call, &typed).await);
        assert_eq!(refused.problem("name"), Some(&Problem::InvalidText), "{name}");
    }
    let typed = BookingForm { name: "Ann / Bob".into(), ..visitor("Ann", denver(world.day(0), "09:00")) };
    world.visit(&call, &typed).await.unwrap();
}
