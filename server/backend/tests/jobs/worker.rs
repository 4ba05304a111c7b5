use std::time::Duration;

use backend::jobs;
use sqlx::PgPool;
use tokio::sync::watch;

use crate::{staff::invited::form, support::World};

/// What a real worker does while it runs, until it is told to stop.
async fn while_working(world: &World, is_done: impl AsyncFn() -> bool) {
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(jobs::work(world.backend.clone(), stopped));
    let waited = tokio::time::timeout(Duration::from_secs(20), async {
        while !is_done().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    waited.await.expect("the worker does its work in time");
    stop.send(true).unwrap();
    worker.await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_worker_does_what_is_due_and_stops_when_told(pool: PgPool) {
    let world = World::new(pool).await;
    let invitation = form("nora@example.com", "user");
    backend::staff::invite(&world.backend, &world.olive().access, &invitation).await.unwrap();
    while_working(&world, async || world.mailbox.sent().len() == 1).await;
    assert_eq!(world.count("select count(*) from job where name = 'send_letter'").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_worker_forgets_sessions_that_are_over(pool: PgPool) {
    let world = World::new(pool).await;
    world.advance(chrono::Duration::days(31));
    assert!(world.count("select count(*) from session").await > 0);
    while_working(&world, async || world.count("select count(*) from session").await == 0).await;
}
