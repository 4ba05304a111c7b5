//! What open pages are told about pipelines.

use std::time::Duration;

use backend::{
    Live,
    live::{Notice, Subscription},
    pipelines::{self, Target, opportunities},
};
use domain::pipelines::MembershipChoice;
use sqlx::PgPool;

use super::world::{Made, form};
use crate::support::World;

async fn listening(world: &World) -> Subscription {
    let live = Live::default();
    let mut told = live.subscribe();
    tokio::spawn(live.listen(world.backend.db.clone()));
    assert_eq!(told.next().await, Notice::Missed, "whatever happened before it heard");
    told
}

/// The pipeline of the next notice, within the promised second.
async fn next(world: &World, told: &mut Subscription) -> domain::PipelineId {
    match tokio::time::timeout(Duration::from_secs(1), told.next()).await.expect("a notice within a second") {
        Notice::Pipeline { account, pipeline } if account == world.acme => pipeline,
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn each_act_is_told_once_whatever_it_touches(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let closers = world.profile("Closers", super::world::SELLER).await;
    let mut told = listening(&world).await;
    let Made { id, stages } = world.pipeline("Sales").await;
    assert_eq!(next(&world, &mut told).await, id, "it and four stages");
    let typed = form("Roof", "", None);
    let roof = opportunities::create(backend, olive, id, stages[0], &typed).await.unwrap();
    assert_eq!(next(&world, &mut told).await, id);
    opportunities::move_to(backend, olive, roof, stages[1]).await.unwrap();
    assert_eq!(next(&world, &mut told).await, id);
    pipelines::set_member(backend, olive, id, world.uma().member_id, MembershipChoice::In).await.unwrap();
    assert_eq!(next(&world, &mut told).await, id);
    pipelines::set_rule(backend, olive, id, closers.id, true).await.unwrap();
    assert_eq!(next(&world, &mut told).await, id);
    pipelines::delete_stage(backend, olive, id, stages[1], Some(stages[2])).await.unwrap();
    assert_eq!(next(&world, &mut told).await, id);
    opportunities::delete(backend, olive, roof).await.unwrap();
    assert_eq!(next(&world, &mut told).await, id);
    // Nothing was told twice: the next thing heard is the next that happens.
    let other = world.pipeline("Other").await;
    assert_eq!(next(&world, &mut told).await, other.id);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_looks_at_either_pipeline_hears_that_things_went_from_one_to_the_other(pool: PgPool) {
    let world = World::new(pool).await;
    let (from, to) = (world.pipeline("From").await, world.pipeline("To").await);
    world.opportunity(&from, "Roof", "", None).await;
    let mut told = listening(&world).await;
    let target = Target { pipeline: to.id, stage: to.stages[0] };
    pipelines::delete(&world.backend, &world.olive().access, from.id, Some(target)).await.unwrap();
    let mut heard = [next(&world, &mut told).await, next(&world, &mut told).await];
    heard.sort_unstable();
    let mut expected = [from.id, to.id];
    expected.sort_unstable();
    assert_eq!(heard, expected);
}
