use backend::{
    permissions::{self, Replacement},
    staff,
};
use domain::{Permission, PermissionSet, ProfileId, Refusal, Role, staff::EmployeeForm};
use sqlx::PgPool;

use crate::support::{World, refusal};

const VIEW: PermissionSet = PermissionSet::of(&[Permission::ContactsView]);
const EDIT: PermissionSet = PermissionSet::of(&[Permission::ContactsView, Permission::ContactsEdit]);

const ALL: PermissionSet = PermissionSet::everything();
const NONE: PermissionSet = PermissionSet::EMPTY;

async fn delete(
    world: &World,
    id: ProfileId,
    to: Replacement,
    confirmed: PermissionSet,
) -> backend::Result<()> {
    permissions::delete(&world.backend, &world.olive().access, id, to, confirmed).await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_unused_profile_goes_without_a_question(pool: PgPool) {
    let world = World::new(pool).await;
    let team = world.profile("Team", EDIT).await;
    delete(&world, team.id, Replacement::None, NONE).await.unwrap();
    let gone = permissions::profile(&world.backend, &world.olive().access, team.id).await;
    assert_eq!(refusal(gone), Refusal::NotFound);
    assert_eq!(world.log(world.acme).await.last().unwrap(), "Olive Tester deleted the profile “Team”");
    assert_eq!(refusal(delete(&world, team.id, Replacement::None, NONE).await), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_profile_in_use_needs_a_replacement_and_gains_need_a_second_word(pool: PgPool) {
    let world = World::new(pool).await;
    let (small, large) = (world.profile("Small", VIEW).await, world.profile("Large", EDIT).await);
    world.give(world.uma(), small.id).await;
    assert_eq!(refusal(delete(&world, small.id, Replacement::None, ALL).await), Refusal::ReplacementNeeded);
    let to_large = Replacement::Profile(large.id);
    let gains = Refusal::GainsUnconfirmed(EDIT.without(VIEW));
    assert_eq!(refusal(delete(&world, small.id, to_large, NONE).await), gains);
    let something_else = PermissionSet::of(&[Permission::ContactsDelete]);
    assert_eq!(refusal(delete(&world, small.id, to_large, something_else).await), gains);
    let itself = refusal(delete(&world, small.id, Replacement::Profile(small.id), ALL).await);
    assert!(itself.problem("replacement").is_some());
    assert_eq!(
        world.access_again(world.uma()).await.unwrap().permissions(),
        VIEW,
        "nothing has happened yet"
    );

    delete(&world, small.id, to_large, ALL).await.unwrap();
    assert_eq!(world.access_again(world.uma()).await.unwrap().permissions(), EDIT);
    let told = "Olive Tester deleted the profile “Small”; its 1 holder has “Large” now";
    assert_eq!(world.log(world.acme).await.last().unwrap(), told);
    delete(&world, large.id, Replacement::StandardUser, ALL).await.unwrap();
    assert_eq!(world.access_again(world.uma()).await.unwrap().permissions(), Role::User.permissions());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_is_invited_to_it_gets_the_replacement_too(pool: PgPool) {
    let world = World::new(pool).await;
    let (small, large) = (world.profile("Small", VIEW).await, world.profile("Large", EDIT).await);
    let form = EmployeeForm {
        first_name: "Nora".into(),
        email: "nora@example.com".into(),
        role: "user".into(),
        profile: small.id.to_string(),
        ..EmployeeForm::default()
    };
    let olive = &world.olive().access;
    let invitation = staff::invite(&world.backend, olive, &form).await.unwrap();
    assert_eq!(refusal(delete(&world, small.id, Replacement::None, ALL).await), Refusal::ReplacementNeeded);
    delete(&world, small.id, Replacement::Profile(large.id), ALL).await.unwrap();
    let details = staff::invitation(&world.backend, olive, invitation).await.unwrap().details;
    assert_eq!(details.assignment.permissions, EDIT);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn deleting_gives_and_takes_within_ones_own_rights_only(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max_manages().await;
    let refunds = PermissionSet::of(&[Permission::PaymentsView, Permission::PaymentsRefund]);
    let cashiers = world.profile("Cashiers", refunds).await;
    world.give(world.uma(), cashiers.id).await;
    let to = Replacement::StandardUser;
    let refused =
        permissions::delete(&world.backend, &max, cashiers.id, to, PermissionSet::everything()).await;
    assert!(matches!(refusal(refused), Refusal::PermissionMissing(_)));
    let by_otto = permissions::delete(
        &world.backend,
        &world.otto().access,
        cashiers.id,
        to,
        PermissionSet::everything(),
    )
    .await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
    let by_uma = permissions::delete(
        &world.backend,
        &world.uma().access,
        cashiers.id,
        to,
        PermissionSet::everything(),
    )
    .await;
    assert_eq!(refusal(by_uma), Refusal::PermissionMissing(Permission::SettingsManageProfiles));
}
