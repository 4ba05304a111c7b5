use backend::staff;
use chrono::Duration;
use domain::{MemberId, Permission, Refusal, Role};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_reactivated_signs_in_again_and_has_what_they_had(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma();
    let before = staff::member(&world.backend, &world.olive().access, uma.member_id).await.unwrap();
    staff::deactivate(&world.backend, &world.olive().access, uma.member_id).await.unwrap();
    for _ in 0..2 {
        staff::reactivate(&world.backend, &world.olive().access, uma.member_id).await.unwrap();
    }
    assert!(world.signed_in(&uma.session_token).await.is_none(), "the ended session stays ended");
    let token = world.session(uma.login_id, world.acme).await;
    let access = world.signed_in(&token).await.unwrap().access.unwrap();
    assert_eq!(access.permissions(), Role::User.permissions());
    let mut after = staff::member(&world.backend, &world.olive().access, uma.member_id).await.unwrap();
    assert_eq!(after.version, 3);
    (after.version, after.last_active_at) = (before.version, before.last_active_at);
    assert_eq!(after, before);
    let told = ["Olive Tester deactivated Uma Tester", "Olive Tester reactivated Uma Tester"];
    assert_eq!(world.log(world.acme).await, told, "the second time nothing happened");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_user_reactivates_nobody_and_nobody_themselves(pool: PgPool) {
    let world = World::new(pool).await;
    staff::deactivate(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    let by_user = staff::reactivate(&world.backend, &world.max().access, world.uma().member_id).await;
    assert_eq!(refusal(by_user), Refusal::PermissionMissing(Permission::SettingsEditStaff));
    let own = staff::reactivate(&world.backend, &world.olive().access, world.olive().member_id).await;
    assert_eq!(refusal(own), Refusal::NotToYourself);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn letting_an_admin_in_again_asks_for_a_fresh_proof(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    for id in [ada.member_id, world.uma().member_id] {
        staff::deactivate(&world.backend, &world.olive().access, id).await.unwrap();
    }
    world.advance(Duration::minutes(16));
    let stale = world.access_again(world.olive()).await.unwrap();
    let admin = staff::reactivate(&world.backend, &stale, ada.member_id).await;
    assert_eq!(refusal(admin), Refusal::FreshProofNeeded);
    staff::reactivate(&world.backend, &stale, world.uma().member_id).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_of_another_account_and_nobody_gone(pool: PgPool) {
    let world = World::new(pool).await;
    let absent: MemberId = Uuid::from_u128(1).into();
    for id in [world.otto().member_id, absent] {
        let answer = staff::reactivate(&world.backend, &world.olive().access, id).await;
        assert_eq!(refusal(answer), Refusal::NotFound);
    }
    staff::remove(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    let gone = staff::reactivate(&world.backend, &world.olive().access, world.uma().member_id).await;
    assert_eq!(refusal(gone), Refusal::NotActive);
    assert!(world.access_again(world.uma()).await.is_none());
}
