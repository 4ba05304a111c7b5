use backend::staff;
use chrono::Duration;
use domain::{Refusal, Role};
use sqlx::PgPool;

use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn everybody_may_leave_and_is_out_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma();
    for _ in 0..2 {
        staff::leave(&world.backend, &uma.access).await.unwrap();
    }
    assert!(world.signed_in(&uma.session_token).await.is_none());
    assert_eq!(world.log(world.acme).await, ["Uma Tester left the account (uma@example.com)"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_last_admin_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    assert_eq!(refusal(staff::leave(&world.backend, &olive.access).await), Refusal::LastAdmin);
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    staff::deactivate(&world.backend, &olive.access, ada.member_id).await.unwrap();
    let still = staff::leave(&world.backend, &olive.access).await;
    assert_eq!(refusal(still), Refusal::LastAdmin, "a deactivated Admin is none");
    staff::reactivate(&world.backend, &olive.access, ada.member_id).await.unwrap();
    staff::leave(&world.backend, &olive.access).await.unwrap();
    assert!(world.access_again(olive).await.is_none());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn leaving_asks_for_a_fresh_proof(pool: PgPool) {
    let world = World::new(pool).await;
    world.advance(Duration::minutes(16));
    let stale = world.access_again(world.uma()).await.unwrap();
    assert_eq!(refusal(staff::leave(&world.backend, &stale).await), Refusal::FreshProofNeeded);
    assert!(world.access_again(world.uma()).await.is_some());
}
