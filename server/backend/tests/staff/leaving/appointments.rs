use backend::calendars::{self, appointments};
use chrono::Duration;
use domain::{
    calendars::{AppointmentState, CalendarKind, TimeOffForm},
    staff::leaving::{AnswerForm, HeldKind, LeavingForm, LeavingWay},
};
use sqlx::PgPool;

use super::world::{all, say, to, told};
use crate::{
    calendars::world::denver,
    support::{Person, World},
};

const GOES: LeavingWay = LeavingWay::Deactivate;

/// Appointments answered so, and everything else stays.
fn only_appointments(answer: AnswerForm) -> LeavingForm {
    LeavingForm { appointments: answer, ..all(&say("keep")) }
}

/// The subjects of the mails to somebody since the mailbox was emptied, in alphabetical order.
async fn subjects(world: &World, email: &str) -> Vec<String> {
    let mails = world.mails().await;
    let mut subjects: Vec<_> = mails
        .iter()
        .filter(|mail| mail.to.as_str() == email)
        .map(|mail| mail.subject.split(" on ").next().unwrap_or_default().to_owned())
        .collect();
    subjects.sort_unstable();
    subjects
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn visitors_and_the_new_host_are_told_and_whoever_is_out_is_not(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    world.mails().await;
    let before = world.mailbox.sent().len();
    world.uma_goes(GOES, &only_appointments(to(&[world.max()]))).await;
    let mails = world.mails().await.split_off(before);
    let to_whom = |email: &str| mails.iter().filter(|mail| mail.to.as_str() == email).count();
    assert_eq!(to_whom("ann.archer@clients.example.com"), 3);
    assert_eq!((to_whom("max@example.com"), to_whom("uma@example.com"), mails.len()), (3, 0, 6));
    let visitors = mails.iter().find(|mail| mail.to.as_str().starts_with("ann")).unwrap();
    assert!(
        visitors.subject.starts_with("Moved: ") && visitors.paragraphs[1].contains("with Max Tester of Acme")
    );
    let file = visitors.attachment.as_ref().unwrap().text().unwrap();
    assert!(file.contains("METHOD:REQUEST") && file.contains("SEQUENCE:1"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_is_busy_at_the_time_is_refused_before_anything_is_applied(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let max = world.max();
    let at = world.appointment(umas.calls[1]).await.row.starts_at;
    world.booked(&umas.call, at, Some(max)).await;
    let form = only_appointments(to(&[max]));
    let why = world.problem(&form, HeldKind::Appointments).await.unwrap();
    assert!(why.starts_with("Max Tester is not free for one of them: Ann Archer on "), "{why}");
    // Nia takes that one.
    world.uma_goes(GOES, &only_appointments(to(&[max, &umas.nia]))).await;
    assert_eq!(world.hosts_of(umas.calls[1]).await, ["Nia Tester"]);
    assert_eq!(world.hosts_of(umas.calls[0]).await, ["Max Tester"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn time_off_counts_as_busy(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let off = TimeOffForm { first_day: world.day(0).to_string(), ..TimeOffForm::default() };
    calendars::add_time_off(&world.backend, &world.olive().access, world.max().member_id, &off)
        .await
        .unwrap();
    let why = world.problem(&only_appointments(to(&[world.max()])), HeldKind::Appointments).await.unwrap();
    assert!(why.starts_with("Max Tester is not free for 3 of them: "), "{why}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn by_turn_they_are_drawn_and_the_credits_follow(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    for person in [world.uma(), world.max(), world.olive()] {
        world.host(&call, person, 10).await;
    }
    // Drawn, so that credits were moved.
    let mut drawn = Vec::new();
    for n in 0..6 {
        drawn.push(world.booked(&call, denver(world.day(n), "09:00"), None).await);
    }
    let credits = async || -> Vec<(uuid::Uuid, i64)> {
        let sql = "select member_id, credit from calendar_turn order by member_id";
        sqlx::query_as(sql).fetch_all(&world.root).await.unwrap()
    };
    let as_drawn = credits().await;
    let of_uma = async || {
        let mut held = Vec::new();
        for id in &drawn {
            held.push(world.hosts_of(*id).await);
        }
        held.iter().filter(|hosts| **hosts == ["Uma Tester"]).count()
    };
    assert_eq!(of_uma().await, 2);
    let form = LeavingForm { calendars: say("nobody"), ..only_appointments(say("turn")) };
    let id = world.uma_goes(GOES, &form).await;
    assert_eq!(of_uma().await, 0);
    let mut hosts = Vec::new();
    for id in &drawn {
        hosts.extend(world.hosts_of(*id).await);
    }
    hosts.sort_unstable();
    assert_eq!(
        hosts,
        ["Max Tester", "Max Tester", "Max Tester", "Olive Tester", "Olive Tester", "Olive Tester"]
    );
    assert_eq!(credits().await.iter().map(|(_, credit)| credit).sum::<i64>(), 0, "what was moved adds up");
    world.undo(id).await.unwrap();
    assert_eq!((of_uma().await, credits().await), (2, as_drawn), "exactly as it was");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn by_turn_nobody_is_drawn_who_does_not_work_then(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 10).await;
    world.put_host(call.id, world.max().member_id, 10).await;
    world.booked(&call, denver(world.day(0), "09:00"), None).await;
    let form = only_appointments(say("turn"));
    let why = world.problem(&form, HeldKind::Appointments).await.unwrap();
    assert!(why.starts_with("It is nobody’s turn for one of them in “Call”"), "{why}");
    world.works(world.max()).await;
    assert_eq!(world.problem(&form, HeldKind::Appointments).await, None);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn cancelled_appointments_tell_the_visitor_and_what_others_are_in_goes_on(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let kickoff = world.calendar(CalendarKind::Collective, "Kick-off").await;
    for person in [world.uma(), world.max()] {
        world.host(&kickoff, person, 10).await;
    }
    let together = world.booked(&kickoff, denver(world.day(1), "15:00"), None).await;
    world.mails().await;
    let id = world.uma_goes(GOES, &only_appointments(say("cancel"))).await;
    for call in umas.calls {
        assert_eq!(world.appointment(call).await.row.state, AppointmentState::Cancelled);
    }
    assert_eq!(world.appointment(together).await.row.state, AppointmentState::Booked);
    assert_eq!(world.hosts_of(together).await, ["Max Tester"]);
    let receipt = told(&world.receipt(id).await);
    assert!(receipt.contains(&"Ann Archer · Call: Cancelled".to_owned()), "{receipt:?}");
    assert!(receipt.contains(&"Ann Archer · Kick-off: Goes on without Uma".to_owned()), "{receipt:?}");
    let subjects = subjects(&world, "ann.archer@clients.example.com").await;
    let count = |subject: &str| subjects.iter().filter(|one| *one == subject).count();
    assert_eq!((count("Cancelled: Call"), count("Cancelled: Coffee"), count("Moved: Kick-off")), (2, 1, 1));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_over_or_has_begun_is_not_held_any_more(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let starts_at = world.appointment(umas.calls[0]).await.row.starts_at;
    world.advance(starts_at - world.now());
    let form = only_appointments(to(&[world.max()]));
    let page = world.asked(&world.olive().access, world.uma().member_id, GOES, &form).await.unwrap();
    assert_eq!((page.parts[0].kind, page.parts[0].count), (HeldKind::Appointments, 2));
    world.advance(Duration::days(3));
    let page = world.asked(&world.olive().access, world.uma().member_id, GOES, &form).await.unwrap();
    assert_ne!(page.parts[0].kind, HeldKind::Appointments);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_guest_takes_nothing_after_their_last_day(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let until = async |person: &Person, day: chrono::NaiveDate| {
        let sql = "update member set last_day = $1 where id = $2";
        sqlx::query(sql).bind(day).bind(person.member_id.0).execute(&world.root).await.unwrap();
    };
    let form = only_appointments(to(&[world.max()]));
    until(world.max(), world.day(0).pred_opt().unwrap()).await;
    let why = world.problem(&form, HeldKind::Appointments).await.unwrap();
    assert!(why.starts_with("Max Tester is not free for 3 of them: "), "{why}");
    until(world.max(), world.day(0)).await;
    assert_eq!(world.problem(&form, HeldKind::Appointments).await, None);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_receiver_can_move_and_cancel_what_they_got_as_their_own(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    world.uma_goes(GOES, &only_appointments(to(&[world.max()]))).await;
    let max = &world.max().access;
    let version = appointments::find(&world.backend, max, umas.calls[0]).await.unwrap().version;
    appointments::cancel(&world.backend, max, umas.calls[0], version).await.unwrap();
    assert_eq!(world.appointment(umas.calls[0]).await.row.state, AppointmentState::Cancelled);
}
