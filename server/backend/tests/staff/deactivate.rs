use backend::staff;
use domain::{MemberId, Permission, Refusal, Role, staff::MemberState};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_deactivated_is_signed_out_of_this_account_with_the_next_request(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma();
    let second_browser = world.session(uma.login_id, world.acme).await;
    world.join(uma.login_id, Uuid::from_u128(77).into(), world.others, "Uma", Role::User).await;
    let elsewhere = world.session(uma.login_id, world.others).await;

    staff::deactivate(&world.backend, &world.olive().access, uma.member_id).await.unwrap();

    for token in [&uma.session_token, &second_browser] {
        assert!(world.signed_in(token).await.is_none(), "sessions in this account have ended");
    }
    let elsewhere = world.signed_in(&elsewhere).await.expect("sessions in other accounts go on");
    assert_eq!(elsewhere.access.unwrap().account(), world.others);
    assert_eq!(world.log(world.acme).await, ["Olive Tester deactivated Uma Tester"]);

    let again = world.session(uma.login_id, world.acme).await;
    let access = world.signed_in(&again).await.and_then(|signed_in| signed_in.access);
    assert!(
        access.is_none_or(|access| access.account() != world.acme),
        "signing in again does not let them in"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn repeated_it_changes_and_tells_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma().member_id;
    for _ in 0..3 {
        staff::deactivate(&world.backend, &world.olive().access, uma).await.unwrap();
    }
    let details = staff::member(&world.backend, &world.olive().access, uma).await.unwrap();
    assert_eq!((details.state, details.version), (MemberState::Deactivated, 2));
    assert_eq!(world.log(world.acme).await.len(), 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_deactivates_themselves_and_a_user_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, max) = (world.olive(), world.max());
    let own = staff::deactivate(&world.backend, &olive.access, olive.member_id).await;
    assert_eq!(refusal(own), Refusal::NotToYourself);
    for target in [world.uma(), olive] {
        let refused = refusal(staff::deactivate(&world.backend, &max.access, target.member_id).await);
        assert_eq!(refused, Refusal::PermissionMissing(Permission::SettingsEditStaff));
        assert!(world.access_again(target).await.is_some());
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_shut_out_meanwhile_shuts_nobody_out(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    staff::deactivate(&world.backend, &world.olive().access, ada.member_id).await.unwrap();
    let back = staff::deactivate(&world.backend, &ada.access, world.olive().member_id).await;
    assert_eq!(refusal(back), Refusal::SignInNeeded);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_of_another_account_and_nobody_gone(pool: PgPool) {
    let world = World::new(pool).await;
    let absent: MemberId = Uuid::from_u128(1).into();
    for id in [world.otto().member_id, absent] {
        let answer = staff::deactivate(&world.backend, &world.olive().access, id).await;
        assert_eq!(refusal(answer), Refusal::NotFound);
    }
    assert!(world.access_again(world.otto()).await.is_some());
    staff::remove(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    let gone = staff::deactivate(&world.backend, &world.olive().access, world.uma().member_id).await;
    assert_eq!(refusal(gone), Refusal::NotActive);
}
