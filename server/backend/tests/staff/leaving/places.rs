use backend::{pipelines, staff};
use domain::{
    calendars::CalendarKind,
    pipelines::{Membership, MembershipChoice, PeopleFilter},
    staff::leaving::{HeldKind, LeavingForm, LeavingWay},
};
use sqlx::PgPool;

use super::world::{all, say, to, told};
use crate::{
    calendars::world::{HOST, weighing},
    support::{Person, World},
};

const GOES: LeavingWay = LeavingWay::Deactivate;

impl World {
    /// What is said about somebody in a calendar, and with which weight.
    async fn place(
        &self,
        calendar: &domain::calendars::Calendar,
        person: &Person,
    ) -> (Membership, Option<u32>) {
        let people = self.settings(calendar.id).await.members.rows;
        let found = people.into_iter().find(|one| one.member == person.member_id).unwrap();
        (found.membership, found.terms.map(|terms| terms.weight))
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_takes_a_place_comes_in_with_its_weight_and_whoever_is_in_keeps_theirs(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let form = LeavingForm { calendars: to(&[&umas.nia]), ..all(&say("keep")) };
    world.uma_goes(GOES, &form).await;
    assert_eq!(world.place(&umas.call, &umas.nia).await, (Membership::ByHand, Some(20)));
    assert_eq!(world.place(&umas.call, world.max()).await, (Membership::ByHand, Some(10)));
    assert_eq!(world.place(&umas.coffee, &umas.nia).await.0, Membership::ByHand);
    // Uma is not in them any more when she is back.
    staff::reactivate(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    assert_eq!(world.place(&umas.call, world.uma()).await, (Membership::NotIn, None));
    assert_eq!(world.settings(umas.coffee.id).await.hosts, 1, "a personal calendar has one host");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_calendar_in_which_nobody_is_left_is_closed_and_opens_again_with_undoing(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let form = LeavingForm { calendars: say("nobody"), ..all(&say("keep")) };
    let page = world.asked(&world.olive().access, world.uma().member_id, GOES, &form).await.unwrap();
    assert_eq!(page.planned.unwrap().closed, ["Coffee"]);
    let id = world.uma_goes(GOES, &form).await;
    assert!(!world.settings(umas.coffee.id).await.calendar.is_active);
    assert!(world.settings(umas.call.id).await.calendar.is_active, "Max is in it");
    let receipt = world.receipt(id).await;
    assert!(receipt.items.rows.iter().any(|item| item.name == "Coffee" && item.about.contains("closed")));
    let hers =
        staff::member_page(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    let held = hers.leaving.still_held;
    assert!(
        held.iter().all(|(kind, _)| *kind != HeldKind::Calendars),
        "nobody depends on her for it: {held:?}"
    );
    world.undo(id).await.unwrap();
    assert!(world.settings(umas.coffee.id).await.calendar.is_active);
    assert_eq!(world.place(&umas.call, world.uma()).await, (Membership::ByHand, Some(20)));
    assert_eq!(world.place(&umas.coffee, world.uma()).await.0, Membership::ByHand);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_place_by_a_rule_is_held_too_and_comes_back_by_itself(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let closers = world.profile("Closers", HOST).await;
    world.give(uma, closers.id).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    backend::calendars::set_rule(backend, olive, call.id, closers.id, Some(&weighing(7))).await.unwrap();
    let form = LeavingForm { calendars: to(&[world.max()]), ..LeavingForm::default() };
    let page = world.asked(olive, uma.member_id, GOES, &form).await.unwrap();
    assert_eq!((page.parts.len(), page.parts[0].kind), (1, HeldKind::Calendars));
    let id = world.uma_goes(GOES, &form).await;
    assert_eq!(world.place(&call, world.max()).await, (Membership::ByHand, Some(7)));
    assert_eq!(staff::member_page(backend, olive, uma.member_id).await.unwrap().leaving.still_held, []);
    world.undo(id).await.unwrap();
    assert_eq!(world.place(&call, world.max()).await, (Membership::NotIn, None));
    assert!(matches!(world.place(&call, uma).await.0, Membership::ByRule(_)));
}

/// Whoever was kept out by hand and is chosen by hand comes in; undone, they are kept out again.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_exclusion_gives_way_and_comes_back(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    world.set(&umas.sales, umas.nia.member_id, MembershipChoice::Excluded).await;
    let form = LeavingForm { pipelines: to(&[&umas.nia]), ..all(&say("keep")) };
    let of = async |person: &Person| {
        let shown = pipelines::show(backend, olive, umas.sales.id, &PeopleFilter::default()).await.unwrap();
        shown.members.rows.into_iter().find(|one| one.member == person.member_id).map(|one| one.membership)
    };
    let id = world.uma_goes(GOES, &form).await;
    assert_eq!(of(&umas.nia).await, Some(Membership::ByHand));
    world.undo(id).await.unwrap();
    assert_eq!(of(&umas.nia).await, Some(Membership::Excluded));
    assert_eq!(of(world.uma()).await, Some(Membership::ByHand));
    let told = told(&world.receipt(id).await);
    assert_eq!(told.last().unwrap(), "Sales · : To Nia Tester (Given back)");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn opportunities_go_to_nobody_or_to_whoever_comes_into_the_pipeline(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let form = |opportunities, pipelines| LeavingForm { opportunities, pipelines, ..all(&say("keep")) };
    let why = world.problem(&form(to(&[&umas.nia]), say("nobody")), HeldKind::Opportunities).await.unwrap();
    assert!(why.starts_with("Nobody you chose is in “Sales”, where 3 of them stand."), "{why}");
    let comes_in = form(to(&[&umas.nia]), to(&[&umas.nia]));
    let id = world.uma_goes(GOES, &comes_in).await;
    assert_eq!(world.owners(&umas.deals).await, vec![Some("Nia Tester".to_owned()); 3]);
    world.undo(id).await.unwrap();
    assert_eq!(world.owners(&umas.deals).await, vec![Some("Uma Tester".to_owned()); 3]);
    world.uma_goes(GOES, &form(say("nobody"), say("nobody"))).await;
    assert_eq!(world.owners(&umas.deals).await, vec![None; 3]);
}
