use backend::calendars;
use chrono::Duration;
use domain::{
    MemberId, Permission as P, PermissionSet, Problem, Refusal, TimeOffId,
    calendars::{CalendarKind, HoursForm, HoursLine, TimeOffForm},
};
use sqlx::PgPool;

use super::world::{HOST, LEAD, denver, from, texts};
use crate::support::{World, refusal};

fn week(time_zone: &str, start: &str, end: &str) -> HoursForm {
    let line = |weekday| HoursLine { weekday, start: start.into(), end: end.into() };
    HoursForm { time_zone: time_zone.into(), lines: (0..7).map(line).collect() }
}

fn off(day: chrono::NaiveDate, start: &str, end: &str) -> TimeOffForm {
    TimeOffForm {
        first_day: day.to_string(),
        start: start.into(),
        end: end.into(),
        reason: "Dentist".into(),
        ..TimeOffForm::default()
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn people_set_their_own_hours_and_no_change_is_overwritten_unnoticed(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, own) = (&world.backend, world.uma().member_id);
    let uma = world.holding(world.uma(), HOST).await;
    let before = calendars::hours(backend, &uma, own).await.unwrap();
    assert!(before.hours.is_empty() && before.version == 0 && before.time_zone.is_none());
    calendars::set_hours(backend, &uma, own, 0, &week("Europe/Paris", "09:00", "12:00")).await.unwrap();
    assert_eq!(world.last_told().await, "Uma Tester set their own working hours");
    let after = calendars::hours(backend, &uma, own).await.unwrap();
    assert_eq!((after.time_zone.as_deref(), after.version), (Some("Europe/Paris"), 1));
    assert_eq!(after.hours.lines(), week("", "09:00", "12:00").lines);
    let count = world.log(world.acme).await.len();
    calendars::set_hours(backend, &uma, own, 0, &week("Europe/Paris", "09:00", "12:00")).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "the same again is harmless");
    let stale = calendars::set_hours(backend, &uma, own, 0, &week("", "10:00", "12:00")).await;
    assert_eq!(refusal(stale), Refusal::ChangedMeanwhile);
    let wrong = calendars::set_hours(backend, &uma, own, 1, &week("Mars/Olympus", "10:00", "09:00")).await;
    let wrong = refusal(wrong);
    assert_eq!(wrong.problem("time_zone"), Some(&Problem::InvalidChoice));
    assert_eq!(wrong.problem("hours[0]"), Some(&Problem::EndBeforeStart));
    calendars::set_hours(backend, &world.olive().access, own, 1, &week("", "10:00", "12:00")).await.unwrap();
    assert_eq!(world.last_told().await, "Olive Tester set Uma Tester’s working hours");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_hours_of_others_are_for_who_manages_calendars(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let uma = world.holding(world.uma(), LEAD).await;
    let missing = Refusal::PermissionMissing(P::CalendarsManage);
    for other in [world.max().member_id, MemberId::default(), world.otto().member_id] {
        assert_eq!(refusal(calendars::hours(backend, &uma, other).await), missing);
        let set = calendars::set_hours(backend, &uma, other, 0, &week("", "09:00", "17:00")).await;
        assert_eq!(refusal(set), missing);
    }
    let olive = &world.olive().access;
    for absent in [MemberId::default(), world.otto().member_id] {
        assert_eq!(refusal(calendars::hours(backend, olive, absent).await), Refusal::NotFound);
        let set = calendars::set_hours(backend, olive, absent, 0, &week("", "09:00", "17:00")).await;
        assert_eq!(refusal(set), Refusal::NotFound);
        assert_eq!(refusal(calendars::time_off(backend, olive, absent).await), Refusal::NotFound);
    }
    let without = world.holding(world.max(), PermissionSet::of(&[P::ContactsView])).await;
    let own = calendars::hours(backend, &without, world.max().member_id).await;
    assert_eq!(refusal(own), Refusal::PermissionMissing(P::CalendarsView));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn blocked_time_is_not_offered_and_what_is_booked_in_it_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, own, day) = (&world.backend, world.uma().member_id, world.day(0));
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    world.booked(&call, denver(day, "09:30"), None).await;
    let uma = world.holding(world.uma(), HOST).await;
    let added = calendars::add_time_off(backend, &uma, own, &off(day, "09:15", "15:30")).await.unwrap();
    assert_eq!(added.appointments, 1);
    assert!(world.last_told().await.starts_with("Uma Tester blocked their own time: "));
    let asked = from(day);
    assert_eq!(texts(&world.offered(&call, &asked).await, day), ["15:30", "16:00", "16:30"]);
    let listed = calendars::time_off(backend, &uma, own).await.unwrap();
    assert_eq!((listed.times.len(), listed.times[0].reason.as_str()), (1, "Dentist"));
    assert_eq!(listed.times[0].starts_at, denver(day, "09:15"));
    calendars::remove_time_off(backend, &uma, added.id).await.unwrap();
    assert!(world.last_told().await.starts_with("Uma Tester opened their own blocked time again: "));
    assert_eq!(texts(&world.offered(&call, &asked).await, day).len(), 15);
    assert_eq!(refusal(calendars::remove_time_off(backend, &uma, added.id).await), Refusal::NotFound);
    // A whole day.
    calendars::add_time_off(backend, &uma, own, &off(day, "", "")).await.unwrap();
    assert_eq!(texts(&world.offered(&call, &asked).await, day), Vec::<String>::new());
    world.advance(Duration::days(9));
    assert_eq!(calendars::time_off(backend, &uma, own).await.unwrap().times, [], "over");
    let past = calendars::add_time_off(backend, &uma, own, &off(day, "", "")).await;
    assert_eq!(refusal(past).problem("last_day"), Some(&Problem::DayOver));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_time_of_others_is_blocked_by_who_edits_any_appointment(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, day) = (&world.backend, world.day(0));
    let olive = &world.olive().access;
    let max = world.max().member_id;
    let lead = world.holding(world.uma(), LEAD).await;
    let added = calendars::add_time_off(backend, &lead, max, &off(day, "", "")).await.unwrap();
    assert!(world.last_told().await.starts_with("Uma Tester blocked Max Tester’s time: "));
    calendars::remove_time_off(backend, &lead, added.id).await.unwrap();
    let added = calendars::add_time_off(backend, olive, max, &off(day, "", "")).await.unwrap();
    let profile = domain::ProfileId(
        sqlx::query_scalar("select profile_id from member where id = $1")
            .bind(world.uma().member_id.0)
            .fetch_one(&world.root)
            .await
            .unwrap(),
    );
    let host = world.with(world.uma(), profile, HOST).await;
    let missing = Refusal::PermissionMissing(P::CalendarsEditAny);
    for other in [max, MemberId::default()] {
        let refused = calendars::add_time_off(backend, &host, other, &off(day, "", "")).await;
        assert_eq!(refusal(refused), missing);
        assert_eq!(refusal(calendars::time_off(backend, &host, other).await), missing);
    }
    for absent in [added.id, TimeOffId::default()] {
        assert_eq!(refusal(calendars::remove_time_off(backend, &host, absent).await), Refusal::NotFound);
        let foreign = calendars::remove_time_off(backend, &world.otto().access, absent).await;
        assert_eq!(refusal(foreign), Refusal::NotFound);
    }
    let blind = world.with(world.uma(), profile, HOST.with(P::CalendarsEditAny)).await;
    let hidden = calendars::add_time_off(backend, &blind, max, &off(day, "", "")).await;
    assert_eq!(refusal(hidden), Refusal::NotFound, "whose appointments she may not see");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn days_that_no_clock_knows_are_refused_beside_their_field(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, uma) = (&world.backend, world.holding(world.uma(), HOST.with(P::CalendarsBlockTime)).await);
    for day in ["-5000-01-01", "+262142-12-31", "1066-10-14", "9999-12-31"] {
        let typed = TimeOffForm { first_day: day.into(), last_day: day.into(), ..TimeOffForm::default() };
        let refused = calendars::add_time_off(backend, &uma, world.uma().member_id, &typed).await;
        assert_eq!(refusal(refused).problem("first_day"), Some(&Problem::InvalidDay), "{day}");
    }
}
