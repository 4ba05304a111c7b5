use backend::pipelines::opportunities;
use domain::{Permission as P, PermissionSet, Refusal, pipelines::OpportunityForm};
use sqlx::PgPool;

use super::world::{LEAD, SELLER, form};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_change_is_written_told_without_what_must_be_forgotten_and_never_overwritten_unnoticed(
    pool: PgPool,
) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (uma, _) = world.let_in(world.uma(), &sales, SELLER).await;
    let roof = world.opportunity(&sales, "New roof", "100", Some(world.uma())).await;
    let typed = OpportunityForm { contact_email: String::new(), ..form("Old roof", "250.5", None) };
    opportunities::change(backend, &uma, roof, 1, &typed).await.unwrap();
    let after = world.found(roof).await;
    assert_eq!((after.name.as_str(), after.value_cents, after.version), ("Old roof", Some(25_050), 2));
    assert_eq!(after.contact_email, None);
    assert_eq!(after.owner.unwrap().member, world.uma().member_id, "the form has no owner");
    let told = "Uma Tester changed the opportunity “New roof”: name from “New roof” to “Old roof”; its contact; its value";
    assert_eq!(world.last_told().await, told);
    let count = world.log(world.acme).await.len();
    opportunities::change(backend, &uma, roof, 1, &typed).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "the same again is harmless");
    let stale = opportunities::change(backend, &uma, roof, 1, &form("Blue roof", "", None)).await;
    assert_eq!(refusal(stale), Refusal::ChangedMeanwhile);
}

/// Neither is a change of what the form shows: whoever edits meanwhile is not turned away.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_move_and_a_new_owner_meanwhile_do_not_matter(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await;
    let roof = world.opportunity(&sales, "New roof", "", None).await;
    opportunities::move_to(backend, olive, roof, sales.stages[1]).await.unwrap();
    opportunities::assign(backend, olive, roof, None).await.unwrap();
    opportunities::change(backend, olive, roof, 1, &form("Old roof", "", None)).await.unwrap();
    let after = world.found(roof).await;
    assert_eq!((after.name.as_str(), after.stage.id, after.owner), ("Old roof", sales.stages[1], None));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_value_is_safe_from_whoever_cannot_see_or_change_it(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (_, profile) = world.let_in(world.uma(), &sales, LEAD).await;
    let roof = world.opportunity(&sales, "New roof", "100", Some(world.uma())).await;
    let lacking = |permissions: &[P]| LEAD.without(PermissionSet::of(permissions));
    let blind = [P::OpportunitiesSeeValue, P::OpportunitiesChangeValue];
    let without_value = |name: &str| OpportunityForm { value: None, ..form(name, "", None) };
    let value = async || world.found(roof).await.value_cents;

    let uma = world.with(world.uma(), profile, lacking(&blind)).await;
    opportunities::change(backend, &uma, roof, 1, &without_value("Roof 2")).await.unwrap();
    assert_eq!(value().await, Some(10_000), "a form without it takes nothing away");
    for guess in ["100", "101"] {
        let guessed = opportunities::change(backend, &uma, roof, 2, &form("Roof 2", guess, None)).await;
        assert_eq!(refusal(guessed), Refusal::PermissionMissing(P::OpportunitiesChangeValue), "{guess}");
    }

    let uma = world.with(world.uma(), profile, lacking(&blind[1..])).await;
    opportunities::change(backend, &uma, roof, 2, &form("Roof 3", "100.00", None)).await.unwrap();
    let raised = opportunities::change(backend, &uma, roof, 3, &form("Roof 3", "101", None)).await;
    assert_eq!(refusal(raised), Refusal::PermissionMissing(P::OpportunitiesChangeValue));
    let olive = &world.olive().access;
    opportunities::change(backend, olive, roof, 3, &form("Roof 3", "200", None)).await.unwrap();
    let outdated = opportunities::change(backend, &uma, roof, 3, &form("Roof 4", "100.00", None)).await;
    assert_eq!(refusal(outdated), Refusal::ChangedMeanwhile, "an old value is no wish to change it back");

    let uma = world.with(world.uma(), profile, lacking(&blind[..1])).await;
    opportunities::change(backend, &uma, roof, 4, &without_value("Roof 4")).await.unwrap();
    assert_eq!(value().await, Some(20_000), "who does not see it does not clear it");
    for guess in ["200", "201"] {
        let guessed = opportunities::change(backend, &uma, roof, 1, &form("Roof 4", guess, None)).await;
        assert_eq!(refusal(guessed), Refusal::ChangedMeanwhile, "{guess}: nothing tells a right guess");
    }
    opportunities::change(backend, &uma, roof, 5, &form("Roof 4", "200", None)).await.unwrap();
    assert_eq!(world.found(roof).await.version, 6, "typing it is a change, right or wrong");
    assert!(world.last_told().await.ends_with("its value"));
}

/// The field is there once they may, but not in the form that they have open.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_form_from_before_a_permission_was_given_erases_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (uma, _) = world.let_in(world.uma(), &sales, LEAD).await;
    let roof = world.opportunity(&sales, "New roof", "100", Some(world.uma())).await;
    let typed = OpportunityForm { value: None, ..form("Old roof", "", None) };
    opportunities::change(backend, &uma, roof, 1, &typed).await.unwrap();
    let after = world.found(roof).await;
    assert_eq!((after.value_cents, after.owner.unwrap().member), (Some(10_000), world.uma().member_id));
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
