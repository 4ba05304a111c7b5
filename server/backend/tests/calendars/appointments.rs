use backend::calendars::{self, appointments};
use chrono::{Datelike, Duration};
use domain::{
    AppointmentId, CalendarId, MemberId, Permission as P, PermissionSet, Problem, ProfileId, Refusal,
    calendars::{
        AppointmentFilter, AppointmentState, CalendarKind, OfferAsked, StaffBookingForm, TimeOffForm,
        WeekAsked, WeekEntryKind,
    },
};
use sqlx::PgPool;

use super::world::{HOST, LEAD, denver, from, visitor};
use crate::support::{Person, World, refusal};

/// Two hosts with an appointment each, at nine and at ten.
async fn two(world: &World) -> (domain::calendars::Calendar, AppointmentId, AppointmentId) {
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    world.host(&call, world.max(), 10).await;
    let umas = world.booked(&call, denver(world.day(0), "09:00"), Some(world.uma())).await;
    let maxs = world.booked(&call, denver(world.day(0), "10:00"), Some(world.max())).await;
    (call, umas, maxs)
}

async fn profile_of(world: &World, person: &Person) -> ProfileId {
    let id: uuid::Uuid = sqlx::query_scalar("select profile_id from member where id = $1")
        .bind(person.member_id.0)
        .fetch_one(&world.root)
        .await
        .unwrap();
    id.into()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_list_is_in_order_of_time_and_shows_what_is_asked_for(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let (call, umas, maxs) = two(&world).await;
    let listed = async |filter: AppointmentFilter| {
        let list = appointments::list(backend, olive, &filter).await.unwrap();
        list.appointments.rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let all = AppointmentFilter::default();
    assert_eq!(listed(all.clone()).await, [umas, maxs]);
    assert_eq!(listed(AppointmentFilter { page: 9, ..all.clone() }).await, [umas, maxs], "the last page");
    let (own, day) = (Some(world.max().member_id), world.day(0));
    assert_eq!(listed(AppointmentFilter { host: own, ..all.clone() }).await, [maxs]);
    assert_eq!(listed(AppointmentFilter { calendar: Some(call.id), ..all.clone() }).await, [umas, maxs]);
    let other = Some(CalendarId::default());
    assert_eq!(listed(AppointmentFilter { calendar: other, ..all.clone() }).await, []);
    assert_eq!(
        listed(AppointmentFilter { from: Some(day), to: Some(day), ..all.clone() }).await,
        [umas, maxs]
    );
    assert_eq!(listed(AppointmentFilter { to: day.pred_opt(), ..all.clone() }).await, []);
    assert_eq!(listed(AppointmentFilter { from: day.succ_opt(), ..all.clone() }).await, []);
    assert_eq!(listed(AppointmentFilter { search: "ARCHER".into(), ..all.clone() }).await, [umas, maxs]);
    assert_eq!(listed(AppointmentFilter { search: "%".into(), ..all.clone() }).await, []);
    appointments::cancel(backend, olive, umas, 1).await.unwrap();
    let cancelled = Some(AppointmentState::Cancelled);
    assert_eq!(listed(AppointmentFilter { state: cancelled, ..all.clone() }).await, [umas]);
    let list = appointments::list(backend, olive, &all).await.unwrap();
    let names: Vec<_> = list.hosts.iter().map(|host| host.name.as_str()).collect();
    assert_eq!((names, list.calendars.len()), (vec!["Max Tester", "Uma Tester"], 1));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_sees_only_their_own_sees_only_their_own_everywhere(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let (_, umas, maxs) = two(&world).await;
    let uma = world.holding(world.uma(), HOST.with(P::CalendarsEditAny)).await;
    let filter = AppointmentFilter { host: Some(world.max().member_id), ..AppointmentFilter::default() };
    let own = appointments::list(backend, &uma, &AppointmentFilter::default()).await.unwrap();
    assert_eq!(own.appointments.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [umas]);
    assert_eq!((own.hosts.len(), own.appointments.total), (0, 1));
    assert_eq!(appointments::list(backend, &uma, &filter).await.unwrap().appointments.total, 0);
    for absent in [maxs, AppointmentId::default()] {
        let (backend, uma) = (backend, &uma);
        assert_eq!(refusal(appointments::find(backend, uma, absent).await), Refusal::NotFound);
        assert_eq!(refusal(appointments::cancel(backend, uma, absent, 1).await), Refusal::NotFound);
        let moved = appointments::reschedule(backend, uma, absent, 1, &world.now().to_rfc3339()).await;
        assert_eq!(refusal(moved), Refusal::NotFound);
        let given = appointments::reassign(backend, uma, absent, 1, world.uma().member_id).await;
        assert_eq!(refusal(given), Refusal::NotFound);
        let times = appointments::other_times(backend, uma, absent, &OfferAsked::default()).await;
        assert_eq!(refusal(times), Refusal::NotFound);
        for (id, otto) in [(absent, &world.otto().access), (umas, &world.otto().access)] {
            assert_eq!(refusal(appointments::find(backend, otto, id).await), Refusal::NotFound);
            assert_eq!(refusal(appointments::cancel(backend, otto, id, 1).await), Refusal::NotFound);
        }
    }
    let week = WeekAsked { day: Some(world.day(0)), member: None };
    let own = appointments::week(backend, &uma, &week).await.unwrap();
    assert_eq!((own.entries.len(), own.member.unwrap().name.as_str()), (1, "Uma Tester"));
    let other = WeekAsked { member: Some(world.max().member_id), ..week };
    assert_eq!(refusal(appointments::week(backend, &uma, &other).await), Refusal::NotFound);
    let mine = appointments::reassign(backend, &uma, umas, 1, world.max().member_id).await;
    assert_eq!(refusal(mine), Refusal::PermissionMissing(P::CalendarsAllRecords));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn ones_own_takes_another_permission_than_those_of_others(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, day) = (&world.backend, world.day(0));
    let (_, umas, maxs) = two(&world).await;
    let uma = world.holding(world.uma(), HOST.with(P::CalendarsAllRecords)).await;
    assert!(appointments::find(backend, &uma, umas).await.unwrap().may_change);
    assert!(!appointments::find(backend, &uma, maxs).await.unwrap().may_change);
    let missing = Refusal::PermissionMissing(P::CalendarsEditAny);
    assert_eq!(refusal(appointments::cancel(backend, &uma, maxs, 1).await), missing);
    let at = |time| denver(day, time).to_rfc3339();
    assert_eq!(refusal(appointments::reschedule(backend, &uma, maxs, 1, &at("12:00")).await), missing);
    appointments::reschedule(backend, &uma, umas, 1, &at("12:00")).await.unwrap();
    let stale = appointments::reschedule(backend, &uma, umas, 1, &at("13:00")).await;
    assert_eq!(refusal(stale), Refusal::ChangedMeanwhile);
    assert_eq!(refusal(appointments::cancel(backend, &uma, umas, 1).await), Refusal::ChangedMeanwhile);
    appointments::cancel(backend, &uma, umas, 2).await.unwrap();
    assert!(
        world
            .last_told()
            .await
            .starts_with("Uma Tester cancelled the appointment of Ann Archer in “Call” on ")
    );
    appointments::cancel(backend, &uma, umas, 2).await.unwrap();
    let profile = profile_of(&world, world.uma()).await;
    let reads = world.with(world.uma(), profile, PermissionSet::of(&[P::CalendarsView])).await;
    let refused = world.book_as(&reads, &two_calendar(&world).await, denver(day, "15:00"), None).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::CalendarsBook));
}

async fn two_calendar(world: &World) -> domain::calendars::Calendar {
    calendars::list(&world.backend, &world.olive().access).await.unwrap().remove(0).calendar
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_staff_books_by_turn_or_with_a_chosen_host_who_loses_no_turn(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, day) = (&world.backend, world.day(1));
    let (call, ..) = two(&world).await;
    let turns = "select count(*) from calendar_turn where credit <> 0";
    assert_eq!(world.count(turns).await, 0, "both were chosen by hand");
    let id = world.booked(&call, denver(day, "09:00"), None).await;
    assert_eq!(world.count(turns).await, 2);
    assert_eq!(world.appointment(id).await.booked_by.as_deref(), Some("Olive Tester"));
    let told = world.last_told().await;
    assert!(told.starts_with("Olive Tester booked Ann Archer in “Call” with "), "{told}");
    let first = world.hosts_of(id).await;
    let next = world.booked(&call, denver(day, "10:00"), None).await;
    assert_ne!(world.hosts_of(next).await, first, "in turn");
    let nobody = world.book_as(&world.olive().access, &call, denver(day, "11:00"), Some(world.otto())).await;
    assert_eq!(refusal(nobody).problem("host"), Some(&Problem::NotHost));
    let page =
        appointments::booking_page(backend, &world.olive().access, call.id, "", &from(day)).await.unwrap();
    assert!(page.calendar.by_turn && page.calendar.hosts.len() == 2 && page.offer.days[0].slots.len() == 16);
    // Sent twice, it books once.
    let form = StaffBookingForm { booking: visitor("Bob", denver(day, "14:00")), host: String::new() };
    let once = appointments::book(backend, &world.olive().access, call.id, &form).await.unwrap();
    assert_eq!(appointments::book(backend, &world.olive().access, call.id, &form).await.unwrap(), once);
    // A closed calendar is closed for visitors.
    calendars::switch(backend, &world.olive().access, call.id, false).await.unwrap();
    world.booked(&call, denver(day, "15:00"), None).await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_sees_only_their_own_books_only_with_themselves(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, day) = (&world.backend, world.day(1));
    let (call, ..) = two(&world).await;
    let other = world.calendar(CalendarKind::RoundRobin, "Other").await;
    let uma = world.holding(world.uma(), HOST).await;
    let at = denver(day, "09:00");
    let by_turn = world.book_as(&uma, &call, at, None).await;
    assert_eq!(refusal(by_turn), Refusal::PermissionMissing(P::CalendarsAllRecords));
    let with_max = world.book_as(&uma, &call, at, Some(world.max())).await;
    assert_eq!(refusal(with_max).problem("host"), Some(&Problem::NotHost));
    world.book_as(&uma, &call, at, Some(world.uma())).await.unwrap();
    for absent in [other.id, CalendarId::default()] {
        let form = StaffBookingForm { booking: visitor("Bob", at), host: world.uma().member_id.to_string() };
        assert_eq!(refusal(appointments::book(backend, &uma, absent, &form).await), Refusal::NotFound);
        let page = appointments::booking_page(backend, &uma, absent, "", &from(day)).await;
        assert_eq!(refusal(page), Refusal::NotFound);
    }
    let choices = appointments::calendar_choices(backend, &uma).await.unwrap();
    assert_eq!(choices.iter().map(|choice| choice.id).collect::<Vec<_>>(), [call.id]);
    let page = appointments::booking_page(backend, &uma, call.id, "", &from(day)).await.unwrap();
    assert_eq!((page.calendar.by_turn, page.calendar.hosts.len()), (false, 1));
    assert!(!page.offer.days[0].slots.iter().any(|slot| slot.text == "09:00"), "her own times");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_manages_calendars_and_sees_only_their_own_books_nobody_else(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, day) = (&world.backend, world.day(1));
    let round = world.calendar(CalendarKind::RoundRobin, "Round").await;
    world.host(&round, world.max(), 10).await;
    let personal = world.calendar(CalendarKind::Personal, "Personal").await;
    world.host(&personal, world.max(), 10).await;
    let uma = world.holding(world.uma(), HOST.with(P::CalendarsManage)).await;
    let missing = Refusal::PermissionMissing(P::CalendarsAllRecords);
    for calendar in [&round, &personal] {
        let booked = world.book_as(&uma, calendar, denver(day, "09:00"), None).await;
        assert_eq!(refusal(booked), missing, "{}", calendar.name);
        let page = appointments::booking_page(backend, &uma, calendar.id, "", &from(day)).await;
        assert_eq!(refusal(page), missing, "{}", calendar.name);
    }
    assert_eq!(world.count("select count(*) from appointment").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_sees_only_their_own_moves_only_to_where_they_are_free(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, day) = (&world.backend, world.day(0));
    let (call, umas, _) = two(&world).await;
    world.booked(&call, denver(day, "11:00"), Some(world.uma())).await;
    let uma = world.holding(world.uma(), HOST).await;
    let offer = appointments::other_times(backend, &uma, umas, &from(day)).await.unwrap();
    let texts: Vec<_> = offer.days[0].slots.iter().map(|slot| slot.text.as_str()).collect();
    assert!(texts.contains(&"10:00"), "Max is busy then, and Uma is free: {texts:?}");
    assert!(!texts.contains(&"11:00"), "Max is free then, and Uma is busy: {texts:?}");
    let at = |time| denver(day, time).to_rfc3339();
    let to_max = appointments::reschedule(backend, &uma, umas, 1, &at("11:00")).await;
    assert_eq!(refusal(to_max), Refusal::TimeTaken);
    appointments::reschedule(backend, &uma, umas, 1, &at("10:00")).await.unwrap();
    assert_eq!(world.hosts_of(umas).await, ["Uma Tester"]);
    assert!(appointments::find(backend, &uma, umas).await.unwrap().other_hosts.is_empty());
    // Whoever sees all of them moves it to whose turn it is.
    let olive = &world.olive().access;
    appointments::reschedule(backend, olive, umas, 2, &at("11:00")).await.unwrap();
    assert_eq!(world.hosts_of(umas).await, ["Max Tester"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_appointment_is_given_to_another_host_who_is_free(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, day) = (&world.backend, world.day(1));
    let (call, umas, maxs) = two(&world).await;
    let lead = world.holding(world.uma(), LEAD).await;
    let others = appointments::find(backend, &lead, umas).await.unwrap().other_hosts;
    assert_eq!(others.iter().map(|host| host.name.as_str()).collect::<Vec<_>>(), ["Max Tester"]);
    world.mails().await;
    let max = world.max().member_id;
    appointments::reassign(backend, &lead, umas, 1, max).await.unwrap();
    assert_eq!(world.hosts_of(umas).await, ["Max Tester"]);
    let told = world.last_told().await;
    assert!(told.starts_with("Uma Tester gave the appointment of Ann Archer in “Call” on "), "{told}");
    assert!(told.ends_with(" from Uma Tester to Max Tester"), "{told}");
    let subjects: Vec<_> = world.mails().await.into_iter().map(|mail| mail.subject).collect();
    let of = |word: &str| subjects.iter().filter(|subject| subject.starts_with(word)).count();
    assert_eq!((of("Moved"), of("Given away")), (1, 1), "{subjects:?}");
    appointments::reassign(backend, &lead, umas, 1, max).await.unwrap();
    assert_eq!(world.appointment(umas).await.version, 2, "the same again is harmless");
    // Max is at another one at that time.
    let (busy, third) = (denver(day, "09:00"), denver(day, "10:00"));
    world.booked(&call, busy, Some(world.max())).await;
    let both = world.booked(&call, busy, Some(world.uma())).await;
    assert_eq!(refusal(appointments::reassign(backend, &lead, both, 1, max).await), Refusal::TimeTaken);
    let drawn = world.booked(&call, third, None).await;
    let (to, _) = match world.hosts_of(drawn).await[0].as_str() {
        "Max Tester" => (world.uma().member_id, ()),
        _ => (max, ()),
    };
    appointments::reassign(backend, &lead, drawn, 1, to).await.unwrap();
    let turns = "select count(*) from calendar_turn where credit <> 0";
    assert_eq!(world.count(turns).await, 0, "the turn it cost is given back");
    for nobody in [world.olive().member_id, world.otto().member_id, MemberId::default()] {
        let refused = appointments::reassign(backend, &lead, maxs, 1, nobody).await;
        assert_eq!(refusal(refused).problem("host"), Some(&Problem::NotHost));
    }
    world.advance(Duration::days(9));
    let over = appointments::reassign(backend, &lead, maxs, 1, world.uma().member_id).await;
    assert_eq!(refusal(over), Refusal::AppointmentClosed);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_week_shows_what_is_booked_and_blocked(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, day) = (&world.backend, &world.olive().access, world.day(0));
    let (_, umas, maxs) = two(&world).await;
    let off = TimeOffForm {
        first_day: day.to_string(),
        start: "12:00".into(),
        end: "13:15".into(),
        reason: "Lunch".into(),
        ..TimeOffForm::default()
    };
    calendars::add_time_off(backend, olive, world.max().member_id, &off).await.unwrap();
    let asked = WeekAsked { member: None, day: Some(day) };
    let week = appointments::week(backend, olive, &asked).await.unwrap();
    assert_eq!((week.days.len(), week.days[0].weekday()), (7, chrono::Weekday::Mon));
    assert_eq!((week.time_zone.as_str(), week.hosts.len(), &week.member), ("America/Denver", 2, &None));
    let told: Vec<_> = week
        .entries
        .iter()
        .map(|entry| {
            let what = match &entry.what {
                WeekEntryKind::Appointment { id, .. } => id.to_string(),
                WeekEntryKind::TimeOff { reason, .. } => reason.clone(),
            };
            (entry.day, entry.start_minute, entry.end_minute, what)
        })
        .collect();
    let expected = [
        (day, 540, 570, umas.to_string()),
        (day, 600, 630, maxs.to_string()),
        (day, 720, 795, "Lunch".into()),
    ];
    assert_eq!(told, expected);
    appointments::cancel(backend, olive, umas, 1).await.unwrap();
    let own = WeekAsked { member: Some(world.uma().member_id), ..asked };
    assert_eq!(appointments::week(backend, olive, &own).await.unwrap().entries, []);
    let absent = WeekAsked { member: Some(world.otto().member_id), ..asked };
    assert_eq!(refusal(appointments::week(backend, olive, &absent).await), Refusal::NotFound);
    let without = world.holding(world.uma(), PermissionSet::of(&[P::ContactsView])).await;
    let missing = Refusal::PermissionMissing(P::CalendarsView);
    assert_eq!(refusal(appointments::week(backend, &without, &asked).await), missing);
    let list = appointments::list(backend, &without, &AppointmentFilter::default()).await;
    assert_eq!(refusal(list), missing);
}
