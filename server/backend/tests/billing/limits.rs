//! What a plan includes, and whoever asks for more.

use backend::{
    billing::{self, TestCard},
    calendars, permissions, staff,
};
use domain::{
    Refusal, StaffImportId,
    billing::{Interval, Limited, Limits, Plan},
    calendars::CalendarKind,
    staff::{EmployeeForm, ImportFilter, ImportVerdict},
};
use sqlx::PgPool;

use super::world::Billed;
use crate::{calendars::world::form, support::refusal};

fn employee(name: &str) -> EmployeeForm {
    EmployeeForm {
        first_name: name.into(),
        email: format!("{}@example.com", name.to_lowercase()),
        role: "user".into(),
        ..EmployeeForm::default()
    }
}

/// Acme: Olive, Max and Uma, with five seats.
async fn with_five_seats(pool: PgPool) -> Billed {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    billed
}

const SEATS: Refusal = Refusal::PlanFull { what: Limited::Seats, limit: 5 };

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn seats_are_for_members_and_for_those_who_are_invited(pool: PgPool) {
    let billed = with_five_seats(pool).await;
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let ada = staff::invite(backend, &olive, &employee("Ada")).await.unwrap();
    staff::invite(backend, &olive, &employee("Ben")).await.unwrap();
    assert_eq!(refusal(staff::invite(backend, &olive, &employee("Cleo")).await), SEATS);
    // Whoever has a seat is invited again without another.
    staff::invite(backend, &olive, &employee("Ben")).await.unwrap();
    staff::resend(backend, &olive, ada).await.unwrap();
    staff::revoke(backend, &olive, ada).await.unwrap();
    staff::invite(backend, &olive, &employee("Cleo")).await.unwrap();
    // A larger plan has room at once, and another account has its own.
    billed.choose("growth", Interval::Month).await.unwrap();
    staff::invite(backend, &olive, &employee("Dora")).await.unwrap();
    staff::invite(backend, &billed.world.otto().access, &employee("Ada")).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_comes_back_without_a_seat(pool: PgPool) {
    let billed = with_five_seats(pool).await;
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let max = billed.world.max().member_id;
    staff::deactivate(backend, &olive, max).await.unwrap();
    for name in ["Ada", "Ben", "Cleo"] {
        staff::invite(backend, &olive, &employee(name)).await.unwrap();
    }
    assert_eq!(refusal(staff::reactivate(backend, &olive, max).await), SEATS);
    staff::deactivate(backend, &olive, billed.world.uma().member_id).await.unwrap();
    staff::reactivate(backend, &olive, max).await.unwrap();
}

/// Two windows, one seat.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_last_seat_is_taken_once(pool: PgPool) {
    let billed = with_five_seats(pool).await;
    let (backend, olive) = (&billed.world.backend, billed.olive());
    staff::invite(backend, &olive, &employee("Ada")).await.unwrap();
    let names = ["Ben", "Cleo", "Dora", "Emil"].map(employee);
    let all = names.iter().map(|form| {
        let (backend, olive, form) = (backend.clone(), olive.clone(), form.clone());
        tokio::spawn(async move { staff::invite(&backend, &olive, &form).await })
    });
    let mut invited = 0;
    for one in all.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Ok(_) => invited += 1,
            refused => assert_eq!(refusal(refused), SEATS),
        }
    }
    assert_eq!(invited, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_list_says_before_who_gets_no_seat(pool: PgPool) {
    let billed = with_five_seats(pool).await;
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let text = "first name,email\nAda,ada@example.com\nMax,max@example.com\nBen,ben@example.com\nCleo,cleo@example.com\n";
    let id: StaffImportId = staff::upload_import(backend, &olive, "team.csv", text.as_bytes()).await.unwrap();
    let shown = staff::import(backend, &olive, id, &ImportFilter::default()).await.unwrap();
    let verdicts: Vec<_> = shown.rows.rows.iter().map(|row| row.verdict.clone()).collect();
    use ImportVerdict as V;
    assert_eq!(verdicts, [V::New, V::AlreadyMember, V::New, V::NoSeat]);
    assert_eq!(shown.count(V::NoSeat.kind()), 1);
    // Whoever was invited has a seat, also when their link is dead by now.
    for name in ["Ada", "Ben"] {
        staff::invite(backend, &olive, &employee(name)).await.unwrap();
    }
    billed.world.advance(chrono::Duration::days(8));
    let id = staff::upload_import(backend, &olive, "team.csv", text.as_bytes()).await.unwrap();
    let shown = staff::import(backend, &olive, id, &ImportFilter::default()).await.unwrap();
    let verdicts: Vec<_> = shown.rows.rows.iter().map(|row| row.verdict.clone()).collect();
    assert_eq!(verdicts, [V::New, V::AlreadyMember, V::New, V::NoSeat]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn profiles_and_calendars_are_counted_too(pool: PgPool) {
    let billed = Billed::new(pool).await;
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let limits = Limits { profiles: Some(1), calendars: Some(1), ..Limits::default() };
    let plan =
        Plan { code: "small".into(), version: 1, tier: 9, month_minor: Some(100), year_minor: None, limits };
    let offered = billing::OfferedPlan {
        plan,
        name: "Small".into(),
        description: String::new(),
        currency: "USD".into(),
        is_custom: false,
    };
    billing::add_plan(backend, &offered, &[]).await.unwrap();
    billed.enter(TestCard::Good).await;
    billed.choose("small", Interval::Month).await.unwrap();
    let profile =
        async |name: &str| permissions::create(backend, &olive, name, "", permissions::Start::Empty).await;
    let calendar =
        async |name: &str| calendars::create(backend, &olive, &form(CalendarKind::RoundRobin, name)).await;
    profile("Callers").await.unwrap();
    let full = Refusal::PlanFull { what: Limited::Profiles, limit: 1 };
    assert_eq!(refusal(profile("Sellers").await), full);
    calendar("Discovery").await.unwrap();
    let refused = refusal(calendar("Support").await);
    assert_eq!(refused, Refusal::PlanFull { what: Limited::Calendars, limit: 1 });
    assert_eq!(
        refused.to_string(),
        "Your plan includes 1 calendar, and no more is free. An Admin can choose a larger plan under Billing."
    );
}
