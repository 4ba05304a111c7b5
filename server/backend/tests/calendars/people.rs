use backend::{calendars, permissions};
use chrono::Duration;
use domain::{
    MemberId, Permission as P, PermissionSet, ProfileId, Refusal,
    calendars::{CalendarKind, HostProposal, HostTermsForm, Priority},
    pipelines::{Membership, MembershipChoice},
};
use sqlx::PgPool;

use super::world::{HOST, denver, weighing};
use crate::support::{World, refusal};

/// Who is in, with weights.
async fn hosts(world: &World, calendar: domain::CalendarId) -> Vec<(String, u32)> {
    let members = world.settings(calendar).await.members.rows;
    members.into_iter().filter_map(|one| Some((one.name, one.terms?.weight))).collect()
}

fn named(name: &str, weight: u32) -> (String, u32) {
    (format!("{name} Tester"), weight)
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_rule_lets_in_whoever_holds_the_profile_now_and_later(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    let closers = world.profile("Closers", HOST).await;
    world.give(world.uma(), closers.id).await;
    calendars::set_rule(backend, olive, call.id, closers.id, Some(&weighing(30))).await.unwrap();
    let told =
        "Olive Tester made everyone with the profile “Closers” a host of the calendar “Call”, weight 30";
    assert_eq!(world.last_told().await, told);
    let count = world.log(world.acme).await.len();
    calendars::set_rule(backend, olive, call.id, closers.id, Some(&weighing(30))).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "the same again is harmless");
    assert_eq!(hosts(&world, call.id).await, [named("Uma", 30)]);
    world.give(world.max(), closers.id).await;
    assert_eq!(hosts(&world, call.id).await, [named("Max", 30), named("Uma", 30)]);
    calendars::set_rule(backend, olive, call.id, closers.id, None).await.unwrap();
    assert_eq!(hosts(&world, call.id).await, []);
    let absent = calendars::set_rule(backend, olive, call.id, ProfileId::default(), None).await;
    assert_eq!(refusal(absent), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_said_by_hand_goes_before_the_rules(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    let closers = world.profile("Closers", HOST).await;
    world.give(world.uma(), closers.id).await;
    calendars::set_rule(backend, olive, call.id, closers.id, Some(&weighing(30))).await.unwrap();
    let set = async |choice, terms: &HostTermsForm| {
        calendars::set_member(backend, olive, call.id, uma, choice, terms).await.unwrap();
    };
    set(MembershipChoice::Excluded, &weighing(1)).await;
    assert_eq!(world.last_told().await, "Olive Tester excluded Uma Tester from the calendar “Call”");
    assert_eq!(hosts(&world, call.id).await, []);
    let terms = HostTermsForm { priority: "high".into(), ..weighing(50) };
    set(MembershipChoice::In, &terms).await;
    assert_eq!(
        world.last_told().await,
        "Olive Tester made Uma Tester a host of the calendar “Call”, weight 50"
    );
    let shown = world.settings(call.id).await.members.rows;
    let row = shown.iter().find(|one| one.member == uma).unwrap();
    assert_eq!((&row.membership, row.terms.unwrap().priority), (&Membership::ByHand, Priority::High));
    assert!(!row.has_hours);
    let count = world.log(world.acme).await.len();
    set(MembershipChoice::In, &terms).await;
    assert_eq!(world.log(world.acme).await.len(), count, "the same again is harmless");
    set(MembershipChoice::AsRules, &terms).await;
    assert_eq!(hosts(&world, call.id).await, [named("Uma", 30)]);
    let wrong =
        calendars::set_member(backend, olive, call.id, uma, MembershipChoice::In, &weighing(101)).await;
    assert!(refusal(wrong).problem("weight").is_some());
    for nobody in [MemberId::default(), world.otto().member_id] {
        let absent =
            calendars::set_member(backend, olive, call.id, nobody, MembershipChoice::In, &weighing(1)).await;
        assert_eq!(refusal(absent), Refusal::NotFound);
    }
}

/// A newcomer's weight rises from the day they got the profile, not from the day the rule was set; a change of their scope later does
/// not begin it anew, nor does being taken by hand.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_weight_of_a_newcomer_rises_from_when_they_came(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    let closers = world.profile("Closers", HOST).await;
    let rising = HostTermsForm { ramp_up_weeks: "4".into(), ..weighing(29) };
    calendars::set_rule(backend, olive, call.id, closers.id, Some(&rising)).await.unwrap();
    world.advance(Duration::days(100));
    permissions::assign(backend, olive, closers.id, &[world.uma().member_id]).await.unwrap();
    let weight = async || {
        let rows = world.settings(call.id).await.members.rows;
        rows.iter().find(|one| one.member == world.uma().member_id).unwrap().rising_weight
    };
    assert_eq!(weight().await, Some(1_000));
    world.advance(Duration::days(10));
    assert_eq!(weight().await, Some(11_000));
    sqlx::query(
        "insert into member_assignment (account_id, member_id, since, role, profile_id, only_assigned)
         select account_id, id, $2, role, profile_id, true from member where id = $1",
    )
    .bind(world.uma().member_id.0)
    .bind(world.now())
    .execute(&world.root)
    .await
    .unwrap();
    assert_eq!(weight().await, Some(11_000), "another scope is no new beginning");
    calendars::set_member(backend, olive, call.id, world.uma().member_id, MembershipChoice::In, &rising)
        .await
        .unwrap();
    assert_eq!(weight().await, Some(11_000), "nor is being taken by hand");
    world.advance(Duration::days(30));
    assert_eq!(weight().await, None, "all of it");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_personal_calendar_has_exactly_one_host(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let own = world.calendar(CalendarKind::Personal, "Own").await;
    world.put_host(own.id, world.uma().member_id, 10).await;
    assert_eq!(hosts(&world, own.id).await, [named("Uma", 10)]);
    let (uma, terms) = (world.uma().member_id, HostTermsForm::default());
    for choice in [MembershipChoice::Excluded, MembershipChoice::AsRules] {
        let refused = calendars::set_member(backend, olive, own.id, uma, choice, &terms).await;
        assert_eq!(refusal(refused), Refusal::OneHost);
    }
    let closers = world.profile("Closers", HOST).await;
    let rule = calendars::set_rule(backend, olive, own.id, closers.id, Some(&terms)).await;
    assert_eq!(refusal(rule), Refusal::OneHost);
    assert_eq!(hosts(&world, own.id).await, [named("Uma", 10)]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn members_of_round_robins_and_of_other_calendars_take_different_permissions(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, member) = (&world.backend, world.max().member_id);
    let (robin, collective) = (
        world.calendar(CalendarKind::RoundRobin, "Robin").await,
        world.calendar(CalendarKind::Collective, "Together").await,
    );
    let view = PermissionSet::of(&[P::CalendarsView]);
    let robins = world.holding(world.uma(), view.with(P::CalendarsManageRoundRobin)).await;
    let profile = domain::ProfileId(
        sqlx::query_scalar("select profile_id from member where id = $1")
            .bind(world.uma().member_id.0)
            .fetch_one(&world.root)
            .await
            .unwrap(),
    );
    let set = async |access, calendar| {
        let (choice, terms) = (MembershipChoice::In, weighing(5));
        calendars::set_member(backend, access, calendar, member, choice, &terms).await
    };
    set(&robins, robin.id).await.unwrap();
    let others = set(&robins, collective.id).await;
    assert_eq!(refusal(others), Refusal::PermissionMissing(P::CalendarsManage));
    let manages = world.with(world.uma(), profile, view.with(P::CalendarsManage)).await;
    set(&manages, collective.id).await.unwrap();
    let missing = Refusal::PermissionMissing(P::CalendarsManageRoundRobin);
    assert_eq!(refusal(set(&manages, robin.id).await), missing);
    assert_eq!(refusal(calendars::simulate(backend, &manages, robin.id, 10, &[]).await), missing);
    let neither = world.with(world.uma(), profile, HOST).await;
    assert_eq!(refusal(set(&neither, robin.id).await), missing);
    assert_eq!(refusal(set(&neither, domain::CalendarId::default()).await), missing);
    for foreign in [robin.id, collective.id] {
        assert_eq!(refusal(set(&world.otto().access, foreign).await), Refusal::NotFound);
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_simulation_tells_shares_now_and_as_proposed_and_changes_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.uma(), 30).await;
    world.host(&call, world.max(), 10).await;
    let propose = |member, weight: Option<u32>| HostProposal { member, terms: weight.map(weighing) };
    let proposals = [
        propose(world.uma().member_id, Some(10)),
        propose(world.olive().member_id, Some(20)),
        propose(world.max().member_id, Some(10)),
    ];
    let before = world.count("select count(*) from calendar_turn").await;
    let mut told = calendars::simulate(backend, olive, call.id, 40, &proposals).await.unwrap();
    told.sort_by(|a, b| a.name.cmp(&b.name));
    let shares: Vec<_> = told.iter().map(|one| (one.name.as_str(), one.now, one.proposed)).collect();
    assert_eq!(shares, [("Max Tester", 10, 10), ("Olive Tester", 0, 20), ("Uma Tester", 30, 10)]);
    let alone = [propose(world.uma().member_id, None)];
    let told = calendars::simulate(backend, olive, call.id, 40, &alone).await.unwrap();
    assert_eq!(told.iter().map(|one| one.proposed).sum::<u32>(), 40, "{told:?}");
    assert_eq!(world.count("select count(*) from calendar_turn").await, before);
    world.booked(&call, denver(world.day(0), "09:00"), None).await;
    let nobody = [propose(MemberId::default(), Some(1))];
    assert_eq!(refusal(calendars::simulate(backend, olive, call.id, 4, &nobody).await), Refusal::NotFound);
    let foreign = calendars::simulate(backend, &world.otto().access, call.id, 4, &[]).await;
    assert_eq!(refusal(foreign), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_personal_calendar_goes_to_nobody_who_is_not_active(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let personal = world.calendar(CalendarKind::Personal, "Mine").await;
    backend::staff::deactivate(backend, olive, world.max().member_id).await.unwrap();
    let to = calendars::set_member(
        backend,
        olive,
        personal.id,
        world.max().member_id,
        MembershipChoice::In,
        &HostTermsForm::default(),
    )
    .await;
    assert_eq!(refusal(to), Refusal::NotActive);
    assert_eq!(world.settings(personal.id).await.hosts, 1);
}
