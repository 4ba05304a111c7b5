//! A visitor who hangs up cancels whatever runs; sqlx then hands a connection back with its transaction still open
//! (RELIABILITY.md, proof 1). The next borrower must not notice.

use std::{
    future::{Future, pending, poll_fn},
    pin::pin,
    task::Poll,
    time::Duration,
};

use backend::Db;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, postgres::PgPoolOptions};
use uuid::Uuid;

use crate::support::World;

const ROUNDS: u64 = 120;
/// Taking a connection, beginning and writing pause about this often; some of the stops lie inside `begin`.
const STOPS: u64 = 8;

/// Drops `work` at its `stops`-th pause, with the database's answer on the way; at the latest after 30 ms.
async fn hang_up(work: impl Future<Output = ()>, stops: u64) {
    let mut work = pin!(work);
    let mut polled = 0;
    let cut_short = poll_fn(|context| {
        if polled == stops {
            return Poll::Ready(());
        }
        polled += 1;
        work.as_mut().poll(context)
    });
    drop(tokio::time::timeout(Duration::from_millis(30), cut_short).await);
}

/// A request that writes and never gets to its commit.
async fn request(db: &Db, account: Uuid) {
    let mut tx = db.tenant(account.into()).await.unwrap();
    sqlx::query("update member set phone = 'lost'").execute(&mut *tx).await.unwrap();
    pending::<()>().await;
}

/// What the next borrower finds: somebody else's account, or somebody else's unfinished write.
async fn leak(connection: &mut PgConnection) -> Option<String> {
    let (account, written): (Option<String>, bool) = sqlx::query_as(
        "select nullif(current_setting('app.account_id', true), ''), pg_current_xact_id_if_assigned() is not null",
    )
    .fetch_one(connection)
    .await
    .unwrap();
    (account.is_some() || written).then(|| format!("account {account:?}, unfinished write: {written}"))
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nothing_passes_from_one_borrower_to_the_next(pool: PgPool) {
    let world = World::new(pool).await;
    let mut found = Vec::new();
    for connections in [1, 2] {
        let options = world.root.connect_options().as_ref().clone().username("steward_web");
        let db = Db::with_options(options, connections);
        db.ping().await.unwrap();
        for round in 0..ROUNDS {
            hang_up(request(&db, world.acme.0), round % STOPS).await;
            let mut next = db.begin().await.unwrap();
            found.extend(leak(&mut next).await.map(|leak| format!("round {round}: {leak}")));
            next.commit().await.unwrap();
        }
        db.close().await;
    }
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(world.count("select count(*) from member where phone = 'lost'").await, 0);
    println!("{} requests hung up, 0 leaks", 2 * ROUNDS);
}

/// Shows that the rounds above would find a leak: this very stack has one without the hook.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_pool_without_the_hook_leaks(pool: PgPool) {
    let world = World::new(pool).await;
    let options = world.root.connect_options().as_ref().clone().username("steward_web");
    let bare = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
    drop(bare.acquire().await.unwrap());
    let mut found = 0;
    for _ in 0..ROUNDS {
        let mut connection = bare.acquire().await.unwrap();
        // One poll sends it. The database takes its time, so the answer is still to come when the visitor hangs up.
        let begin =
            format!("BEGIN; SELECT pg_sleep(0.01), set_config('app.account_id', '{}', true)", world.acme);
        let mut begun = Box::pin(connection.begin_with(AssertSqlSafe(begin)));
        poll_fn(|context| Poll::Ready(begun.as_mut().poll(context).is_ready())).await;
        drop(begun);
        drop(connection);
        found += u64::from(leak(&mut bare.acquire().await.unwrap()).await.is_some());
    }
    assert!(found > 0, "sqlx has learned to clean up; the hook in Db::with_options may go");
    println!("{found} leaks in {ROUNDS} rounds without the hook");
}

/// Also what was set for the whole session is gone.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_transaction_dropped_half_way_leaves_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let options = world.root.connect_options().as_ref().clone().username("steward_web");
    let db = Db::with_options(options, 1);
    for round in 0..ROUNDS {
        let mut tx = db.tenant(Uuid::from_u128(u128::from(round) + 1).into()).await.unwrap();
        sqlx::query("set statement_timeout = '7s'").execute(&mut *tx).await.unwrap();
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        let (account, timeout): (Option<String>, String) = sqlx::query_as(
            "select nullif(current_setting('app.account_id', true), ''), current_setting('statement_timeout')",
        )
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        assert_eq!((account, timeout.as_str()), (None, "0"), "round {round}");
        tx.commit().await.unwrap();
    }
    println!("{ROUNDS} transactions dropped, 0 leaks");
}
