use backend::activity::verify;
use domain::{
    Permission, Refusal,
    activity::{ChainBreak, Event, Verification},
};
use sqlx::{AssertSqlSafe, Executor, PgPool};

use super::record;
use crate::support::{World, refusal};

/// Five rows of Acme, three of the other account.
async fn world_with_rows(pool: PgPool) -> World {
    let world = World::new(pool).await;
    for count in 1..=5 {
        record(&world.backend, &world.olive().access, &Event::SessionsEnded { count }).await;
    }
    for _ in 0..3 {
        record(&world.backend, &world.otto().access, &Event::PasswordChanged).await;
    }
    world
}

async fn keep_a_copy(world: &World) {
    let copy = "create table kept_activity as table activity; create table kept_head as table activity_head";
    world.root.execute(sqlx::raw_sql(copy)).await.unwrap();
}

async fn put_back(world: &World) {
    let back = "truncate activity, activity_head; insert into activity table kept_activity; \
                insert into activity_head table kept_head";
    world.root.execute(sqlx::raw_sql(back)).await.unwrap();
}

/// As a superuser, whom neither grants nor row-level security stop. Acme stands alone in the tables for as long.
async fn tamper(world: &World, sql: &'static str) {
    let mut tx = world.root.begin().await.unwrap();
    // Swapping numbers passes through a state with the same number twice.
    tx.execute("alter table activity drop constraint activity_pkey").await.unwrap();
    tx.execute(AssertSqlSafe(format!("delete from activity where account_id <> '{}'", world.acme)))
        .await
        .unwrap();
    tx.execute(AssertSqlSafe(format!("delete from activity_head where account_id <> '{}'", world.acme)))
        .await
        .unwrap();
    tx.execute(sql).await.unwrap();
    tx.execute("alter table activity add primary key (account_id, number)").await.unwrap();
    tx.commit().await.unwrap();
}

async fn verification(world: &World) -> Verification {
    verify(&world.backend, &world.olive().access).await.unwrap()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_untouched_log_holds_and_the_check_is_recorded(pool: PgPool) {
    let world = world_with_rows(pool).await;
    assert_eq!(verification(&world).await, Verification { rows: 5, first_break: None });
    assert_eq!(verification(&world).await, Verification { rows: 6, first_break: None });
    let last = world.log(world.acme).await.pop().unwrap();
    assert_eq!(last, "Olive Tester verified the activity log: 6 rows, none altered");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_empty_log_holds(pool: PgPool) {
    let world = World::new(pool).await;
    assert_eq!(verification(&world).await, Verification { rows: 0, first_break: None });
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn names_the_first_break_whatever_was_done_to_the_log(pool: PgPool) {
    let world = world_with_rows(pool).await;
    let altered = "The row was altered after it was written.";
    let unlinked = "The row does not follow from the one before it.";
    let cases = [
        ("event", "update activity set event = jsonb_set(event, '{count}', '9') where number = 3", 3, altered),
        ("actor's name", "update activity set actor_name = 'Max Tester' where number = 2", 2, altered),
        ("actor", "update activity set member_id = null where number = 2", 2, altered),
        ("time", "update activity set at = at + interval '1 microsecond' where number = 5", 5, altered),
        ("two rows", "update activity set actor_name = 'X' where number in (2, 4)", 2, altered),
        ("area", "update activity set area = 'staff' where number = 4", 4, "The row is filed under another area or person."),
        (
            "subject",
            "update activity set subject_member_id = member_id where number = 4",
            4,
            "The row is filed under another area or person.",
        ),
        ("first row gone", "delete from activity where number = 1", 1, "The row is missing."),
        ("row gone", "delete from activity where number = 3", 3, "The row is missing."),
        (
            "row gone, the rest moved up",
            "with gone as (delete from activity where number = 3) \
             update activity set number = number - 1 where number > 3",
            3,
            unlinked,
        ),
        ("re-ordered", "update activity set number = 5 - number where number in (2, 3)", 2, unlinked),
        ("end cut off", "delete from activity where number > 3", 4, "The row is missing, and so is everything after it."),
        ("all gone", "delete from activity", 1, "The row is missing, and so is everything after it."),
        (
            "end forged",
            "update activity_head set hash = decode(repeat('ab', 32), 'hex')",
            5,
            "The last row is not the one that was noted as the end.",
        ),
        (
            "row added behind the end",
            "insert into activity select account_id, 6, at, member_id, actor_name, subject_member_id, area, event, hash, hash
             from activity where number = 5",
            6,
            "A row stands after the end that was noted.",
        ),
        ("end forgotten", "delete from activity_head", 1, "A row stands after the end that was noted."),
    ];
    keep_a_copy(&world).await;
    for (what, tampering, number, reason) in cases {
        tamper(&world, tampering).await;
        let found = verification(&world).await;
        let last = world.log(world.acme).await;
        put_back(&world).await;
        let ChainBreak { number: broken, reason: why, .. } = found.first_break.expect(what);
        assert_eq!((broken, why.as_str()), (number, reason), "{what}");
        assert!(found.rows <= number.unsigned_abs(), "{what}: {} good rows", found.rows);
        let expected = format!("a break was found after {} good rows", found.rows);
        let takes_rows = reason != "A row stands after the end that was noted.";
        assert_eq!(last.iter().any(|line| line.ends_with(&expected)), takes_rows, "{what}: {last:?}");
    }
    println!("{} kinds of tampering found", cases.len());
    let otto = verify(&world.backend, &world.otto().access).await.unwrap();
    assert_eq!(otto, Verification { rows: 3, first_break: None });
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn needs_the_permission_to_view_activity(pool: PgPool) {
    let world = world_with_rows(pool).await;
    let refused = refusal(verify(&world.backend, &world.max().access).await);
    assert_eq!(refused, Refusal::PermissionMissing(Permission::SettingsViewActivity));
    assert_eq!(world.log(world.acme).await.len(), 5);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn rows_that_are_added_meanwhile_do_not_disturb(pool: PgPool) {
    let world = world_with_rows(pool).await;
    let (backend, access) = (world.backend.clone(), world.olive().access.clone());
    let writer = tokio::spawn(async move {
        for count in 0..40 {
            record(&backend, &access, &Event::SessionsEnded { count }).await;
        }
    });
    for _ in 0..20 {
        assert_eq!(verification(&world).await.first_break, None);
    }
    writer.await.unwrap();
    assert_eq!(verification(&world).await, Verification { rows: 65, first_break: None });
}
