use backend::pipelines::{self, Target};
use domain::{Permission, Refusal};
use sqlx::PgPool;

use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_empty_pipeline_goes_without_a_question(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await;
    pipelines::delete(backend, olive, sales.id, None).await.unwrap();
    assert_eq!(world.last_told().await, "Olive Tester deleted the pipeline “Sales”");
    assert_eq!(pipelines::list(backend, olive).await.unwrap(), []);
    let again = pipelines::delete(backend, olive, sales.id, None).await;
    assert_eq!(refusal(again), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_stands_in_it_goes_to_a_stage_of_another(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let (sales, old) = (world.pipeline("Sales").await, world.pipeline("Old").await);
    let roof = world.opportunity(&old, "New roof", "100", None).await;
    assert_eq!(refusal(pipelines::delete(backend, olive, old.id, None).await), Refusal::TargetNeeded);
    let ottos = world.pipeline_of(world.otto(), "Otto's").await;
    for (pipeline, stage) in [
        (old.id, old.stages[1]),
        (sales.id, old.stages[1]),
        (ottos.id, ottos.stages[0]),
        (ottos.id, sales.stages[0]),
    ] {
        let wrong = pipelines::delete(backend, olive, old.id, Some(Target { pipeline, stage })).await;
        assert!(refusal(wrong).problem("target").is_some());
    }
    let target = Target { pipeline: sales.id, stage: sales.stages[2] };
    pipelines::delete(backend, olive, old.id, Some(target)).await.unwrap();
    let after = world.found(roof).await;
    assert_eq!((after.pipeline.id, after.stage.id), (sales.id, sales.stages[2]));
    let told = "Olive Tester deleted the pipeline “Old”; its one opportunity is in “Sales: Won” now";
    assert_eq!(world.last_told().await, told);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_else_deletes_it(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await;
    let by_otto = pipelines::delete(&world.backend, &world.otto().access, sales.id, None).await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
    let by_uma = pipelines::delete(&world.backend, &world.uma().access, sales.id, None).await;
    assert_eq!(refusal(by_uma), Refusal::PermissionMissing(Permission::OpportunitiesManagePipelines));
    assert_eq!(world.shown(&sales).await.stages.len(), 4);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_has_to_be_known_before_is_told(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let (sales, old) = (world.pipeline("Sales").await, world.pipeline("Old").await);
    world.pipeline_of(world.otto(), "Otto's").await;
    world.opportunity(&old, "New roof", "100", None).await;
    let told = pipelines::deletion(backend, olive, old.id).await.unwrap();
    assert_eq!((told.pipeline.name.as_str(), told.opportunities), ("Old", 1));
    let [(target, stages)] = &told.targets[..] else { panic!("only Sales: {:?}", told.targets) };
    assert_eq!(target.id, sales.id);
    assert_eq!(stages.iter().map(|stage| stage.id).collect::<Vec<_>>(), sales.stages);
    assert_eq!(pipelines::deletion(backend, olive, sales.id).await.unwrap().opportunities, 0);

    let by_otto = pipelines::deletion(backend, &world.otto().access, old.id).await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
    let by_uma = pipelines::deletion(backend, &world.uma().access, old.id).await;
    assert_eq!(refusal(by_uma), Refusal::PermissionMissing(Permission::OpportunitiesManagePipelines));
}
