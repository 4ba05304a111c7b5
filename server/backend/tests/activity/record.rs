use backend::{account::change_account, activity};
use domain::activity::Event;
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::record;
use crate::support::World;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_action_and_its_row_stand_or_fall_together(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    change_account(&world.backend, olive, "Acme Two", "America/Denver", "US").await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), 1);
    // The log refuses the row: the change must not stay either.
    sqlx::query("alter table activity add constraint full_up check (number < 2)")
        .execute(&world.root)
        .await
        .unwrap();
    let failed = change_account(&world.backend, olive, "Acme Three", "America/Denver", "US").await;
    assert!(failed.is_err_and(|error| error.refusal().is_none()));
    assert_eq!(world.count("select count(*) from account where name = 'Acme Two'").await, 1);
    assert_eq!(world.log(world.acme).await.len(), 1);
    // An action that is given up leaves no row.
    sqlx::query("alter table activity drop constraint full_up").execute(&world.root).await.unwrap();
    let mut tx = world.backend.db.tenant(world.acme).await.unwrap();
    activity::record(&mut tx, olive, world.now(), &Event::SignedOut).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_application_can_neither_change_nor_delete_a_row(pool: PgPool) {
    let world = World::new(pool).await;
    record(&world.backend, &world.olive().access, &Event::SignedOut).await;
    let attempts = [
        "update activity set actor_name = 'Nobody'",
        "delete from activity",
        "truncate activity",
        "delete from activity_head",
        "alter table activity disable row level security",
    ];
    for attempt in attempts {
        let mut tx = world.backend.db.tenant(world.acme).await.unwrap();
        let refused = sqlx::query(attempt).execute(&mut *tx).await.unwrap_err();
        let code = refused.as_database_error().and_then(|error| error.code().map(|code| code.into_owned()));
        assert_eq!(code.as_deref(), Some("42501"), "{attempt}: {refused}");
    }
    assert_eq!(world.log(world.acme).await, ["Olive Tester signed out"]);
    println!("{} attempts refused", attempts.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn writers_at_the_same_time_keep_one_chain_without_gaps(pool: PgPool) {
    let world = World::new(pool).await;
    let mut writers = JoinSet::new();
    for writer in 0..20 {
        let (backend, access) = (world.backend.clone(), world.olive().access.clone());
        writers.spawn(async move {
            for count in 0..5 {
                record(&backend, &access, &Event::SessionsEnded { count: writer * 5 + count }).await;
            }
        });
    }
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
    let verification = activity::verify(&world.backend, &world.olive().access).await.unwrap();
    assert_eq!((verification.rows, verification.first_break), (100, None));
    assert_eq!(
        world.count("select count(distinct event ->> 'count') from activity where area = 'identity'").await,
        100
    );
    println!("20 writers, 100 rows, 1 chain");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn accounts_do_not_wait_for_each_other(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, otto) = (&world.olive().access, &world.otto().access);
    let mut open = world.backend.db.tenant(world.acme).await.unwrap();
    activity::record(&mut open, olive, world.now(), &Event::SignedOut).await.unwrap();
    let soon = std::time::Duration::from_secs(3);
    tokio::time::timeout(soon, record(&world.backend, otto, &Event::SignedOut)).await.expect("no waiting");
    open.commit().await.unwrap();
}
