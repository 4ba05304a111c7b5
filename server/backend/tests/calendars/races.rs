use std::collections::HashMap;

use backend::{
    calendars::{add_time_off, appointments, booking},
    keys::BearerToken,
};
use chrono::Duration;
use domain::{
    Refusal,
    calendars::{BookingForm, CalendarKind, StaffBookingForm, TimeOffForm},
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::world::{client_at, denver, visitor};
use crate::support::World;

/// How many acts happened, and why the others were refused.
async fn outcomes<T: Send + 'static>(mut acts: JoinSet<backend::Result<T>>) -> (usize, Vec<Refusal>) {
    let (mut done, mut refused) = (0, Vec::new());
    while let Some(act) = acts.join_next().await {
        match act.unwrap() {
            Ok(_) => done += 1,
            Err(error) => refused.push(error.refusal().unwrap_or_else(|| panic!("{error}")).clone()),
        }
    }
    (done, refused)
}

/// Appointments that overlap for one host, behind the constraint's back.
const TWICE: &str = "select count(*) from appointment_host a join appointment_host b
    on a.member_id = b.member_id and a.appointment_id < b.appointment_id and a.occupied && b.occupied
    where a.is_active and b.is_active";

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_twenty_bookings_of_one_instant_three_hosts_get_three(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    for person in [world.olive(), world.max(), world.uma()] {
        world.host(&call, person, 10).await;
    }
    let account = world.account_slug().await;
    let mut tried = 0;
    for round in 0..5 {
        let starts_at = denver(world.day(round), "10:00");
        let mut acts = JoinSet::new();
        for n in 0..20 {
            let (backend, account, slug) = (world.backend.clone(), account.clone(), call.slug.to_string());
            let form = visitor(&format!("Visitor {round} {n}"), starts_at);
            acts.spawn(async move { booking::book(&backend, &client_at(n), &account, &slug, &form).await });
            tried += 1;
        }
        let (done, refused) = outcomes(acts).await;
        assert_eq!(done, 3);
        assert!(refused.iter().all(|refusal| *refusal == Refusal::TimeTaken), "{refused:?}");
    }
    assert_eq!(world.count("select count(*) from appointment").await, 15);
    assert_eq!(world.count(TWICE).await, 0);
    println!("{tried} bookings, 15 of them happened");
}

/// No lock of a calendar covers this: the same people are hosts of several.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn hosts_of_several_calendars_are_never_booked_twice(pool: PgPool) {
    let world = World::new(pool).await;
    let mut all = Vec::new();
    for (kind, name) in [
        (CalendarKind::RoundRobin, "First"),
        (CalendarKind::RoundRobin, "Second"),
        (CalendarKind::Collective, "Together"),
        (CalendarKind::RoundRobin, "Fourth"),
    ] {
        let calendar = world.calendar(kind, name).await;
        for person in [world.olive(), world.max(), world.uma()] {
            world.host(&calendar, person, 10).await;
        }
        all.push(calendar);
    }
    let mut happened = 0;
    for round in 0..6 {
        let mut acts = JoinSet::new();
        for n in 0..24 {
            let (backend, access, id) = (world.backend.clone(), world.olive().access.clone(), all[n % 4].id);
            let time = ["10:00", "10:30"][n / 4 % 2];
            let booking = visitor(&format!("Visitor {n}"), denver(world.day(round), time));
            let form = StaffBookingForm { booking, host: String::new() };
            acts.spawn(async move { appointments::book(&backend, &access, id, &form).await });
        }
        let (done, refused) = outcomes(acts).await;
        assert!((2..=6).contains(&done), "{done}");
        assert!(refused.iter().all(|refusal| *refusal == Refusal::TimeTaken), "{refused:?}");
        happened += done;
    }
    assert_eq!(world.count(TWICE).await, 0);
    // Whatever was left free was left by nobody who asked for it: each slot has all hosts or one collective appointment.
    let per_slot = "select count(*) from (select occupied from appointment_host group by occupied having count(*) <> 3) odd";
    assert_eq!(world.count(per_slot).await, 0);
    println!("144 bookings in four calendars of the same three people, {happened} happened");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_form_that_is_sent_many_times_at_once_books_once(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    for person in [world.olive(), world.max(), world.uma()] {
        world.host(&call, person, 10).await;
    }
    let account = world.account_slug().await;
    let form: BookingForm = visitor("Ann", denver(world.day(0), "10:00"));
    let mut acts = JoinSet::new();
    for _ in 0..10 {
        let (backend, account, slug, form) =
            (world.backend.clone(), account.clone(), call.slug.to_string(), form.clone());
        acts.spawn(async move { booking::book(&backend, &client_at(1), &account, &slug, &form).await });
    }
    assert_eq!(outcomes(acts).await, (10, vec![]));
    assert_eq!(world.count("select count(*) from appointment").await, 1);
    assert_eq!(world.mails().await.len(), 2);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_two_who_move_into_one_time_one_gets_it_and_cancelling_twice_cancels_once(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    for round in 0..8 {
        let day = world.day(round);
        let mut links = Vec::new();
        for (n, time) in ["09:00", "11:00"].into_iter().enumerate() {
            let form = visitor(&format!("Visitor {round} {n}"), denver(day, time));
            links.push(world.visit(&call, &form).await.unwrap());
        }
        let mut acts = JoinSet::new();
        for link in links.clone() {
            let (backend, client) = (world.backend.clone(), world.client());
            let to = denver(day, "15:00").to_rfc3339();
            acts.spawn(async move { booking::reschedule(&backend, &client, &link, &to).await });
        }
        assert_eq!(outcomes(acts).await, (1, vec![Refusal::TimeTaken]));
        let told = world.log(world.acme).await.len();
        let mut acts = JoinSet::new();
        for _ in 0..4 {
            let (backend, client, link) = (world.backend.clone(), world.client(), links[0].clone());
            acts.spawn(async move { booking::cancel(&backend, &client, &link).await });
        }
        assert_eq!(outcomes(acts).await, (4, vec![]));
        assert_eq!(world.log(world.acme).await.len(), told + 1);
        world.advance(Duration::minutes(61));
    }
    assert_eq!(world.count(TWICE).await, 0);
}

/// One appointment, moved and cancelled by its visitor and by the staff at once.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_moved_and_cancelled_at_once_ends_as_one_of_them(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    world.host(&call, world.max(), 10).await;
    for round in 0..6 {
        let day = world.day(round);
        let link =
            world.visit(&call, &visitor(&format!("Visitor {round}"), denver(day, "09:00"))).await.unwrap();
        let id = world.newest().await;
        let mut acts = JoinSet::new();
        let (backend, client, own) = (world.backend.clone(), world.client(), link.clone());
        let to = denver(day, "12:00").to_rfc3339();
        acts.spawn(async move { booking::reschedule(&backend, &client, &own, &to).await });
        let (backend, access) = (world.backend.clone(), world.olive().access.clone());
        acts.spawn(async move { appointments::cancel(&backend, &access, id, 1).await });
        let (backend, access) = (world.backend.clone(), world.olive().access.clone());
        let to = denver(day, "13:00").to_rfc3339();
        acts.spawn(async move { appointments::reschedule(&backend, &access, id, 1, &to).await });
        let (done, refused) = outcomes(acts).await;
        assert!(done >= 1, "{refused:?}");
        let known = [Refusal::ChangedMeanwhile, Refusal::AppointmentClosed];
        assert!(refused.iter().all(|refusal| known.contains(refusal)), "{refused:?}");
        let host = world.count(
            "select count(*) from appointment_host h join appointment a on a.id = h.appointment_id
                                where h.is_active <> (a.state = 'booked')",
        );
        assert_eq!(host.await, 0);
        world.advance(Duration::minutes(61));
    }
    assert_eq!(world.count(TWICE).await, 0);
}

/// Some hundreds of bookings by visitors, in order of time, with cancellations and a host who leaves for a while.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn shares_are_by_weight_over_hundreds_of_bookings(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    for (person, weight) in [(world.olive(), 30), (world.max(), 20), (world.uma(), 10)] {
        world.host(&call, person, weight).await;
    }
    let account = world.account_slug().await;
    let (mut booked, mut cancelled) = (0, 0);
    let mut n = 0;
    for day in 0..22 {
        for hour in 9..17 {
            for half in ["00", "30"] {
                n += 1;
                let at = denver(world.day(day), &format!("{hour:02}:{half}"));
                let form = BookingForm {
                    email: format!("visitor{n}@clients.example.com"),
                    request_key: BearerToken::random().text,
                    ..visitor("Visitor", at)
                };
                let client = client_at(n);
                let link = booking::book(&world.backend, &client, &account, call.slug.as_str(), &form)
                    .await
                    .unwrap();
                booked += 1;
                if n % 7 == 0 {
                    booking::cancel(&world.backend, &client, &link).await.unwrap();
                    cancelled += 1;
                }
                // Under the limit of a calendar.
                world.advance(Duration::seconds(30));
            }
        }
    }
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select m.first_name, count(*) from appointment_host h join member m on m.id = h.member_id
         where h.is_active group by 1",
    )
    .fetch_all(&world.root)
    .await
    .unwrap();
    let got: HashMap<_, _> = rows.into_iter().collect();
    let kept = booked - cancelled;
    for (name, weight) in [("Olive", 30), ("Max", 20), ("Uma", 10)] {
        let off = got[name] * 60 - kept * weight;
        assert!(off.abs() <= 2 * 60, "{name} got {} of {kept}", got[name]);
    }
    let sum = "select coalesce(sum(credit), 0)::bigint from calendar_turn";
    assert!(world.count(sum).await.abs() < 10_000, "no credit is lost or made");
    println!("{booked} bookings, {cancelled} cancelled: {got:?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_blocks_time_or_goes_hears_of_every_booking_or_gets_none(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    let (account, slug) = (world.account_slug().await, call.slug.to_string());
    let (mut before, mut after) = (0, 0);
    for round in 0..12 {
        let (day, uma) = (world.day(round), world.uma().member_id);
        let form = visitor(&format!("Visitor {round}"), denver(day, "10:00"));
        let (backend, account, slug) = (world.backend.clone(), account.clone(), slug.clone());
        let client = client_at(usize::try_from(round).unwrap());
        let booking =
            tokio::spawn(async move { booking::book(&backend, &client, &account, &slug, &form).await });
        let off =
            TimeOffForm { first_day: day.to_string(), last_day: day.to_string(), ..TimeOffForm::default() };
        let (backend, olive) = (world.backend.clone(), world.olive().access.clone());
        let blocking = tokio::spawn(async move { add_time_off(&backend, &olive, uma, &off).await });
        let (booked, blocked) = (booking.await.unwrap().is_ok(), blocking.await.unwrap().unwrap());
        assert_eq!(blocked.appointments, u64::from(booked), "round {round}");
        if booked { before += 1 } else { after += 1 }
    }
    println!("{before} bookings came before the time off, {after} after it");
}
