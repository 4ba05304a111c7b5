use backend::permissions::{self, Switch};
use domain::{Permission, PermissionSet, Refusal};
use sqlx::PgPool;

use crate::support::{World, refusal};

const VIEW: PermissionSet = PermissionSet::of(&[Permission::ContactsView]);

async fn switch(world: &World, profile: domain::ProfileId, version: i32, permission: Permission, on: bool) {
    let olive = &world.olive().access;
    permissions::switch(&world.backend, olive, profile, version, Switch::One(permission), on).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_state_is_kept_with_who_made_it(pool: PgPool) {
    let world = World::new(pool).await;
    let profile = world.profile("Team", VIEW).await;
    switch(&world, profile.id, 1, Permission::ContactsEdit, true).await;
    let olive = &world.olive().access;
    permissions::change_words(&world.backend, olive, profile.id, 1, "Crew", "All of us").await.unwrap();
    let versions = permissions::history(&world.backend, olive, profile.id, None).await.unwrap();
    let told: Vec<_> = versions.iter().map(|v| (v.version, v.name.as_str(), v.permissions.len())).collect();
    assert_eq!(told, [(3, "Crew", 2), (2, "Team", 2), (1, "Team", 1)]);
    assert!(versions.iter().all(|version| version.changed.by.as_deref() == Some("Olive Tester")));
    let older = permissions::history(&world.backend, olive, profile.id, Some(2)).await.unwrap();
    assert_eq!(older[0].version, 2);
    let by_otto = permissions::history(&world.backend, &world.otto().access, profile.id, None).await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
    let by_uma = permissions::history(&world.backend, &world.uma().access, profile.id, None).await;
    assert_eq!(refusal(by_uma), Refusal::PermissionMissing(Permission::SettingsManageProfiles));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn undo_takes_back_one_change_and_keeps_the_later_ones(pool: PgPool) {
    let world = World::new(pool).await;
    let profile = world.profile("Team", VIEW).await;
    switch(&world, profile.id, 1, Permission::ContactsEdit, true).await;
    switch(&world, profile.id, 2, Permission::ContactsCreate, true).await;
    let olive = &world.olive().access;
    let undone = permissions::undo(&world.backend, olive, profile.id, 2).await.unwrap();
    assert_eq!(undone.permissions, VIEW.with(Permission::ContactsCreate));
    let empty = world.profile("Empty", PermissionSet::EMPTY).await;
    switch(&world, empty.id, 1, Permission::ContactsCreate, true).await;
    switch(&world, empty.id, 2, Permission::ContactsEdit, true).await;
    let kept = permissions::undo(&world.backend, olive, empty.id, 2).await.unwrap();
    assert_eq!(
        kept.permissions,
        VIEW.with(Permission::ContactsEdit),
        "what came later keeps its master switch"
    );
    // Undoing the undoing is one more change.
    let redone = permissions::undo(&world.backend, olive, profile.id, 4).await.unwrap();
    assert_eq!(redone.permissions, VIEW.with(Permission::ContactsCreate).with(Permission::ContactsEdit));
    let first = permissions::undo(&world.backend, olive, profile.id, 1).await;
    assert_eq!(refusal(first), Refusal::NotFound, "before the first version there was nothing");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn undo_of_what_was_switched_again_is_a_conflict(pool: PgPool) {
    let world = World::new(pool).await;
    let profile = world.profile("Team", VIEW).await;
    switch(&world, profile.id, 1, Permission::ContactsEdit, true).await;
    switch(&world, profile.id, 2, Permission::ContactsEdit, false).await;
    let refused = permissions::undo(&world.backend, &world.olive().access, profile.id, 2).await;
    assert_eq!(refusal(refused), Refusal::ChangedMeanwhile);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn undoing_a_switch_whose_section_went_off_brings_the_section_back(pool: PgPool) {
    let world = World::new(pool).await;
    let profile = world.profile("Team", VIEW.with(Permission::ContactsEdit)).await;
    switch(&world, profile.id, 1, Permission::ContactsEdit, false).await;
    switch(&world, profile.id, 2, Permission::ContactsView, false).await;
    let undone = permissions::undo(&world.backend, &world.olive().access, profile.id, 2).await.unwrap();
    assert_eq!(undone.permissions, VIEW.with(Permission::ContactsEdit));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_old_version_comes_back_within_ones_own_rights_only(pool: PgPool) {
    let world = World::new(pool).await;
    let refunds = PermissionSet::of(&[Permission::PaymentsView, Permission::PaymentsRefund]);
    let profile = world.profile("Team", refunds).await;
    switch(&world, profile.id, 1, Permission::PaymentsView, false).await;
    let max = world.max_manages().await;
    for refused in [
        permissions::restore(&world.backend, &max, profile.id, 1, 2).await,
        permissions::undo(&world.backend, &max, profile.id, 2).await,
    ] {
        assert!(matches!(refusal(refused), Refusal::PermissionMissing(_)));
    }
    let olive = &world.olive().access;
    let late = permissions::restore(&world.backend, olive, profile.id, 1, 1).await;
    assert_eq!(refusal(late), Refusal::ChangedMeanwhile, "the page did not show version 2");
    for seen in [2, 2] {
        let restored = permissions::restore(&world.backend, olive, profile.id, 1, seen).await.unwrap();
        assert_eq!((restored.permissions, restored.version), (refunds, 3));
    }
    let unknown = permissions::restore(&world.backend, olive, profile.id, 99, 3).await;
    assert_eq!(refusal(unknown), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn words_are_undone_and_come_back_too(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let profile = world.profile("Team", VIEW).await;
    permissions::change_words(backend, olive, profile.id, 1, "Crew", "All of us").await.unwrap();
    switch(&world, profile.id, 2, Permission::ContactsEdit, true).await;
    let undone = permissions::undo(backend, olive, profile.id, 2).await.unwrap();
    assert_eq!((undone.name.as_str(), undone.description.as_str()), ("Team", ""));
    assert!(undone.permissions.contains(Permission::ContactsEdit), "what was switched since stays");
    permissions::change_words(backend, olive, profile.id, 4, "Staff", "").await.unwrap();
    let late = permissions::undo(backend, olive, profile.id, 2).await;
    assert_eq!(refusal(late), Refusal::ChangedMeanwhile, "it is called otherwise since");

    let restored = permissions::restore(backend, olive, profile.id, 2, 5).await.unwrap();
    assert_eq!((restored.name.as_str(), restored.permissions), ("Crew", VIEW));
    world.profile("Team", VIEW).await;
    let taken = refusal(permissions::restore(backend, olive, profile.id, 1, 6).await);
    assert!(taken.problem("name").is_some(), "{taken:?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_two_who_rename_it_the_later_one_is_told(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let profile = world.profile("Team", VIEW).await;
    let rename =
        async |seen, name| permissions::change_words(backend, olive, profile.id, seen, name, "").await;
    rename(1, "Crew").await.unwrap();
    assert_eq!(refusal(rename(1, "Staff").await), Refusal::ChangedMeanwhile);
    assert_eq!(rename(1, "Crew").await.unwrap().version, 2, "the same again is no conflict");
    switch(&world, profile.id, 2, Permission::ContactsEdit, true).await;
    assert_eq!(rename(2, "Staff").await.unwrap().name, "Staff", "switches do not stand in the way");
}
