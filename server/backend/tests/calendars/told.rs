//! What open pages are told about calendars.

use std::time::Duration;

use backend::{
    Live,
    calendars::{self, appointments},
    live::{Notice, Subscription},
};
use domain::{
    CalendarId,
    calendars::{CalendarKind, TimeOffForm},
};
use sqlx::PgPool;

use super::world::{HOST, denver, form, weighing};
use crate::support::World;

async fn listening(world: &World) -> Subscription {
    let live = Live::default();
    let mut told = live.subscribe();
    tokio::spawn(live.listen(world.backend.db.clone()));
    assert_eq!(told.next().await, Notice::Missed, "whatever happened before it heard");
    told
}

/// The calendar of the next notice, within the promised second.
async fn next(world: &World, told: &mut Subscription) -> CalendarId {
    match tokio::time::timeout(Duration::from_secs(1), told.next()).await.expect("a notice within a second") {
        Notice::Calendar { account, calendar } if account == world.acme => calendar,
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn each_act_is_told_once_whatever_it_touches(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, day) = (&world.backend, &world.olive().access, world.day(0));
    let closers = world.profile("Closers", HOST).await;
    let mut told = listening(&world).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    assert_eq!(next(&world, &mut told).await, call.id);
    world.put_host(call.id, world.uma().member_id, 10).await;
    assert_eq!(next(&world, &mut told).await, call.id);
    calendars::set_rule(backend, olive, call.id, closers.id, Some(&weighing(1))).await.unwrap();
    assert_eq!(next(&world, &mut told).await, call.id);
    world.works(world.uma()).await;
    assert_eq!(next(&world, &mut told).await, call.id, "her hours");
    let off = TimeOffForm { first_day: world.day(5).to_string(), ..TimeOffForm::default() };
    calendars::add_time_off(backend, olive, world.uma().member_id, &off).await.unwrap();
    assert_eq!(next(&world, &mut told).await, call.id, "her time off");
    let id = world.booked(&call, denver(day, "09:00"), None).await;
    assert_eq!(next(&world, &mut told).await, call.id);
    let later = denver(day, "10:00").to_rfc3339();
    appointments::reschedule(backend, olive, id, 1, &later).await.unwrap();
    assert_eq!(next(&world, &mut told).await, call.id);
    appointments::cancel(backend, olive, id, 2).await.unwrap();
    assert_eq!(next(&world, &mut told).await, call.id);
    let renamed = form(CalendarKind::RoundRobin, "Long call");
    calendars::change(backend, olive, call.id, 1, &renamed).await.unwrap();
    assert_eq!(next(&world, &mut told).await, call.id);
    // Nothing was told twice: the next thing heard is the next that happens.
    let other = world.calendar(CalendarKind::RoundRobin, "Other").await;
    assert_eq!(next(&world, &mut told).await, other.id);
}
