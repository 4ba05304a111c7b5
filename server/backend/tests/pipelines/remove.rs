use backend::pipelines::opportunities;
use domain::{Permission as P, PermissionSet, Refusal};
use sqlx::PgPool;

use super::world::SELLER;
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_opportunity_is_deleted_once_and_for_good(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (uma, _) = world.let_in(world.uma(), &sales, SELLER).await;
    let roof = world.opportunity(&sales, "New roof", "", Some(world.uma())).await;
    opportunities::delete(backend, &uma, roof).await.unwrap();
    assert_eq!(
        world.last_told().await,
        "Uma Tester deleted the opportunity “New roof” of the pipeline “Sales”"
    );
    assert_eq!(refusal(opportunities::delete(backend, &uma, roof).await), Refusal::NotFound);
    assert_eq!(refusal(opportunities::find(backend, &uma, roof).await), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_deletes_what_they_may_not(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (uma, profile) = world.let_in(world.uma(), &sales, SELLER).await;
    let olives = world.opportunity(&sales, "Olive's", "", Some(world.olive())).await;
    let umas = world.opportunity(&sales, "Uma's", "", Some(world.uma())).await;
    for access in [&uma, &world.otto().access] {
        assert_eq!(refusal(opportunities::delete(backend, access, olives).await), Refusal::NotFound);
    }
    let keeps =
        world.with(world.uma(), profile, SELLER.without(PermissionSet::of(&[P::OpportunitiesDelete]))).await;
    let refused = opportunities::delete(backend, &keeps, umas).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::OpportunitiesDelete));
    assert_eq!(world.count("select count(*) from opportunity").await, 2);
}
