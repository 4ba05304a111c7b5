use backend::pipelines::opportunities;
use domain::{Permission as P, PermissionSet, Problem, Refusal, pipelines::MembershipChoice};
use sqlx::PgPool;

use super::world::{LEAD, SELLER};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_opportunity_is_given_to_people_of_the_pipeline_to_admins_or_to_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (uma, _) = world.let_in(world.uma(), &sales, LEAD).await;
    let roof = world.opportunity(&sales, "New roof", "", None).await;
    for person in [world.uma(), world.olive()] {
        opportunities::assign(backend, &uma, roof, Some(person.member_id)).await.unwrap();
        assert_eq!(world.found(roof).await.owner.unwrap().member, person.member_id);
    }
    assert_eq!(world.last_told().await, "Uma Tester assigned the opportunity “New roof” to Olive Tester");
    let count = world.log(world.acme).await.len();
    opportunities::assign(backend, &uma, roof, Some(world.olive().member_id)).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "it is hers already");
    opportunities::assign(backend, &uma, roof, None).await.unwrap();
    assert_eq!(world.found(roof).await.owner, None);
    assert_eq!(world.last_told().await, "Uma Tester assigned the opportunity “New roof” to nobody");
    for stranger in [world.max(), world.otto()] {
        let refused = opportunities::assign(backend, &uma, roof, Some(stranger.member_id)).await;
        assert_eq!(refusal(refused).problem("owner"), Some(&Problem::NotInPipeline));
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_sees_only_their_own_gives_it_away_and_has_it_no_more(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (uma, _) = world.let_in(world.uma(), &sales, SELLER).await;
    world.set(&sales, world.max().member_id, MembershipChoice::In).await;
    let roof = world.opportunity(&sales, "New roof", "", Some(world.uma())).await;
    opportunities::assign(backend, &uma, roof, Some(world.max().member_id)).await.unwrap();
    let back = opportunities::assign(backend, &uma, roof, Some(world.uma().member_id)).await;
    assert_eq!(refusal(back), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_gives_away_what_they_may_not(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (_, profile) = world.let_in(world.uma(), &sales, LEAD).await;
    let roof = world.opportunity(&sales, "New roof", "", None).await;
    let own = Some(world.uma().member_id);
    let by_otto = opportunities::assign(backend, &world.otto().access, roof, None).await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
    let uma =
        world.with(world.uma(), profile, LEAD.without(PermissionSet::of(&[P::OpportunitiesAssign]))).await;
    let refused = opportunities::assign(backend, &uma, roof, own).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::OpportunitiesAssign));
}
