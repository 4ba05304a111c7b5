use backend::permissions;
use domain::{Permission, PermissionSet, Refusal};
use sqlx::PgPool;

use crate::support::{World, refusal};

const VIEW: PermissionSet = PermissionSet::of(&[Permission::ContactsView]);
const EDIT: PermissionSet = PermissionSet::of(&[Permission::ContactsView, Permission::ContactsEdit]);

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_whole_set_is_saved_in_one_step_and_kept_consistent(pool: PgPool) {
    let world = World::new(pool).await;
    let profile = world.profile("Team", VIEW).await;
    let wanted = EDIT.with(Permission::PaymentsRefund).with(Permission::ChangeBilling);
    let olive = &world.olive().access;
    let saved = permissions::replace(&world.backend, olive, profile.id, 1, wanted).await.unwrap();
    assert_eq!((saved.permissions, saved.version), (EDIT, 2), "no permission without its master switch");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_two_who_save_a_whole_set_the_second_hears_of_the_first(pool: PgPool) {
    let world = World::new(pool).await;
    let profile = world.profile("Team", VIEW).await;
    let olive = &world.olive().access;
    permissions::replace(&world.backend, olive, profile.id, 1, EDIT).await.unwrap();
    let second = permissions::replace(&world.backend, olive, profile.id, 1, PermissionSet::EMPTY).await;
    assert_eq!(refusal(second), Refusal::ChangedMeanwhile);
    let repeated = permissions::replace(&world.backend, olive, profile.id, 1, EDIT).await.unwrap();
    assert_eq!(repeated.version, 2, "a second click is no conflict");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_saves_a_set_that_gives_or_takes_what_they_lack(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max_manages().await;
    let refunds = PermissionSet::of(&[Permission::PaymentsView, Permission::PaymentsRefund]);
    let profile = world.profile("Team", refunds).await;
    for wanted in [PermissionSet::EMPTY, refunds.with(Permission::PaymentsExport)] {
        let refused = permissions::replace(&world.backend, &max, profile.id, 1, wanted).await;
        assert!(matches!(refusal(refused), Refusal::PermissionMissing(_)));
    }
    let untouched = refunds.union(VIEW);
    let saved = permissions::replace(&world.backend, &max, profile.id, 1, untouched).await.unwrap();
    assert_eq!(saved.permissions, untouched, "what stays as it is needs no right");
    let otto = permissions::replace(&world.backend, &world.otto().access, profile.id, 2, VIEW).await;
    assert_eq!(refusal(otto), Refusal::NotFound);
}
