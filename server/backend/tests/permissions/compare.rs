use backend::{
    permissions::{self, Switch},
    staff,
};
use chrono::Duration;
use domain::{Permission, PermissionSet, Refusal, Role, permissions::PermissionSource};
use sqlx::PgPool;

use crate::support::{World, refusal};

const VIEW: PermissionSet = PermissionSet::of(&[Permission::ContactsView]);

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn profiles_people_and_roles_are_seen_as_of_now_and_as_of_a_past_day(pool: PgPool) {
    let world = World::new(pool).await;
    let team = world.profile("Team", VIEW).await;
    let uma = world.uma();
    world.give(uma, team.id).await;
    let that_day = world.now().date_naive();
    world.advance(Duration::days(3));
    let edit = Switch::One(Permission::ContactsEdit);
    permissions::switch(&world.backend, &world.olive().access, team.id, 1, edit, true).await.unwrap();
    permissions::unassign(&world.backend, &world.olive().access, uma.member_id).await.unwrap();

    let olive = &world.olive().access;
    let seen = async |side, on| permissions::compared(&world.backend, olive, side, on).await.unwrap();
    let profile = PermissionSource::Profile(team.id);
    assert_eq!(seen(profile, None).await.permissions, VIEW.with(Permission::ContactsEdit));
    assert_eq!(seen(profile, Some(that_day)).await.permissions, VIEW);
    let person = PermissionSource::Member(uma.member_id);
    assert_eq!(seen(person, None).await.permissions, Role::User.permissions());
    let then = seen(person, Some(that_day)).await;
    assert_eq!((then.label.as_str(), then.permissions), ("Uma Tester", VIEW), "the profile as it was then");
    assert_eq!(
        seen(PermissionSource::Role(Role::Admin), None).await.permissions,
        PermissionSet::everything()
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_deleted_profile_is_still_known_of_the_past(pool: PgPool) {
    let world = World::new(pool).await;
    let team = world.profile("Team", VIEW).await;
    world.give(world.uma(), team.id).await;
    let that_day = world.now().date_naive();
    world.advance(Duration::days(3));
    let olive = &world.olive().access;
    let to = permissions::Replacement::StandardUser;
    permissions::delete(&world.backend, olive, team.id, to, PermissionSet::everything()).await.unwrap();
    let person = PermissionSource::Member(world.uma().member_id);
    let then = permissions::compared(&world.backend, olive, person, Some(that_day)).await.unwrap();
    assert_eq!(then.permissions, VIEW);
    let now = permissions::compared(&world.backend, olive, PermissionSource::Profile(team.id), None).await;
    assert_eq!(refusal(now), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn users_and_other_accounts_compare_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let team = world.profile("Team", VIEW).await;
    let by_uma =
        permissions::compared(&world.backend, &world.uma().access, PermissionSource::Role(Role::User), None)
            .await;
    assert_eq!(refusal(by_uma), Refusal::PermissionMissing(Permission::SettingsManageProfiles));
    for side in [PermissionSource::Profile(team.id), PermissionSource::Member(world.uma().member_id)] {
        let by_otto = permissions::compared(&world.backend, &world.otto().access, side, None).await;
        assert_eq!(refusal(by_otto), Refusal::NotFound);
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_is_shut_out_may_do_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = PermissionSource::Member(world.uma().member_id);
    let shown = async |on| {
        let olive = world.olive_now().await;
        let found = permissions::compared(&world.backend, &olive, uma, on).await.unwrap();
        (found.label, found.permissions)
    };
    staff::deactivate(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    let nothing = ("Uma Tester (not active)".to_owned(), PermissionSet::EMPTY);
    assert_eq!(shown(None).await, nothing);
    let that_day = world.now().date_naive();
    world.advance(Duration::days(3));
    staff::reactivate(&world.backend, &world.olive_now().await, world.uma().member_id).await.unwrap();
    assert_eq!(shown(None).await, ("Uma Tester".to_owned(), world.uma().access.permissions()));
    let day_after = that_day + chrono::Days::new(1);
    assert_eq!(shown(Some(day_after)).await, nothing, "as of then");
}
