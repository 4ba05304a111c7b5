//! What open pages are told. Two servers on one database: the notices of one reach the other.

use std::time::Duration;

use backend::{
    Live, identity,
    live::{Notice, Subscription},
    permissions::{self, Switch},
    staff,
};
use domain::{Permission, PermissionSet};
use sqlx::PgPool;

use crate::support::World;

/// A second server process, as far as the database can tell, once it hears.
async fn other_server(world: &World) -> Subscription {
    let live = Live::default();
    let mut told = live.subscribe();
    tokio::spawn(live.listen(world.backend.db.clone()));
    assert_eq!(told.next().await, Notice::Missed, "whatever happened before it heard");
    told
}

/// The next notice, within the promised second.
async fn next(told: &mut Subscription) -> Notice {
    tokio::time::timeout(Duration::from_secs(1), told.next()).await.expect("a notice within a second")
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn another_server_hears_of_profiles_people_and_sessions_within_a_second(pool: PgPool) {
    let world = World::new(pool).await;
    let team = world.profile("Team", PermissionSet::EMPTY).await;
    let mut told = other_server(&world).await;
    let (olive, uma) = (&world.olive().access, world.uma());

    let view = Switch::One(Permission::ContactsView);
    permissions::switch(&world.backend, olive, team.id, 1, view, true).await.unwrap();
    assert_eq!(next(&mut told).await, Notice::Profile { account: world.acme, profile: team.id });

    permissions::assign(&world.backend, olive, team.id, &[uma.member_id]).await.unwrap();
    assert_eq!(next(&mut told).await, Notice::Holders { account: world.acme, profile: team.id });
    assert_eq!(next(&mut told).await, Notice::Member { account: world.acme, member: uma.member_id });

    identity::sign_out(&world.backend, &uma.signed, Some(&uma.access)).await.unwrap();
    assert_eq!(next(&mut told).await, Notice::Session { session: uma.signed.session_id });

    let max = world.max();
    staff::deactivate(&world.backend, olive, max.member_id).await.unwrap();
    assert_eq!(next(&mut told).await, Notice::Member { account: world.acme, member: max.member_id });
    assert_eq!(next(&mut told).await, Notice::Session { session: max.signed.session_id });
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_was_not_committed_is_not_told(pool: PgPool) {
    let world = World::new(pool).await;
    let mut told = other_server(&world).await;
    let mut tx = world.root.begin().await.unwrap();
    sqlx::query("update member set role = 'admin' where id = $1")
        .bind(world.uma().member_id.0)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.rollback().await.unwrap();
    let team = world.profile("Team", PermissionSet::EMPTY).await;
    assert_eq!(next(&mut told).await, Notice::Profile { account: world.acme, profile: team.id });
}

/// To be told something is no use of a session.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_open_page_keeps_no_session_alive(pool: PgPool) {
    let world = World::new(pool).await;
    let token = &world.uma().session_token;
    for _ in 0..3 {
        world.advance(chrono::Duration::hours(5));
        let _ = identity::authenticate_again(&world.backend, token).await.unwrap();
    }
    assert!(
        identity::authenticate_again(&world.backend, token).await.unwrap().is_none(),
        "idle for 15 hours"
    );
}
