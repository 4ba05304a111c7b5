use std::time::Duration;

use backend::pipelines::{self, Target, opportunities};
use domain::{Refusal, pipelines::StageForm};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::world::{Made, form};
use crate::support::World;

/// Every act either happens or is refused by a rule.
async fn refusals<T: Send + 'static>(mut acts: JoinSet<backend::Result<T>>) -> Vec<Refusal> {
    let mut refused = Vec::new();
    while let Some(act) = acts.join_next().await {
        if let Err(error) = act.unwrap() {
            refused.push(error.refusal().unwrap_or_else(|| panic!("{error}")).clone());
        }
    }
    refused
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_many_moves_at_once_the_last_one_holds_and_each_is_told_once(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await;
    let roof = world.opportunity(&sales, "New roof", "", None).await;
    let told_before = world.log(world.acme).await.len();
    let mut acts = JoinSet::new();
    for n in 0..40 {
        let (backend, access, stage) =
            (world.backend.clone(), world.olive().access.clone(), sales.stages[n % sales.stages.len()]);
        acts.spawn(async move { opportunities::move_to(&backend, &access, roof, stage).await });
    }
    assert_eq!(refusals(acts).await, []);
    let log = world.log(world.acme).await;
    let moves = &log[told_before..];
    let stage = world.found(roof).await.stage.name;
    assert!(moves.last().unwrap().ends_with(&format!("to “{stage}”")), "{moves:#?}");
    let mut at = "New".to_owned();
    for line in moves {
        let (from, to) = line.split_once(" from “").unwrap().1.split_once("” to “").unwrap();
        assert_eq!(from, at, "each move begins where the one before ended");
        at = to.trim_end_matches('”').to_owned();
    }
    println!("40 moves at once, {} of them to another stage", moves.len());
}

/// Moves into a stage, new opportunities in it, and its end: all at once, over and over. Nothing is lost, nothing hangs.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_stage_is_deleted_while_others_move_into_it(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let sales = world.pipeline("Sales").await;
    let mut standing = Vec::new();
    for n in 0..12 {
        standing.push(world.opportunity(&sales, &format!("Deal {n}"), "", None).await);
    }
    let (mut made, mut too_late) = (12, 0);
    for round in 0..10 {
        let typed = StageForm { name: format!("Round {round}"), colour: "grey".into() };
        let doomed = pipelines::add_stage(&world.backend, olive, sales.id, &typed).await.unwrap().id;
        let mut acts = JoinSet::new();
        for (n, id) in standing.clone().into_iter().enumerate() {
            let (backend, access, back) = (world.backend.clone(), olive.clone(), sales.stages[0]);
            acts.spawn(async move {
                opportunities::move_to(&backend, &access, id, doomed).await?;
                if n >= 3 {
                    return Ok(());
                }
                // Some go to and fro until the stage is gone.
                loop {
                    opportunities::move_to(&backend, &access, id, back).await?;
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    opportunities::move_to(&backend, &access, id, doomed).await?;
                }
            });
        }
        let (backend, access) = (world.backend.clone(), olive.clone());
        let (target, id) = (sales.stages[1], sales.id);
        acts.spawn(async move { pipelines::delete_stage(&backend, &access, id, doomed, Some(target)).await });
        for n in 0..3 {
            let (backend, access, id) = (world.backend.clone(), olive.clone(), sales.id);
            acts.spawn(async move {
                let typed = form(&format!("Late {round}.{n}"), "", None);
                opportunities::create(&backend, &access, id, doomed, &typed).await.map(drop)
            });
        }
        let refused = refusals(acts).await;
        assert!(refused.iter().all(|refusal| *refusal == Refusal::NotFound), "{refused:?}");
        too_late += refused.len();
        made += 3;
    }
    let there = world.count("select count(*) from opportunity").await;
    assert!(there <= made && there >= 12, "{there}");
    let lost = "select count(*) from opportunity o where not exists (
                    select from pipeline_stage s where s.id = o.stage_id and s.pipeline_id = o.pipeline_id)";
    assert_eq!(world.count(lost).await, 0);
    assert_eq!(world.shown(&sales).await.stages.len(), 4);
    assert!(too_late >= 30, "{too_late} came after the end");
    println!("10 stages deleted under moves and new opportunities, {too_late} of which came too late");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_pipeline_is_deleted_while_others_put_things_into_it(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let kept = world.pipeline("Kept").await;
    for round in 0..6 {
        let doomed: Made = world.pipeline(&format!("Doomed {round}")).await;
        world.opportunity(&doomed, "First", "", None).await;
        let mut acts = JoinSet::new();
        for n in 0..8 {
            let (backend, access, id, stage) =
                (world.backend.clone(), olive.clone(), doomed.id, doomed.stages[n % 4]);
            acts.spawn(async move {
                opportunities::create(&backend, &access, id, stage, &form("Late", "", None)).await.map(drop)
            });
        }
        let (backend, access, id) = (world.backend.clone(), olive.clone(), doomed.id);
        let target = Some(Target { pipeline: kept.id, stage: kept.stages[0] });
        acts.spawn(async move { pipelines::delete(&backend, &access, id, target).await });
        let refused = refusals(acts).await;
        assert!(refused.iter().all(|refusal| *refusal == Refusal::NotFound), "{refused:?}");
    }
    let elsewhere = "select count(*) from opportunity where pipeline_id not in (select id from pipeline where name = 'Kept')";
    assert_eq!(world.count(elsewhere).await, 0);
    assert!(world.count("select count(*) from opportunity").await >= 6);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn stages_put_in_order_by_many_at_once_stand_in_some_order_and_none_is_lost(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await;
    let mut acts = JoinSet::new();
    for n in 0..24_usize {
        let (backend, access, id) = (world.backend.clone(), world.olive().access.clone(), sales.id);
        let (stage, place) = (sales.stages[n % 4], u32::try_from(n * 7 % 4).unwrap());
        acts.spawn(async move { pipelines::move_stage(&backend, &access, id, stage, place).await });
    }
    assert_eq!(refusals(acts).await, []);
    let mut now: Vec<_> = world.shown(&sales).await.stages.into_iter().map(|row| row.stage.id).collect();
    let places = world.count("select count(distinct position) from pipeline_stage").await;
    now.sort_unstable();
    let mut expected = sales.stages.clone();
    expected.sort_unstable();
    assert_eq!((now, places), (expected, 4));
}
