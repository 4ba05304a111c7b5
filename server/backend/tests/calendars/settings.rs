use backend::calendars;
use chrono::Duration;
use domain::{
    Permission as P, PermissionSet, Problem, Refusal,
    calendars::{CALENDARS_MAX, CalendarForm, CalendarKind, QuestionForm},
    pipelines::PeopleFilter,
};
use sqlx::PgPool;

use super::world::{HOST, denver, form};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_calendar_begins_open_with_an_address_made_of_its_name(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Café & Call").await;
    assert_eq!((call.slug.as_str(), call.is_active, call.version), ("cafe-call", true, 1));
    assert_eq!(world.last_told().await, "Olive Tester created the calendar “Café & Call”");
    let other = world.calendar(CalendarKind::Collective, "Cafe Call").await;
    assert_eq!(other.slug.as_str(), "cafe-call-2");
    let shown = world.settings(call.id).await;
    let account = world.account_slug().await;
    assert_eq!(shown.public_url, format!("https://steward.test/book/{account}/cafe-call"));
    assert_eq!((shown.hosts, shown.settings.rules.duration_minutes), (0, 30));
    let listed = calendars::list(&world.backend, &world.olive().access).await.unwrap();
    let names: Vec<_> = listed.iter().map(|row| row.calendar.name.as_str()).collect();
    assert_eq!(names, ["Cafe Call", "Café & Call"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_personal_calendar_has_its_host_from_the_beginning(pool: PgPool) {
    let world = World::new(pool).await;
    let own = world.calendar(CalendarKind::Personal, "With Olive").await;
    let hosts = |members: Vec<domain::calendars::CalendarPerson>| -> Vec<String> {
        members.into_iter().filter(|one| one.terms.is_some()).map(|one| one.name).collect()
    };
    assert_eq!(hosts(world.settings(own.id).await.members.rows), ["Olive Tester"]);
    let (backend, olive) = (&world.backend, &world.olive().access);
    let for_host = |name: &str, host: String| CalendarForm { host, ..form(CalendarKind::Personal, name) };
    let umas = for_host("With Uma", world.uma().member_id.to_string());
    let umas = calendars::create(backend, olive, &umas).await.unwrap();
    assert_eq!(hosts(world.settings(umas.id).await.members.rows), ["Uma Tester"]);
    for nobody in [world.otto().member_id.to_string(), "nobody".into()] {
        let refused = calendars::create(backend, olive, &for_host("With nobody", nobody)).await;
        assert_eq!(refusal(refused).problem("host"), Some(&Problem::InvalidChoice));
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn names_and_addresses_are_unique_in_an_account_and_nowhere_else(pool: PgPool) {
    let world = World::new(pool).await;
    world.calendar(CalendarKind::RoundRobin, "Call").await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let again = calendars::create(backend, olive, &form(CalendarKind::RoundRobin, "CALL")).await;
    assert_eq!(refusal(again).problem("name"), Some(&Problem::NameTaken));
    let same = CalendarForm { slug: "call".into(), ..form(CalendarKind::RoundRobin, "Other") };
    assert_eq!(
        refusal(calendars::create(backend, olive, &same).await).problem("slug"),
        Some(&Problem::SlugTaken)
    );
    let ottos =
        calendars::create(backend, &world.otto().access, &form(CalendarKind::RoundRobin, "Call")).await;
    assert_eq!(ottos.unwrap().slug.as_str(), "call");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_does_not_manage_calendars_makes_none_and_there_is_a_most(pool: PgPool) {
    let world = World::new(pool).await;
    let refused =
        calendars::create(&world.backend, &world.uma().access, &form(CalendarKind::RoundRobin, "Mine")).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::CalendarsManage));
    for number in 0..CALENDARS_MAX {
        world.calendar(CalendarKind::RoundRobin, &format!("Calendar {number}")).await;
    }
    let one_more = form(CalendarKind::RoundRobin, "One more");
    let one_more = calendars::create(&world.backend, &world.olive().access, &one_more).await;
    assert!(matches!(refusal(one_more), Refusal::LimitReached { max: CALENDARS_MAX, .. }));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_change_is_told_in_words_and_never_overwritten_unnoticed(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    let question = QuestionForm { label: "Why?".into(), ..QuestionForm::default() };
    let mut typed = CalendarForm { questions: vec![question], ..form(CalendarKind::Personal, "Long call") };
    typed.rules.duration_minutes = "60".into();
    let after = calendars::change(backend, olive, call.id, 1, &typed).await.unwrap();
    assert_eq!((after.kind, after.slug.as_str(), after.version), (CalendarKind::RoundRobin, "call", 2));
    let told = "Olive Tester changed the calendar “Long call”: name from “Call” to “Long call”; duration from \
                “30 minutes” to “60 minutes”; questions set to “Why?”";
    assert_eq!(world.last_told().await, told);
    let count = world.log(world.acme).await.len();
    calendars::change(backend, olive, call.id, 1, &typed).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "the same again is harmless");
    typed.name = "Short call".into();
    let stale = calendars::change(backend, olive, call.id, 1, &typed).await;
    assert_eq!(refusal(stale), Refusal::ChangedMeanwhile);
    typed.slug = "Not a slug".into();
    let wrong = calendars::change(backend, olive, call.id, 2, &typed).await;
    assert_eq!(refusal(wrong).problem("slug"), Some(&Problem::InvalidSlug));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_calendar_is_switched_and_only_what_changes_is_told(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    calendars::switch(backend, olive, call.id, false).await.unwrap();
    assert_eq!(world.last_told().await, "Olive Tester closed the calendar “Call” for bookings");
    let count = world.log(world.acme).await.len();
    calendars::switch(backend, olive, call.id, false).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count);
    assert!(!world.settings(call.id).await.calendar.is_active);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_calendar_with_appointments_ahead_is_not_deleted(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    world.booked(&call, denver(world.day(0), "09:00"), None).await;
    let known = calendars::deletion(backend, olive, call.id).await.unwrap();
    assert_eq!((known.upcoming, known.past), (1, 0));
    let refused = calendars::delete(backend, olive, call.id).await;
    assert_eq!(refusal(refused), Refusal::AppointmentsAhead { count: 1 });
    world.advance(Duration::days(10));
    assert_eq!(calendars::deletion(backend, olive, call.id).await.unwrap().past, 1);
    let refused = calendars::delete(backend, olive, call.id).await;
    assert_eq!(refusal(refused), Refusal::MailsOnTheirWay, "they would be about nothing");
    world.mails().await;
    calendars::delete(backend, olive, call.id).await.unwrap();
    assert_eq!(
        world.last_told().await,
        "Olive Tester deleted the calendar “Call” with its one past appointment"
    );
    assert_eq!(world.count("select count(*) from appointment").await, 0);
    assert_eq!(refusal(calendars::delete(backend, olive, call.id).await), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn hosts_see_their_calendars_and_others_are_not_there_for_them(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.calendar(CalendarKind::RoundRobin, "Other").await;
    world.host(&call, world.uma(), 10).await;
    world.host(&call, world.max(), 10).await;
    world.booked(&call, denver(world.day(0), "09:00"), Some(world.uma())).await;
    world.booked(&call, denver(world.day(0), "09:00"), Some(world.max())).await;
    let uma = world.holding(world.uma(), HOST).await;
    let listed = calendars::list(backend, &uma).await.unwrap();
    let rows: Vec<_> =
        listed.iter().map(|row| (row.calendar.name.as_str(), row.hosts, row.upcoming)).collect();
    assert_eq!(rows, [("Call", 2, 1)], "only her own appointment counts");
    let max = world.holding(world.max(), PermissionSet::of(&[P::ContactsView])).await;
    assert_eq!(refusal(calendars::list(backend, &max).await), Refusal::PermissionMissing(P::CalendarsView));
    assert_eq!(calendars::list(backend, &world.otto().access).await.unwrap(), []);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_touches_what_they_may_not_and_absent_and_foreign_answer_alike(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    let (uma, filter) = (world.holding(world.uma(), HOST).await, PeopleFilter::default());
    let typed = form(CalendarKind::RoundRobin, "Mine");
    for id in [call.id, domain::CalendarId::default()] {
        for (access, expected) in [
            (&uma, Refusal::PermissionMissing(P::CalendarsManage)),
            (&world.otto().access, Refusal::NotFound),
        ] {
            assert_eq!(refusal(calendars::change(backend, access, id, 1, &typed).await), expected);
            assert_eq!(refusal(calendars::switch(backend, access, id, false).await), expected);
            assert_eq!(refusal(calendars::delete(backend, access, id).await), expected);
            assert_eq!(refusal(calendars::deletion(backend, access, id).await), expected);
        }
        assert_eq!(
            refusal(calendars::show(backend, &uma, id, &filter).await),
            Refusal::PermissionMissing(P::CalendarsManageRoundRobin)
        );
        assert_eq!(
            refusal(calendars::show(backend, &world.otto().access, id, &filter).await),
            Refusal::NotFound
        );
    }
    assert!(world.settings(call.id).await.calendar.is_active);
}
