use backend::permissions::{self, Switch};
use domain::{Permission, PermissionSet, Refusal, Role, Section};
use sqlx::PgPool;

use super::profiles::virtual_assistant;
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_switch_counts_with_the_holders_next_request_and_is_told_in_the_log(pool: PgPool) {
    let world = World::new(pool).await;
    let assistants = world.profile("Assistants", virtual_assistant()).await;
    let uma = world.give(world.uma(), assistants.id).await;
    assert!(!uma.permissions().contains(Permission::MarketingSendCampaigns));

    let send = Switch::One(Permission::MarketingSendCampaigns);
    let olive = &world.olive().access;
    let after = permissions::switch(&world.backend, olive, assistants.id, 1, send, true).await.unwrap();
    assert_eq!(after.version, 2);
    let uma = world.access_again(world.uma()).await.unwrap();
    assert!(uma.permissions().contains(Permission::MarketingSendCampaigns));
    let log = world.log(world.acme).await;
    let told = "Olive Tester changed the profile “Assistants”: Send campaigns from “off” to “on”";
    assert_eq!(log.last().map(String::as_str), Some(told));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_master_switch_takes_its_section_along_and_comes_along_itself(pool: PgPool) {
    let world = World::new(pool).await;
    let profile = world.profile("Contacts", PermissionSet::EMPTY).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let edit = Switch::One(Permission::ContactsEdit);
    let on = permissions::switch(backend, olive, profile.id, 1, edit, true).await.unwrap();
    assert_eq!(on.permissions, PermissionSet::of(&[Permission::ContactsView, Permission::ContactsEdit]));
    let view = Switch::One(Permission::ContactsView);
    let off = permissions::switch(backend, olive, profile.id, 2, view, false).await.unwrap();
    assert_eq!(off.permissions, PermissionSet::EMPTY);
    let whole = Switch::Section(Section::Contacts);
    let all = permissions::switch(backend, olive, profile.id, 3, whole, true).await.unwrap();
    assert_eq!(all.permissions, PermissionSet::section(Section::Contacts));
    let none = permissions::switch(backend, olive, profile.id, 4, whole, false).await.unwrap();
    assert_eq!(none.permissions, PermissionSet::EMPTY);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_same_switch_again_changes_and_tells_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let profile = world.profile("Contacts", PermissionSet::EMPTY).await;
    let view = Switch::One(Permission::ContactsView);
    for _ in 0..3 {
        permissions::switch(&world.backend, &world.olive().access, profile.id, 1, view, true).await.unwrap();
    }
    assert_eq!(world.profile_now(profile.id).await.version, 2);
    assert_eq!(world.log(world.acme).await.len(), 2);
}

/// Two people have version 1 open. What one switched is kept when the other switches something else; the same switch is a conflict.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn two_editors_never_overwrite_each_other_unnoticed(pool: PgPool) {
    let world = World::new(pool).await;
    let profile = world.profile("Team", PermissionSet::of(&[Permission::ContactsView])).await;
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let edit = Switch::One(Permission::ContactsEdit);
    permissions::switch(backend, olive, profile.id, 1, edit, true).await.unwrap();

    let create = Switch::One(Permission::ContactsCreate);
    let both = permissions::switch(backend, &ada.access, profile.id, 1, create, true).await.unwrap();
    assert!(both.permissions.contains(Permission::ContactsEdit), "Olive's switch is kept");

    let view = Switch::One(Permission::ContactsView);
    let blind = permissions::switch(backend, &ada.access, profile.id, 1, view, false).await;
    assert_eq!(refusal(blind), Refusal::ChangedMeanwhile, "it would take what Ada has not seen");
    let seen = permissions::switch(backend, &ada.access, profile.id, 3, view, false).await.unwrap();
    assert_eq!(seen.permissions, PermissionSet::EMPTY);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn many_switches_at_once_are_all_kept(pool: PgPool) {
    let world = World::new(pool).await;
    let profile = world.profile("Team", PermissionSet::of(&[Permission::ContactsView])).await;
    let mut editors = tokio::task::JoinSet::new();
    let wanted: Vec<_> = PermissionSet::section(Section::Contacts).iter().filter(|p| !p.is_view()).collect();
    for permission in wanted.clone() {
        let (backend, access) = (world.backend.clone(), world.olive().access.clone());
        editors.spawn(async move {
            permissions::switch(&backend, &access, profile.id, 1, Switch::One(permission), true).await
        });
    }
    assert!(editors.join_all().await.iter().all(Result::is_ok));
    let now = world.profile_now(profile.id).await;
    assert_eq!(now.permissions, PermissionSet::section(Section::Contacts));
    assert_eq!(usize::try_from(now.version).unwrap(), wanted.len() + 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_switches_what_they_lack_or_what_only_admins_may(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max_manages().await;
    let profile = world.profile("Team", PermissionSet::of(&[Permission::PaymentsView])).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    for (permission, on) in [(Permission::PaymentsRefund, true), (Permission::PaymentsView, false)] {
        let refused = permissions::switch(backend, &max, profile.id, 1, Switch::One(permission), on).await;
        assert!(matches!(refusal(refused), Refusal::PermissionMissing(_)), "{permission}");
    }
    for permission in PermissionSet::ADMIN_ONLY.iter() {
        let refused = permissions::switch(backend, olive, profile.id, 1, Switch::One(permission), true).await;
        assert_eq!(refusal(refused), Refusal::PermissionMissing(permission), "not even an Admin");
    }
    assert_eq!(world.profile_now(profile.id).await.version, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn users_and_other_accounts_switch_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let profile = world.profile("Team", PermissionSet::EMPTY).await;
    let view = Switch::One(Permission::ContactsView);
    let by_uma = permissions::switch(&world.backend, &world.uma().access, profile.id, 1, view, true).await;
    assert_eq!(refusal(by_uma), Refusal::PermissionMissing(Permission::SettingsManageProfiles));
    let by_otto = permissions::switch(&world.backend, &world.otto().access, profile.id, 1, view, true).await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn rights_lost_meanwhile_do_not_count(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max_manages().await;
    let profile = world.profile("Team", PermissionSet::EMPTY).await;
    permissions::unassign(&world.backend, &world.olive().access, world.max().member_id).await.unwrap();
    let view = Switch::One(Permission::ContactsView);
    let refused = permissions::switch(&world.backend, &max, profile.id, 1, view, true).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(Permission::SettingsManageProfiles));
}
