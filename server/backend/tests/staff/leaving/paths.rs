//! The other ways in which somebody's place ends.

use backend::staff::{self, leaving};
use chrono::Duration;
use domain::{
    Role,
    staff::{
        MemberForm, MemberState, Verdict,
        leaving::{HeldKind, LeavingForm, LeavingWay},
    },
};
use sqlx::PgPool;

use super::world::{all, to};
use crate::support::World;

/// Where nobody can be asked nothing is moved, and her page says what she still holds.
async fn expect_everything_still_held(world: &World, state: MemberState) {
    let page =
        staff::member_page(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    assert_eq!(page.member.state, state);
    assert_eq!(page.leaving.still_held, HeldKind::ALL.into_iter().zip([3, 3, 2, 1]).collect::<Vec<_>>());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_guest_whose_last_day_is_over_keeps_everything_until_it_is_handed_over(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let member = staff::member(backend, olive, uma).await.unwrap();
    let today = world.day(0).checked_sub_days(chrono::Days::new(2)).unwrap();
    let form = MemberForm {
        version: member.version,
        first_name: member.name.first,
        last_name: member.name.last,
        role: "user".into(),
        last_day: today.to_string(),
        ..MemberForm::default()
    };
    staff::change_member(backend, olive, uma, &form).await.unwrap();
    world.advance(Duration::hours(25));
    backend::jobs::run_due(backend).await.unwrap();
    expect_everything_still_held(&world, MemberState::Deactivated).await;
    let page = staff::member_page(backend, olive, uma).await.unwrap();
    assert_eq!(page.leaving.lines, [], "nobody did it");
    world.uma_goes(LeavingWay::HandOver, &all(&to(&[world.max()]))).await;
    assert_eq!(world.hosts_of(umas.cup).await, ["Max Tester"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_access_review_ends_access_and_moves_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let review = staff::start_review(backend, olive).await.unwrap();
    let line = uma.0.into();
    staff::decide(backend, olive, review, line, Verdict::End, "").await.unwrap();
    expect_everything_still_held(&world, MemberState::Deactivated).await;
}

/// Who goes by themselves and may not decide about what they have leaves it under their name.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_goes_by_themselves_leaves_what_they_may_not_give(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let (backend, uma) = (&world.backend, world.uma());
    let way = LeavingWay::Leave;
    let page = world.asked(&uma.access, uma.member_id, way, &LeavingForm::default()).await.unwrap();
    assert!(page.parts.iter().all(|part| part.missing.is_some()));
    assert_eq!(page.receivers, [], "whoever decides about nothing reads of nobody");
    let seen = page.planned.unwrap().seen;
    let id =
        leaving::end(backend, &uma.access, uma.member_id, way, &LeavingForm::default(), &seen).await.unwrap();
    expect_everything_still_held(&world, MemberState::Removed).await;
    assert_eq!(world.last_told().await, "Uma Tester left the account (uma@example.com)");
    world.undo(id).await.unwrap();
    let back = staff::member(backend, &world.olive().access, uma.member_id).await.unwrap();
    assert_eq!(back.state, MemberState::Active);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_who_goes_gives_what_they_have_to_others(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let backend = &world.backend;
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    let deal = world.opportunity(&umas.sales, "Ada’s", "", Some(&ada)).await;
    let form = LeavingForm { opportunities: to(&[world.max()]), ..LeavingForm::default() };
    let way = LeavingWay::Leave;
    let seen = world.asked(&ada.access, ada.member_id, way, &form).await.unwrap().planned.unwrap().seen;
    leaving::end(backend, &ada.access, ada.member_id, way, &form, &seen).await.unwrap();
    assert_eq!(world.owner(deal).await.as_deref(), Some("Max Tester"));
    assert!(world.signed_in(&ada.session_token).await.is_none());
    // Sent again by whoever is gone, it is the same.
    leaving::end(backend, &ada.access, ada.member_id, way, &form, &seen).await.unwrap();
}

/// By then they would be out anyway.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_guest_whose_last_day_is_over_by_then_gets_back_what_they_had_and_stays_out(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let uma = world.uma().member_id;
    let today = world.day(0).checked_sub_days(chrono::Days::new(2)).unwrap();
    let sql = "update member set last_day = $1 where id = $2";
    sqlx::query(sql).bind(today).bind(uma.0).execute(&world.root).await.unwrap();
    let id = world.uma_goes(LeavingWay::Deactivate, &all(&to(&[world.max()]))).await;
    world.advance(Duration::hours(23));
    let yesterday = today.pred_opt().unwrap();
    sqlx::query(sql).bind(yesterday).bind(uma.0).execute(&world.root).await.unwrap();
    world.undo(id).await.unwrap();
    let uma = staff::member(&world.backend, &world.olive().access, uma).await.unwrap();
    assert_eq!((uma.state, uma.last_day.map(|day| day.0)), (MemberState::Deactivated, Some(yesterday)));
    assert_eq!(world.owner(umas.deals[0]).await.as_deref(), Some("Uma Tester"));
}
