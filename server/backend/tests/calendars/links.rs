use backend::calendars::{self, booking};
use chrono::Duration;
use domain::{
    Problem, Refusal,
    calendars::{AppointmentState, CalendarForm, CalendarKind, OfferAsked},
};
use sqlx::PgPool;

use super::world::{client_at, denver, form, from, visitor};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_link_of_the_mail_shows_moves_and_cancels(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, client, day) = (&world.backend, &world.client(), world.day(0));
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    world.visit(&call, &visitor("Ann Archer", denver(day, "09:00"))).await.unwrap();
    let link = world.mailed_link("ann.archer@clients.example.com", "/appointment/").await;
    let shown = booking::show(backend, &link).await.unwrap();
    assert_eq!(
        (shown.hosts, shown.state, shown.may_change),
        (vec!["Uma Tester".into()], AppointmentState::Booked, true)
    );
    assert_eq!((shown.calendar.account_name.as_str(), shown.time_zone.as_str()), ("Acme", "Europe/Berlin"));

    let offer = booking::other_times(backend, &link, &from(day)).await.unwrap();
    assert!(!offer.days[0].slots.iter().any(|slot| slot.text == "09:00"), "its own time is no other one");
    let later = denver(day, "09:30");
    booking::reschedule(backend, client, &link, &later.to_rfc3339()).await.unwrap();
    let moved = world.appointment(world.newest().await).await;
    assert_eq!((moved.row.starts_at, moved.version), (later, 2));
    let told = world.last_told().await;
    assert!(
        told.contains("moved the appointment of Ann Archer in “Call” at the visitor’s wish from "),
        "{told}"
    );
    let mails = world.mails().await;
    let mail = mails.iter().rev().find(|mail| mail.to.as_str() == "uma@example.com").unwrap();
    assert!(mail.subject.starts_with("Moved: Ann Archer, "), "{}", mail.subject);
    assert!(mail.attachment.as_ref().unwrap().text().unwrap().contains("\r\nSEQUENCE:1\r\n"));
    let count = mails.len();
    booking::reschedule(backend, client, &link, &later.to_rfc3339()).await.unwrap();
    assert_eq!(world.mails().await.len(), count, "the same again is harmless");

    booking::cancel(backend, client, &link).await.unwrap();
    booking::cancel(backend, client, &link).await.unwrap();
    let told = world.last_told().await;
    assert!(told.starts_with("Steward cancelled the appointment of Ann Archer in “Call” on "), "{told}");
    let mails = world.mails().await;
    assert_eq!(mails.len(), count + 2, "cancelling twice tells once");
    let file = mails.last().unwrap().attachment.as_ref().unwrap();
    let text = file.text().unwrap();
    assert!(file.content_type.ends_with("method=CANCEL") && text.contains("\r\nSTATUS:CANCELLED\r\n"));
    assert!(text.contains("\r\nSEQUENCE:2\r\n"), "{text}");
    let shown = booking::show(backend, &link).await.unwrap();
    assert_eq!((shown.state, shown.may_change), (AppointmentState::Cancelled, false));
    let closed = booking::reschedule(backend, client, &link, &denver(day, "11:00").to_rfc3339()).await;
    assert_eq!(refusal(closed), Refusal::AppointmentClosed);
    let closed = booking::other_times(backend, &link, &OfferAsked::default()).await;
    assert_eq!(refusal(closed), Refusal::AppointmentClosed);
    // The time is free again.
    world.visit(&call, &visitor("Bob", later)).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobodys_mailbox_is_filled_by_moving_what_was_booked_in_their_name(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, day) = (&world.backend, world.day(0));
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    let link = world.visit(&call, &visitor("Ann", denver(day, "09:00"))).await.unwrap();
    let times = ["09:30", "10:00"].map(|time| denver(day, time).to_rfc3339());
    for n in 0..10 {
        booking::reschedule(backend, &client_at(n), &link, &times[n % 2]).await.unwrap();
    }
    let more = booking::reschedule(backend, &client_at(10), &link, &times[0]).await;
    assert!(matches!(refusal(more), Refusal::TooManyAttempts { .. }), "from wherever it comes");
    booking::cancel(backend, &client_at(11), &link).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_place_is_told_while_the_appointment_is_ahead(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, client, day) = (&world.backend, &world.client(), world.day(0));
    let typed = CalendarForm {
        location: "https://meet.example.com/acme".into(),
        ..form(CalendarKind::RoundRobin, "Call")
    };
    let call = calendars::create(backend, &world.olive().access, &typed).await.unwrap();
    world.host(&call, world.uma(), 10).await;
    let told = async |link: &str| {
        let shown = booking::show(backend, link).await.unwrap().calendar.location;
        let file = booking::file(backend, link).await.unwrap();
        (shown, file.contains("LOCATION:https://meet.example.com/acme"))
    };
    let page = world.offered(&call, &from(day)).await;
    assert_eq!(page.calendar.location, "", "the link is for those who have booked");
    let ann = world.visit(&call, &visitor("Ann", denver(day, "09:00"))).await.unwrap();
    let bob = world.visit(&call, &visitor("Bob", denver(day, "10:00"))).await.unwrap();
    assert_eq!(told(&ann).await, ("https://meet.example.com/acme".into(), true));
    booking::cancel(backend, client, &ann).await.unwrap();
    assert_eq!(told(&ann).await, (String::new(), false));
    world.advance(Duration::days(10));
    assert_eq!(told(&bob).await, (String::new(), false));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn no_other_link_opens_anything(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, client, day) = (&world.backend, &world.client(), world.day(0));
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    let ann = world.visit(&call, &visitor("Ann", denver(day, "09:00"))).await.unwrap();
    let bob = world.visit(&call, &visitor("Bob", denver(day, "10:00"))).await.unwrap();
    let (ann_ids, ann_rest) = ann.split_once('.').unwrap();
    let (bob_ids, bob_rest) = bob.split_once('.').unwrap();
    assert_ne!(ann_rest, bob_rest);
    let flipped = format!("{}A", &ann[..ann.len() - 1]);
    for forged in [
        format!("{ann_ids}.{bob_rest}"),
        format!("{bob_ids}.{ann_rest}"),
        ann.replacen(".1.", ".2.", 1),
        if flipped == ann { format!("{}B", &ann[..ann.len() - 1]) } else { flipped },
        String::new(),
        "a.1.b".into(),
    ] {
        assert_eq!(refusal(booking::show(backend, &forged).await), Refusal::LinkNotValid, "{forged}");
        assert_eq!(refusal(booking::cancel(backend, client, &forged).await), Refusal::LinkNotValid);
        let starts_at = denver(day, "12:00").to_rfc3339();
        let moved = booking::reschedule(backend, client, &forged, &starts_at).await;
        assert_eq!(refusal(moved), Refusal::LinkNotValid);
    }
    assert_eq!(world.count("select count(*) from appointment where state = 'cancelled'").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_has_begun_is_neither_moved_nor_cancelled(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, client, day) = (&world.backend, &world.client(), world.day(0));
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    let starts_at = denver(day, "09:00");
    let link = world.visit(&call, &visitor("Ann", starts_at)).await.unwrap();
    world.advance(starts_at - world.now() + Duration::seconds(1));
    assert!(!booking::show(backend, &link).await.unwrap().may_change);
    assert_eq!(refusal(booking::cancel(backend, client, &link).await), Refusal::AppointmentClosed);
    let later = denver(day, "12:00").to_rfc3339();
    let moved = booking::reschedule(backend, client, &link, &later).await;
    assert_eq!(refusal(moved), Refusal::AppointmentClosed);
    let nonsense = booking::reschedule(backend, client, &link, "soon").await;
    assert_eq!(refusal(nonsense).problem("starts_at"), Some(&Problem::InvalidChoice));
}

/// The host stays where they can; where not, it is somebody else's turn, and both hear of it.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_appointment_that_moves_goes_to_another_host_only_when_it_must(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, client, day) = (&world.backend, &world.client(), world.day(0));
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    world.host(&call, world.max(), 10).await;
    let link = world.visit(&call, &visitor("Ann", denver(day, "09:00"))).await.unwrap();
    let id = world.newest().await;
    let first = world.hosts_of(id).await;
    booking::reschedule(backend, client, &link, &denver(day, "10:00").to_rfc3339()).await.unwrap();
    assert_eq!(world.hosts_of(id).await, first);
    let (own, other) = match first[0].as_str() {
        "Uma Tester" => (world.uma(), world.max()),
        _ => (world.max(), world.uma()),
    };
    world.booked(&call, denver(day, "11:00"), Some(own)).await;
    world.mails().await;
    booking::reschedule(backend, client, &link, &denver(day, "11:00").to_rfc3339()).await.unwrap();
    assert_ne!(world.hosts_of(id).await, first);
    let mails = world.mails().await;
    let newest = |person: &crate::support::Person| {
        let mail = mails.iter().rev().find(|mail| mail.to == person.email).unwrap();
        (mail.subject.split(':').next().unwrap().to_owned(), mail.attachment.clone().unwrap().content_type)
    };
    assert!(newest(own).0 == "Given away" && newest(own).1.ends_with("CANCEL"), "{:?}", newest(own));
    assert!(newest(other).0 == "Booked" && newest(other).1.ends_with("REQUEST"), "{:?}", newest(other));
    let sum = "select coalesce(sum(credit), 0)::bigint from calendar_turn";
    assert!(world.count(sum).await.abs() < 10, "no credit is lost or made");
    booking::cancel(backend, client, &link).await.unwrap();
    let off = "select count(*) from calendar_turn where credit <> 0";
    assert_eq!(world.count(off).await, 0, "what the draw took is given back");
    // A closed calendar keeps its appointments, and shows no way to book another.
    calendars::switch(backend, &world.olive().access, call.id, false).await.unwrap();
    assert!(!booking::show(backend, &link).await.unwrap().is_bookable);
}
