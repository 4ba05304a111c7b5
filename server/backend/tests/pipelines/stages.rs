use backend::pipelines;
use domain::{
    Permission, Problem, Refusal,
    pipelines::{STAGES_MAX, StageColour, StageForm},
};
use sqlx::PgPool;

use super::world::Made;
use crate::support::{World, refusal};

fn stage(name: &str, colour: StageColour) -> StageForm {
    StageForm { name: name.into(), colour: colour.key().into() }
}

async fn order(world: &World, pipeline: &Made) -> Vec<String> {
    world.shown(pipeline).await.stages.into_iter().map(|row| row.stage.name).collect()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_stage_is_added_changed_and_moved(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await;
    let form = stage("Visited", StageColour::Teal);
    let visited = pipelines::add_stage(backend, olive, sales.id, &form).await.unwrap();
    assert_eq!(order(&world, &sales).await, ["New", "Contacted", "Won", "Lost", "Visited"]);
    assert_eq!(world.last_told().await, "Olive Tester added the stage “Visited” to the pipeline “Sales”");

    pipelines::move_stage(backend, olive, sales.id, visited.id, 2).await.unwrap();
    assert_eq!(order(&world, &sales).await, ["New", "Contacted", "Visited", "Won", "Lost"]);
    let told = "Olive Tester moved the stage “Visited” of the pipeline “Sales” to place 3";
    assert_eq!(world.last_told().await, told);

    let red = stage("Met", StageColour::Red);
    let met = pipelines::change_stage(backend, olive, sales.id, visited.id, 1, &red).await.unwrap();
    assert_eq!((met.name.as_str(), met.colour, met.version), ("Met", StageColour::Red, 2));
    let told = "Olive Tester changed the stage “Visited” of the pipeline “Sales”: name from “Visited” to “Met”; colour \
                from “Teal” to “Red”";
    assert_eq!(world.last_told().await, told);

    let count = world.log(world.acme).await.len();
    pipelines::change_stage(backend, olive, sales.id, visited.id, 1, &red).await.unwrap();
    pipelines::move_stage(backend, olive, sales.id, visited.id, 2).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "the same again is harmless");
    let stale = stage("Seen", StageColour::Red);
    let stale = pipelines::change_stage(backend, olive, sales.id, visited.id, 1, &stale).await;
    assert_eq!(refusal(stale), Refusal::ChangedMeanwhile);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn names_are_unique_in_a_pipeline_and_there_is_a_most(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let (sales, hiring) = (world.pipeline("Sales").await, world.pipeline("Hiring").await);
    let won = stage("won", StageColour::Grey);
    let added = pipelines::add_stage(backend, olive, sales.id, &won).await;
    assert_eq!(refusal(added).problem("name"), Some(&Problem::NameTaken));
    let changed = pipelines::change_stage(backend, olive, sales.id, sales.stages[0], 1, &won).await;
    assert_eq!(refusal(changed).problem("name"), Some(&Problem::NameTaken));
    let nameless = pipelines::add_stage(backend, olive, sales.id, &StageForm::default()).await;
    let nameless = refusal(nameless);
    assert!(nameless.problem("name").is_some() && nameless.problem("colour").is_some());
    for number in 4..STAGES_MAX {
        let form = stage(&format!("Stage {number}"), StageColour::Grey);
        pipelines::add_stage(backend, olive, hiring.id, &form).await.unwrap();
    }
    let one_more = pipelines::add_stage(backend, olive, hiring.id, &stage("More", StageColour::Grey)).await;
    assert!(matches!(refusal(one_more), Refusal::LimitReached { max: STAGES_MAX, .. }));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_stage_goes_with_a_target_for_what_stands_there_and_the_last_one_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let (sales, other) = (world.pipeline("Sales").await, world.pipeline("Other").await);
    let [new, contacted, won, lost] = sales.stages[..] else { panic!("four stages") };
    for name in ["New roof", "New door"] {
        world.opportunity(&sales, name, "", None).await;
    }
    let needed = pipelines::delete_stage(backend, olive, sales.id, new, None).await;
    assert_eq!(refusal(needed), Refusal::TargetNeeded);
    for wrong in [new, other.stages[0]] {
        let wrong = pipelines::delete_stage(backend, olive, sales.id, new, Some(wrong)).await;
        assert_eq!(refusal(wrong).problem("target"), Some(&Problem::InvalidChoice));
    }
    pipelines::delete_stage(backend, olive, sales.id, new, Some(won)).await.unwrap();
    let told =
        "Olive Tester deleted the stage “New” of the pipeline “Sales”; its 2 opportunities are in “Won” now";
    assert_eq!(world.last_told().await, told);
    let again = pipelines::delete_stage(backend, olive, sales.id, new, Some(won)).await;
    assert_eq!(refusal(again), Refusal::NotFound);
    let counts: Vec<_> = world.shown(&sales).await.stages.iter().map(|row| row.opportunities).collect();
    assert_eq!(counts, [0, 2, 0]);
    for empty in [contacted, lost] {
        pipelines::delete_stage(backend, olive, sales.id, empty, None).await.unwrap();
    }
    let last = pipelines::delete_stage(backend, olive, sales.id, won, None).await;
    assert_eq!(refusal(last), Refusal::LastStage);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_else_touches_stages_and_no_stage_is_reached_through_another_pipeline(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let (sales, other) = (world.pipeline("Sales").await, world.pipeline("Other").await);
    let form = stage("Mine", StageColour::Grey);
    for (access, pipeline, expected) in [
        (&world.otto().access, sales.id, Refusal::NotFound),
        (&world.uma().access, sales.id, Refusal::PermissionMissing(Permission::OpportunitiesManagePipelines)),
        (olive, other.id, Refusal::NotFound),
    ] {
        let stage = sales.stages[0];
        if access.account() != world.acme || access.member_id() != olive.member_id() {
            assert_eq!(refusal(pipelines::add_stage(backend, access, pipeline, &form).await), expected);
        }
        let changed = pipelines::change_stage(backend, access, pipeline, stage, 1, &form).await;
        assert_eq!(refusal(changed), expected);
        assert_eq!(refusal(pipelines::move_stage(backend, access, pipeline, stage, 2).await), expected);
        assert_eq!(refusal(pipelines::delete_stage(backend, access, pipeline, stage, None).await), expected);
    }
    assert_eq!(order(&world, &sales).await, ["New", "Contacted", "Won", "Lost"]);
}
