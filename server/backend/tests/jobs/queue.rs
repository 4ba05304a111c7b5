use backend::{
    Backend, Result,
    jobs::{self, Job},
    mail::SendError,
    staff,
};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;

use crate::{staff::invited::form, support::World};

/// Not in the registry: a job of a newer version, say.
#[derive(Serialize, Deserialize)]
struct Unheard;

impl Job for Unheard {
    const NAME: &'static str = "test/unheard-of";
    async fn run(&self, _: &Backend) -> Result<()> {
        Ok(())
    }
}

async fn invite(world: &World, email: &str) {
    staff::invite(&world.backend, &world.olive().access, &form(email, "user")).await.unwrap();
}

async fn due(world: &World) -> Vec<(i32, DateTime<Utc>)> {
    sqlx::query_as("select attempts, run_at from job order by id").fetch_all(&world.root).await.unwrap()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_job_exists_only_with_the_transaction_that_wanted_it(pool: PgPool) {
    let world = World::new(pool).await;
    let mut tx = world.backend.db.begin().await.unwrap();
    jobs::enqueue(&mut tx, world.now(), &Unheard).await.unwrap();
    drop(tx);
    assert_eq!(world.count("select count(*) from job").await, 0);
    let mut tx = world.backend.db.begin().await.unwrap();
    jobs::enqueue(&mut tx, world.now(), &Unheard).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.count("select count(*) from job").await, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_failure_is_stored_with_the_time_of_the_next_attempt(pool: PgPool) {
    let world = World::new(pool).await;
    invite(&world, "nora@example.com").await;
    world.mailbox.refuse(Some(SendError::Transient("away".into())));
    for (attempt, pause) in [(1, 5), (2, 10), (3, 20), (4, 40)] {
        let before = world.now();
        assert_eq!(jobs::run_due(&world.backend).await.unwrap(), 1, "attempt {attempt}");
        let [(attempts, run_at)] = due(&world).await[..] else { panic!("one job") };
        assert_eq!(attempts, attempt);
        let waits = run_at - before;
        assert!((pause..pause + 5).contains(&waits.num_seconds()), "attempt {attempt} waits {waits}");
        assert_eq!(jobs::run_due(&world.backend).await.unwrap(), 0, "not before its time");
        world.advance(Duration::seconds(pause + 5));
    }
    world.mailbox.refuse(None);
    assert_eq!(jobs::run_due(&world.backend).await.unwrap(), 1);
    assert_eq!((due(&world).await.len(), world.mailbox.sent().len()), (0, 1));
}

/// A killed worker leaves its lease behind, which is real time: half a minute later somebody else takes the job up.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_job_of_a_killed_worker_is_taken_up_when_its_lease_is_over(pool: PgPool) {
    let world = World::new(pool).await;
    invite(&world, "nora@example.com").await;
    let lease = |seconds: i32| {
        let (root, sql) = (
            &world.root,
            "update job set attempts = 1, leased_until = clock_timestamp() + make_interval(secs => $1)",
        );
        async move { sqlx::query(sql).bind(f64::from(seconds)).execute(root).await.unwrap() }
    };
    lease(30).await;
    assert_eq!(jobs::run_due(&world.backend).await.unwrap(), 0, "somebody may still be at it");
    lease(-1).await;
    assert_eq!(jobs::run_due(&world.backend).await.unwrap(), 1);
    assert_eq!(world.mailbox.sent().len(), 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn two_workers_do_each_job_once(pool: PgPool) {
    const JOBS: usize = 40;
    let world = World::new(pool).await;
    for number in 0..JOBS {
        invite(&world, &format!("nora{number}@example.com")).await;
    }
    let (one, other) = tokio::join!(jobs::run_due(&world.backend), jobs::run_due(&world.backend));
    assert_eq!(one.unwrap() + other.unwrap(), JOBS);
    let mut receivers: Vec<_> = world.mailbox.sent().into_iter().map(|mail| mail.to.to_string()).collect();
    receivers.sort();
    receivers.dedup();
    assert_eq!((receivers.len(), world.mailbox.sent().len()), (JOBS, JOBS));
    println!("{JOBS} jobs by two workers, each once");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_unknown_job_waits_for_the_operator(pool: PgPool) {
    let world = World::new(pool).await;
    let mut tx = world.backend.db.begin().await.unwrap();
    let id = jobs::enqueue(&mut tx, world.now(), &Unheard).await.unwrap();
    tx.commit().await.unwrap();
    // A newer version may still take it up, during a roll-out.
    jobs::run_due(&world.backend).await.unwrap();
    assert!(backend::operator::given_up_jobs(&world.backend).await.unwrap().is_empty());
    for _ in 1..12 {
        world.advance(Duration::hours(1));
        jobs::run_due(&world.backend).await.unwrap();
    }
    let given_up = backend::operator::given_up_jobs(&world.backend).await.unwrap();
    let [job] = &given_up[..] else { panic!("{given_up:?}") };
    assert_eq!(job.id, id);
    assert!(job.reason.contains(Unheard::NAME), "{}", job.reason);
}
