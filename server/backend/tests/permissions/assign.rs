use backend::{permissions, staff};
use domain::{Permission, PermissionSet, Refusal, Role};
use sqlx::PgPool;

use super::profiles::virtual_assistant;
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn people_get_a_profile_and_lose_it_again(pool: PgPool) {
    let world = World::new(pool).await;
    let assistants = world.profile("Assistants", virtual_assistant()).await;
    let (olive, uma, max) = (&world.olive().access, world.uma(), world.max());
    let both = [uma.member_id, max.member_id];
    assert_eq!(permissions::assign(&world.backend, olive, assistants.id, &both).await.unwrap(), 2);
    assert_eq!(world.access_again(uma).await.unwrap().permissions(), virtual_assistant());
    let details = permissions::profile(&world.backend, olive, assistants.id).await.unwrap();
    assert_eq!(details.people, 2);
    assert_eq!(
        details.holders.iter().map(|h| h.name.as_str()).collect::<Vec<_>>(),
        ["Max Tester", "Uma Tester"]
    );

    assert_eq!(permissions::assign(&world.backend, olive, assistants.id, &both).await.unwrap(), 0, "again");
    assert_eq!(permissions::unassign(&world.backend, olive, uma.member_id).await.unwrap(), 1);
    assert_eq!(world.access_again(uma).await.unwrap().permissions(), Role::User.permissions());
    let log = world.log(world.acme).await;
    assert_eq!(
        log[1..],
        [
            "Olive Tester changed Uma Tester: profile from “Standard user” to “Assistants”",
            "Olive Tester changed Max Tester: profile from “Standard user” to “Assistants”",
            "Olive Tester changed Uma Tester: profile from “Assistants” to “Standard user”",
        ]
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn all_get_it_or_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let assistants = world.profile("Assistants", virtual_assistant()).await;
    let olive = &world.olive().access;
    let with_an_admin = [world.uma().member_id, world.olive().member_id];
    let refused = permissions::assign(&world.backend, olive, assistants.id, &with_an_admin).await;
    assert_eq!(refusal(refused), Refusal::AdminNeedsNoProfile);
    let with_a_stranger = [world.uma().member_id, world.otto().member_id];
    let refused = permissions::assign(&world.backend, olive, assistants.id, &with_a_stranger).await;
    assert_eq!(refusal(refused), Refusal::NotFound);
    assert_eq!(world.access_again(world.uma()).await.unwrap().permissions(), Role::User.permissions());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_gives_or_takes_a_profile_that_holds_more_than_they_do(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max_manages().await;
    let refunds = PermissionSet::of(&[Permission::PaymentsView, Permission::PaymentsRefund]);
    let cashiers = world.profile("Cashiers", refunds).await;
    let callers = world.profile("Callers", PermissionSet::of(&[Permission::ContactsView])).await;
    let uma = [world.uma().member_id];
    let given = permissions::assign(&world.backend, &max, cashiers.id, &uma).await;
    assert!(matches!(refusal(given), Refusal::PermissionMissing(_)));
    permissions::assign(&world.backend, &max, callers.id, &uma).await.unwrap();
    world.give(world.uma(), cashiers.id).await;
    let taken = permissions::unassign(&world.backend, &max, world.uma().member_id).await;
    assert!(matches!(refusal(taken), Refusal::PermissionMissing(_)));
    let own = permissions::assign(&world.backend, &max, cashiers.id, &[world.max().member_id]).await;
    assert!(matches!(refusal(own), Refusal::PermissionMissing(_)), "not to oneself either");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn users_removed_people_and_foreign_profiles_are_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let team = world.profile("Team", PermissionSet::EMPTY).await;
    let uma = [world.uma().member_id];
    let by_max = permissions::assign(&world.backend, &world.max().access, team.id, &uma).await;
    assert_eq!(refusal(by_max), Refusal::PermissionMissing(Permission::SettingsEditStaff));
    let otto = world.otto();
    let by_otto = permissions::assign(&world.backend, &otto.access, team.id, &uma).await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
    staff::remove(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    let gone = permissions::assign(&world.backend, &world.olive().access, team.id, &uma).await;
    assert_eq!(refusal(gone), Refusal::NotActive);
}
