use backend::pipelines;
use domain::{
    Permission, Problem, Refusal,
    pipelines::{PIPELINES_MAX, PipelineForm},
};
use sqlx::PgPool;

use crate::support::{World, refusal};

fn named(name: &str) -> PipelineForm {
    PipelineForm { name: name.into(), ..PipelineForm::default() }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_pipeline_begins_with_the_usual_stages_or_with_those_named(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await;
    assert_eq!(world.last_told().await, "Olive Tester created the pipeline “Sales”");
    let stages = |details: domain::pipelines::PipelineDetails| -> Vec<String> {
        details.stages.into_iter().map(|row| row.stage.name).collect()
    };
    assert_eq!(stages(world.shown(&sales).await), ["New", "Contacted", "Won", "Lost"]);
    let form = PipelineForm { name: " Hiring ".into(), stages: "Applied\nMet\n".into() };
    let hiring = pipelines::create(backend, olive, &form).await.unwrap();
    assert_eq!((hiring.name.as_str(), hiring.version), ("Hiring", 1));
    let shown = pipelines::show(backend, olive, hiring.id, &Default::default()).await.unwrap();
    assert_eq!(stages(shown), ["Applied", "Met"]);
    let listed = pipelines::list(backend, olive).await.unwrap();
    let rows: Vec<_> =
        listed.iter().map(|row| (row.pipeline.name.as_str(), row.stages, row.people)).collect();
    assert_eq!(rows, [("Sales", 4, 0), ("Hiring", 2, 0)]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn names_are_unique_in_an_account_and_nowhere_else(pool: PgPool) {
    let world = World::new(pool).await;
    world.pipeline("Sales").await;
    let olive = &world.olive().access;
    let again = pipelines::create(&world.backend, olive, &named("SALES")).await;
    assert_eq!(refusal(again).problem("name"), Some(&Problem::NameTaken));
    world.pipeline_of(world.otto(), "Sales").await;
    let ottos = pipelines::list(&world.backend, &world.otto().access).await.unwrap();
    assert_eq!(ottos.len(), 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_does_not_manage_pipelines_makes_none_and_there_is_a_most(pool: PgPool) {
    let world = World::new(pool).await;
    let refused = pipelines::create(&world.backend, &world.uma().access, &named("Mine")).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(Permission::OpportunitiesManagePipelines));
    let olive = &world.olive().access;
    for number in 0..PIPELINES_MAX {
        pipelines::create(&world.backend, olive, &named(&format!("Pipeline {number}"))).await.unwrap();
    }
    let one_more = pipelines::create(&world.backend, olive, &named("One more")).await;
    assert!(matches!(refusal(one_more), Refusal::LimitReached { max: PIPELINES_MAX, .. }));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_pipeline_is_renamed_and_no_rename_is_overwritten_unnoticed(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await;
    world.pipeline("Hiring").await;
    let after = pipelines::rename(backend, olive, sales.id, 1, "Deals").await.unwrap();
    assert_eq!((after.name.as_str(), after.version), ("Deals", 2));
    assert_eq!(world.last_told().await, "Olive Tester renamed the pipeline “Sales” to “Deals”");
    let count = world.log(world.acme).await.len();
    pipelines::rename(backend, olive, sales.id, 1, "Deals").await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "the same again is harmless");
    let stale = pipelines::rename(backend, olive, sales.id, 1, "Leads").await;
    assert_eq!(refusal(stale), Refusal::ChangedMeanwhile);
    let taken = pipelines::rename(backend, olive, sales.id, 2, "hiring").await;
    assert_eq!(refusal(taken).problem("name"), Some(&Problem::NameTaken));
    let by_otto = pipelines::rename(backend, &world.otto().access, sales.id, 2, "Mine").await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
    let by_uma = pipelines::rename(backend, &world.uma().access, sales.id, 2, "Mine").await;
    assert_eq!(refusal(by_uma), Refusal::PermissionMissing(Permission::OpportunitiesManagePipelines));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn pipelines_stand_in_the_order_they_are_put_in(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let mut made = vec![];
    for name in ["A", "B", "C"] {
        made.push(world.pipeline(name).await);
    }
    let order = async || -> String {
        let rows = pipelines::list(backend, olive).await.unwrap();
        rows.into_iter().map(|row| row.pipeline.name).collect()
    };
    pipelines::reorder(backend, olive, made[2].id, 0).await.unwrap();
    assert_eq!(order().await, "CAB");
    assert_eq!(world.last_told().await, "Olive Tester moved the pipeline “C” to place 1");
    let count = world.log(world.acme).await.len();
    pipelines::reorder(backend, olive, made[2].id, 0).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "it stands there already");
    pipelines::reorder(backend, olive, made[2].id, 99).await.unwrap();
    assert_eq!(order().await, "ABC");
    assert_eq!(world.last_told().await, "Olive Tester moved the pipeline “C” to place 3");
    let by_otto = pipelines::reorder(backend, &world.otto().access, made[0].id, 1).await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
    let by_uma = pipelines::reorder(backend, &world.uma().access, made[0].id, 1).await;
    assert_eq!(refusal(by_uma), Refusal::PermissionMissing(Permission::OpportunitiesManagePipelines));
}

/// Whoever lost the permission while a request was on its way does not get through.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn rights_lost_meanwhile_do_not_count(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await;
    let set = super::world::LEAD.with(Permission::OpportunitiesManagePipelines);
    let (uma, _) = world.let_in(world.uma(), &sales, set).await;
    pipelines::rename(&world.backend, &uma, sales.id, 1, "Deals").await.unwrap();
    world.take_profile(world.uma()).await;
    let refused = pipelines::rename(&world.backend, &uma, sales.id, 2, "Leads").await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(Permission::OpportunitiesManagePipelines));
}
