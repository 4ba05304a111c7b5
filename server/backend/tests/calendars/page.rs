use backend::calendars::{self, booking};
use chrono::{Days, Duration};
use chrono_tz::{Asia::Kathmandu, Europe::Berlin};
use domain::{
    Refusal,
    calendars::{CalendarKind, HoursForm, HoursLine, OfferAsked},
};
use sqlx::PgPool;

use super::world::{denver, from, in_zone, texts};
use crate::support::{World, refusal, statements::counted};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_visitor_sees_free_times_on_their_own_clock(pool: PgPool) {
    let world = World::new(pool).await;
    let day = world.day(0);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    let page = world.offered(&call, &from(day)).await;
    assert_eq!((page.calendar.account_name.as_str(), page.calendar.name.as_str()), ("Acme", "Call"));
    let times = texts(&page, day);
    assert_eq!((times.len(), times[0].as_str(), times[15].as_str()), (16, "09:00", "16:30"));
    // The same instants, elsewhere.
    let own = world.offered(&call, &in_zone(day, Berlin)).await;
    assert_eq!(own.offer.time_zone, "Europe/Berlin");
    let slot = own
        .offer
        .days
        .iter()
        .flat_map(|day| &day.slots)
        .find(|slot| slot.exact == denver(day, "09:00").format("%Y-%m-%dT%H:%M:%SZ").to_string());
    let local = denver(day, "09:00").with_timezone(&Berlin).format("%H:%M").to_string();
    assert_eq!(slot.unwrap().text, local);
    let odd = world.offered(&call, &in_zone(day, Kathmandu)).await;
    assert!(
        odd.offer.days[0].slots[0].text.ends_with("45") || odd.offer.days[0].slots[0].text.ends_with("15")
    );
    let nonsense = OfferAsked { from: None, time_zone: "Mars/Olympus".into() };
    assert_eq!(world.offered(&call, &nonsense).await.offer.time_zone, "America/Denver");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_page_takes_at_most_five_statements_and_says_nothing_of_people(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    for person in [world.uma(), world.max(), world.olive()] {
        world.host(&call, person, 10).await;
    }
    let account = world.account_slug().await;
    let asked = from(world.day(0));
    let (page, statements) = counted(booking::page(&world.backend, &account, "call", &asked)).await;
    let told = serde_json::to_string(&page.unwrap()).unwrap();
    for secret in
        ["Uma", "Max", "Olive", "Tester", "@", &world.uma().member_id.to_string(), &world.acme.to_string()]
    {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    assert!(statements <= 5, "{statements}");
    println!("a booking page takes {statements} statements");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_closed_answers_as_what_is_not_there(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    let account = world.account_slug().await;
    let asked = OfferAsked::default();
    booking::page(&world.backend, &account, "call", &asked).await.unwrap();
    calendars::switch(&world.backend, &world.olive().access, call.id, false).await.unwrap();
    for (account, calendar) in [
        (account.as_str(), "call"),
        (&account, "other"),
        ("nobody", "call"),
        ("otto-co-00000770", "call"),
        ("No Slug'", "call"),
        (&account, "../call"),
        ("", ""),
    ] {
        let page = booking::page(&world.backend, account, calendar, &asked).await;
        assert_eq!(refusal(page), Refusal::NotFound, "{account}/{calendar}");
        let form = super::world::visitor("Ann", world.now());
        let book = booking::book(&world.backend, &world.client(), account, calendar, &form).await;
        assert_eq!(refusal(book), Refusal::NotFound, "{account}/{calendar}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_collective_calendar_offers_what_all_have_free_and_a_hostless_one_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, day) = (&world.backend, &world.olive().access, world.day(0));
    let both = world.calendar(CalendarKind::Collective, "Both").await;
    assert_eq!(world.offered(&both, &from(day)).await.offer.days, []);
    world.host(&both, world.uma(), 10).await;
    world.put_host(both.id, world.max().member_id, 0).await;
    assert_eq!(world.offered(&both, &from(day)).await.offer.days, [], "Max has no hours yet");
    let line = |weekday| HoursLine { weekday, start: "13:00".into(), end: "15:00".into() };
    let week = HoursForm { time_zone: "America/New_York".into(), lines: (0..7).map(line).collect() };
    calendars::set_hours(backend, olive, world.max().member_id, 0, &week).await.unwrap();
    assert_eq!(texts(&world.offered(&both, &from(day)).await, day), ["11:00", "11:30", "12:00", "12:30"]);
    let id = world.booked(&both, denver(day, "11:30"), None).await;
    assert_eq!(world.hosts_of(id).await, ["Max Tester", "Uma Tester"]);
}

/// Clocks go forward in Denver on 14 March 2027, and back on 7 November. A working day from midnight on loses an hour or gains one.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_day_on_which_clocks_are_changed_is_shorter_or_longer(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.put_host(call.id, world.uma().member_id, 10).await;
    let line = |weekday| HoursLine { weekday, start: "00:00".into(), end: "04:00".into() };
    let week = HoursForm { time_zone: String::new(), lines: (0..7).map(line).collect() };
    calendars::set_hours(backend, olive, world.uma().member_id, 0, &week).await.unwrap();
    for (now, day, expected) in [
        ("2027-03-10T12:00:00Z", "2027-03-13", 8),
        ("2027-03-10T12:00:00Z", "2027-03-14", 6),
        ("2027-11-03T12:00:00Z", "2027-11-07", 10),
        ("2027-11-03T12:00:00Z", "2027-11-08", 8),
    ] {
        world.at(now);
        let day = day.parse().unwrap();
        let page = world.offered(&call, &from(day)).await;
        let times = texts(&page, day);
        assert_eq!(times.len(), expected, "{day}: {times:?}");
        // Each of them can be booked, once.
        let offered = page.offer.days.iter().find(|offered| offered.day == day).unwrap();
        for slot in &offered.slots {
            let form = super::world::visitor("Ann Archer", slot.exact.parse().unwrap());
            let mut form = form;
            form.email = format!("ann{}@clients.example.com", slot.exact.replace([':', '-'], ""));
            let account = world.account_slug().await;
            let client = super::world::client_at(usize::from(slot.text.as_bytes()[1]));
            booking::book(backend, &client, &account, "call", &form).await.unwrap();
        }
        assert_eq!(texts(&world.offered(&call, &from(day)).await, day), Vec::<String>::new());
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn notice_and_horizon_bound_what_is_offered(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    world.at("2027-01-11T18:10:00Z");
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    let mut form = super::world::form(CalendarKind::RoundRobin, "Call");
    form.rules.minimum_notice_minutes = "120".into();
    form.rules.horizon_days = "10".into();
    calendars::change(backend, olive, call.id, 1, &form).await.unwrap();
    let today = "2027-01-11".parse().unwrap();
    let page = world.offered(&call, &from(today)).await;
    assert_eq!(texts(&page, today)[0], "13:30", "it is 11:10, and two hours of notice are asked for");
    assert_eq!((page.offer.earlier, page.offer.later), (None, None));
    let last = page.offer.days.last().unwrap();
    assert_eq!(Some(last.day), today.checked_add_days(Days::new(10)));
    let too_late = super::world::visitor("Ann", denver(today, "12:00"));
    assert_eq!(refusal(world.visit(&call, &too_late).await), Refusal::TimeTaken);
    let too_far = super::world::visitor("Ann", denver(today, "13:30") + Duration::days(11));
    assert_eq!(refusal(world.visit(&call, &too_far).await), Refusal::TimeTaken);
    // The staff books with less notice.
    world.booked(&call, denver(today, "12:00"), None).await;
}
