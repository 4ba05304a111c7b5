use backend::pipelines::opportunities;
use domain::{
    Permission as P, PermissionSet, Problem, Refusal,
    pipelines::{MembershipChoice, OpportunityForm},
};
use sqlx::PgPool;

use super::world::{LEAD, SELLER, form};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_change_is_written_told_without_amounts_and_never_overwritten_unnoticed(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (uma, _) = world.let_in(world.uma(), &sales, SELLER).await;
    let umas = Some(world.uma().member_id);
    let roof = world.opportunity(&sales, "New roof", "100", Some(world.uma())).await;
    let typed = OpportunityForm { contact_email: String::new(), ..form("Old roof", "250.5", umas) };
    opportunities::change(backend, &uma, roof, 1, &typed).await.unwrap();
    let after = world.found(roof).await;
    assert_eq!((after.name.as_str(), after.value_cents, after.version), ("Old roof", Some(25_050), 2));
    assert_eq!(after.contact_email, None);
    let told = "Uma Tester changed the opportunity “New roof”: name from “New roof” to “Old roof”; contact’s e-mail \
                “ann@clients.example.com” removed; its value";
    assert_eq!(world.last_told().await, told);
    let count = world.log(world.acme).await.len();
    opportunities::change(backend, &uma, roof, 1, &typed).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "the same again is harmless");
    let stale = opportunities::change(backend, &uma, roof, 1, &form("Blue roof", "", umas)).await;
    assert_eq!(refusal(stale), Refusal::ChangedMeanwhile);
}

/// Moving is no change of what the form shows: whoever edits meanwhile is not turned away.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_move_meanwhile_does_not_matter_and_a_new_owner_does(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await;
    let roof = world.opportunity(&sales, "New roof", "", None).await;
    let own = Some(world.olive().member_id);
    opportunities::move_to(backend, olive, roof, sales.stages[1]).await.unwrap();
    opportunities::change(backend, olive, roof, 1, &form("Old roof", "", own)).await.unwrap();
    assert_eq!(world.found(roof).await.stage.id, sales.stages[1]);
    opportunities::assign(backend, olive, roof, None).await.unwrap();
    let stale = opportunities::change(backend, olive, roof, 2, &form("Blue roof", "", own)).await;
    assert_eq!(refusal(stale), Refusal::ChangedMeanwhile);
}

/// Fields that somebody cannot see or change come empty, and stay.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn value_and_owner_are_safe_from_whoever_cannot_change_them(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (_, profile) = world.let_in(world.uma(), &sales, LEAD).await;
    world.set(&sales, world.max().member_id, MembershipChoice::In).await;
    let (own, max) = (Some(world.uma().member_id), Some(world.max().member_id));
    let roof = world.opportunity(&sales, "New roof", "100", Some(world.uma())).await;
    let lacking = |permissions: &[P]| LEAD.without(PermissionSet::of(permissions));
    let blind = [P::OpportunitiesSeeValue, P::OpportunitiesChangeValue];

    let uma = world.with(world.uma(), profile, lacking(&blind)).await;
    opportunities::change(backend, &uma, roof, 1, &form("Roof 2", "", own)).await.unwrap();
    assert_eq!(world.found(roof).await.value_cents, Some(10_000), "an empty field takes nothing away");
    for guess in ["100", "101"] {
        let guessed = opportunities::change(backend, &uma, roof, 2, &form("Roof 2", guess, own)).await;
        assert_eq!(refusal(guessed), Refusal::PermissionMissing(P::OpportunitiesChangeValue), "{guess}");
    }

    let uma = world.with(world.uma(), profile, lacking(&blind[1..])).await;
    opportunities::change(backend, &uma, roof, 2, &form("Roof 3", "100.00", own)).await.unwrap();
    let raised = opportunities::change(backend, &uma, roof, 3, &form("Roof 3", "101", own)).await;
    assert_eq!(refusal(raised), Refusal::PermissionMissing(P::OpportunitiesChangeValue));

    let uma = world.with(world.uma(), profile, lacking(&blind[..1])).await;
    opportunities::change(backend, &uma, roof, 3, &form("Roof 4", "", own)).await.unwrap();
    assert_eq!(world.found(roof).await.value_cents, Some(10_000), "who does not see it does not clear it");
    opportunities::change(backend, &uma, roof, 4, &form("Roof 4", "7", own)).await.unwrap();
    assert_eq!(world.found(roof).await.value_cents, Some(700));

    let uma = world.with(world.uma(), profile, lacking(&[P::OpportunitiesAssign])).await;
    opportunities::change(backend, &uma, roof, 5, &form("Roof 5", "", None)).await.unwrap();
    let after = world.found(roof).await;
    assert_eq!((after.owner.map(|owner| owner.member), after.value_cents), (own, None));
    let given = opportunities::change(backend, &uma, roof, 6, &form("Roof 5", "", max)).await;
    assert_eq!(refusal(given), Refusal::PermissionMissing(P::OpportunitiesAssign));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_form_gives_it_to_people_of_the_pipeline_and_keeps_an_owner_who_left_it(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await;
    world.set(&sales, world.uma().member_id, MembershipChoice::In).await;
    let umas = Some(world.uma().member_id);
    let roof = world.opportunity(&sales, "New roof", "", None).await;
    opportunities::change(backend, olive, roof, 1, &form("New roof", "", umas)).await.unwrap();
    let told = "Olive Tester changed the opportunity “New roof”: owner from “Olive Tester” to “Uma Tester”";
    assert_eq!(world.last_told().await, told);
    world.set(&sales, world.uma().member_id, MembershipChoice::Excluded).await;
    opportunities::change(backend, olive, roof, 2, &form("Old roof", "", umas)).await.unwrap();
    let max = Some(world.max().member_id);
    let outside = opportunities::change(backend, olive, roof, 3, &form("Old roof", "", max)).await;
    assert_eq!(refusal(outside).problem("owner"), Some(&Problem::NotInPipeline));
    opportunities::change(backend, olive, roof, 3, &form("Old roof", "", None)).await.unwrap();
    assert_eq!(world.found(roof).await.owner, None);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_changes_what_they_may_not(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (uma, profile) = world.let_in(world.uma(), &sales, SELLER).await;
    let olives = world.opportunity(&sales, "Olive's", "", Some(world.olive())).await;
    let typed = form("Mine", "", None);
    for access in [&uma, &world.max().access, &world.otto().access] {
        assert_eq!(
            refusal(opportunities::change(backend, access, olives, 1, &typed).await),
            Refusal::NotFound
        );
    }
    let reads =
        world.with(world.uma(), profile, LEAD.without(PermissionSet::of(&[P::OpportunitiesEdit]))).await;
    let refused = opportunities::change(backend, &reads, olives, 1, &typed).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::OpportunitiesEdit));
    assert_eq!(world.found(olives).await.name, "Olive's");
}
