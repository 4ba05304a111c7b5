use backend::identity;
use chrono::Duration;
use domain::{Refusal, SessionId};
use sqlx::PgPool;
use uuid::Uuid;

use super::{is_alive, sign_in, stranger};
use crate::support::{PASSWORD, World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_list_shows_ones_own_living_sessions_and_marks_this_one(pool: PgPool) {
    let world = World::new(pool).await;
    world.advance(Duration::hours(1));
    sign_in(&world, &stranger(1), "olive@example.com", PASSWORD).await.unwrap();
    let signed = &world.olive().signed;
    let rows = identity::list_sessions(&world.backend, signed).await.unwrap();
    let shown: Vec<_> =
        rows.iter().map(|row| (row.device.as_str(), row.ip_address.as_str(), row.is_current)).collect();
    let expected = [("Chrome on Windows", "198.18.0.1", false), ("Chrome on Linux", "198.51.100.4", true)];
    assert_eq!(shown, expected, "the last used first");
    assert_eq!(identity::list_sessions(&world.backend, &world.max().signed).await.unwrap().len(), 1);
    world.advance(Duration::hours(11));
    assert_eq!(identity::list_sessions(&world.backend, signed).await.unwrap().len(), 1, "the other is idle");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_ended_session_is_dead_at_the_next_request(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let token = world.session(olive.login_id, world.acme).await;
    let id = world.signed_in(&token).await.unwrap().signed.session_id;
    let end = async |id: SessionId| {
        identity::end_session(&world.backend, &olive.signed, Some(&olive.access), id).await
    };
    end(id).await.unwrap();
    assert!(!is_alive(&world, &token).await);
    assert!(is_alive(&world, &olive.session_token).await);
    let others = world.max().signed.session_id;
    for unknown in [id, others, Uuid::from_u128(1).into()] {
        assert_eq!(refusal(end(unknown).await), Refusal::NotFound);
    }
    assert!(is_alive(&world, &world.max().session_token).await);
    assert_eq!(world.log(world.acme).await, ["Olive Tester ended 1 session of their own"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn all_others_end_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let mut others = vec![];
    for _ in 0..3 {
        others.push(world.session(olive.login_id, world.acme).await);
    }
    let end = async || {
        identity::end_other_sessions(&world.backend, &olive.signed, Some(&olive.access)).await.unwrap()
    };
    assert_eq!(end().await, 3);
    for token in &others {
        assert!(!is_alive(&world, token).await);
    }
    assert!(is_alive(&world, &olive.session_token).await);
    assert!(is_alive(&world, &world.max().session_token).await);
    assert_eq!(end().await, 0);
    assert_eq!(world.log(world.acme).await, ["Olive Tester ended 3 sessions of their own"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn signing_out_ends_this_session_and_is_recorded_once(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let elsewhere = world.session(olive.login_id, world.acme).await;
    for _ in 0..2 {
        identity::sign_out(&world.backend, &olive.signed, Some(&olive.access)).await.unwrap();
    }
    assert!(!is_alive(&world, &olive.session_token).await);
    assert!(is_alive(&world, &elsewhere).await);
    assert_eq!(world.log(world.acme).await, ["Olive Tester signed out"]);
}
