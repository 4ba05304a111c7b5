use backend::{
    identity::{end_preview, start_preview, switch_account},
    permissions::{Switch, draft},
};
use domain::{MemberId, Permission, PermissionSet, Refusal, Role, permissions::PermissionSource};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{Person, World, refusal};

/// What this person's session may do as of its next request.
async fn now(world: &World, person: &Person) -> PermissionSet {
    world.access_again(person).await.unwrap().permissions()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn one_session_looks_as_somebody_else_until_it_is_ended(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (world.olive(), world.uma());
    let other_browser = world.session(olive.login_id, olive.account).await;
    let as_uma = PermissionSource::Member(uma.member_id);
    for _twice in 0..2 {
        start_preview(&world.backend, &olive.signed, &olive.access, as_uma).await.unwrap();
        assert_eq!(now(&world, olive).await, uma.access.permissions());
    }
    let elsewhere = world.signed_in(&other_browser).await.unwrap();
    assert_eq!(
        (elsewhere.access.unwrap().permissions(), elsewhere.viewer.preview),
        (olive.access.permissions(), None)
    );
    assert_eq!(now(&world, uma).await, uma.access.permissions(), "Uma notices nothing");
    for _twice in 0..2 {
        end_preview(&world.backend, &olive.signed).await.unwrap();
        assert_eq!(now(&world, olive).await, olive.access.permissions());
    }
    let log = world.log(world.acme).await;
    assert_eq!(log, vec!["Olive Tester looked at Steward as “Uma Tester” would see it"; 2]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn only_who_manages_profiles_looks_and_only_at_their_own_account(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (world.olive(), world.uma());
    let as_user = PermissionSource::Role(Role::User);
    let refused = start_preview(&world.backend, &uma.signed, &uma.access, as_user).await;
    assert!(matches!(refusal(refused), Refusal::PermissionMissing(_)));
    for absent in [world.otto().member_id, MemberId::from(Uuid::from_u128(7))] {
        let source = PermissionSource::Member(absent);
        let refused = start_preview(&world.backend, &olive.signed, &olive.access, source).await;
        assert_eq!(refusal(refused), Refusal::NotFound);
    }
    assert_eq!(now(&world, olive).await, olive.access.permissions());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn going_to_another_account_ends_it(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    world.join(olive.login_id, Uuid::from_u128(9).into(), world.others, "Olive", Role::Admin).await;
    let as_user = PermissionSource::Role(Role::User);
    start_preview(&world.backend, &olive.signed, &olive.access, as_user).await.unwrap();
    let opened = switch_account(&world.backend, &olive.signed, &world.client(), world.others).await.unwrap();
    let signed_in = world.signed_in(&opened.session_token).await.unwrap();
    assert_eq!(signed_in.viewer.preview, None);
    assert_eq!(signed_in.access.unwrap().permissions(), PermissionSet::everything());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_may_not_look_any_more_sees_nothing_until_they_end_it(pool: PgPool) {
    let world = World::new(pool).await;
    let (max, access) = (world.max(), world.max_manages().await);
    let as_user = PermissionSource::Role(Role::User);
    start_preview(&world.backend, &max.signed, &access, as_user).await.unwrap();
    backend::permissions::unassign(&world.backend, &world.olive().access, max.member_id).await.unwrap();
    assert_eq!(now(&world, max).await, PermissionSet::EMPTY);
    end_preview(&world.backend, &max.signed).await.unwrap();
    assert_eq!(now(&world, max).await, Role::User.permissions());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_draft_is_seen_by_who_keeps_it_alone(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, world.olive());
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    let team = world.profile("Team", PermissionSet::of(&[Permission::ContactsView])).await;
    let source = PermissionSource::Draft(team.id);
    let refused = start_preview(backend, &olive.signed, &olive.access, source).await;
    assert_eq!(refusal(refused), Refusal::NotFound, "there is none yet");
    draft::change(backend, &olive.access, team.id, Switch::One(Permission::ContactsEdit), true)
        .await
        .unwrap();
    start_preview(backend, &olive.signed, &olive.access, source).await.unwrap();
    let drafted = PermissionSet::of(&[Permission::ContactsView, Permission::ContactsEdit]);
    assert_eq!(now(&world, olive).await, drafted);
    let refused = start_preview(backend, &ada.signed, &ada.access, source).await;
    assert_eq!(refusal(refused), Refusal::NotFound);
    draft::discard(backend, &olive.access, team.id).await.unwrap();
    assert_eq!(now(&world, olive).await, PermissionSet::EMPTY, "what was looked at is gone");
}
