use backend::staff;
use domain::{MemberId, Refusal, Role, staff::MemberState};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn everybody_who_sees_staff_sees_a_members_details(pool: PgPool) {
    let world = World::new(pool).await;
    for viewer in [world.olive(), world.max(), world.uma()] {
        let details = staff::member(&world.backend, &viewer.access, world.uma().member_id).await.unwrap();
        assert_eq!(details.name.full(), "Uma Tester");
        assert_eq!((details.email, details.assignment.role), (world.uma().email.clone(), Role::User));
        assert_eq!((details.state, details.version, details.photo_version), (MemberState::Active, 1, None));
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_of_another_account_is_like_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let absent: MemberId = Uuid::from_u128(1).into();
    for id in [world.otto().member_id, absent] {
        let answer = staff::member(&world.backend, &world.olive().access, id).await;
        assert_eq!(refusal(answer), Refusal::NotFound);
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_removed_is_still_found_under_their_name(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma().member_id;
    staff::remove(&world.backend, &world.olive().access, uma).await.unwrap();
    let details = staff::member(&world.backend, &world.olive().access, uma).await.unwrap();
    assert_eq!((details.name.full().as_str(), details.state), ("Uma Tester", MemberState::Removed));
}
