use backend::staff;
use domain::{MemberId, Refusal, Role};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_sees_and_ends_the_sessions_of_this_account_only(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (world.olive(), world.uma());
    let second = world.session(uma.login_id, world.acme).await;
    world.join(uma.login_id, Uuid::from_u128(77).into(), world.others, "Uma", Role::User).await;
    let elsewhere = world.session(uma.login_id, world.others).await;

    let of = async |access, id| staff::member_page(&world.backend, access, id).await.unwrap();
    let page = of(&olive.access, uma.member_id).await;
    let seen = page.sessions.expect("an Admin sees them");
    assert_eq!((page.member.id, seen.len()), (uma.member_id, 2));
    assert_eq!(of(&olive.access, olive.member_id).await.sessions, None, "one's own are in one's profile");
    assert_eq!(of(&world.max().access, uma.member_id).await.sessions, None, "a User sees nobody's");
    assert!(seen.iter().all(|session| session.device == "Chrome on Linux" && !session.is_current));
    assert!(seen.iter().all(|session| session.ip_address == "198.51.100.4"));

    assert_eq!(staff::end_member_sessions(&world.backend, &olive.access, uma.member_id).await.unwrap(), 2);
    for token in [&uma.session_token, &second] {
        assert!(world.signed_in(token).await.is_none());
    }
    assert!(world.signed_in(&elsewhere).await.is_some());
    assert_eq!(staff::end_member_sessions(&world.backend, &olive.access, uma.member_id).await.unwrap(), 0);
    assert_eq!(world.log(world.acme).await, ["Olive Tester ended 2 sessions of Uma Tester"]);

    let again = world.session(uma.login_id, world.acme).await;
    assert!(world.signed_in(&again).await.unwrap().access.is_some(), "they may sign in again");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn ending_them_needs_a_fresh_proof(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive_later().await;
    let refused = staff::end_member_sessions(&world.backend, &olive, world.uma().member_id).await;
    assert_eq!(refusal(refused), Refusal::FreshProofNeeded);
    assert!(world.access_again(world.uma()).await.is_some());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn ones_own_are_ended_in_ones_profile(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let own = staff::end_member_sessions(&world.backend, &olive.access, olive.member_id).await;
    assert_eq!(refusal(own), Refusal::NotToYourself);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_of_another_account(pool: PgPool) {
    let world = World::new(pool).await;
    let absent: MemberId = Uuid::from_u128(1).into();
    for id in [world.otto().member_id, absent] {
        let access = &world.olive().access;
        assert_eq!(refusal(staff::member_page(&world.backend, access, id).await), Refusal::NotFound);
        assert_eq!(refusal(staff::end_member_sessions(&world.backend, access, id).await), Refusal::NotFound);
    }
    assert!(world.access_again(world.otto()).await.is_some());
}
