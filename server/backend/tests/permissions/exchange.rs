use backend::permissions::{self, Start};
use domain::{Permission, PermissionSet, Problem, Refusal, permissions::Preset};
use sqlx::PgPool;

use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_exported_is_imported_again_elsewhere_as_it_was(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    for preset in Preset::ALL {
        let start = Start::Preset(preset);
        let made = permissions::create(backend, &world.olive().access, preset.label(), "As always", start);
        let made = made.await.unwrap();
        let file = permissions::export(backend, &world.olive().access, made.id).await.unwrap();
        let read = permissions::import(backend, &world.otto().access, &file.content, "").await.unwrap();
        assert_eq!((&read.name, &read.description), (&made.name, &made.description));
        assert_eq!((read.permissions, read.version), (made.permissions, 1), "{preset:?}");
    }
    assert!(world.log(world.others).await.last().unwrap().starts_with("Otto Tester created the profile “"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_name_that_is_taken_can_be_changed_on_the_way_in(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let team = world.profile("Team", PermissionSet::of(&[Permission::ContactsView])).await;
    let file = permissions::export(backend, olive, team.id).await.unwrap();
    let again = permissions::import(backend, olive, &file.content, "").await;
    assert_eq!(refusal(again).problem("name"), Some(&Problem::NameTaken));
    let other = permissions::import(backend, olive, &file.content, "Team two").await.unwrap();
    assert_eq!((other.name.as_str(), other.permissions), ("Team two", team.permissions));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_imports_what_they_lack_or_exports_from_another_account(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let max = world.max_manages().await;
    let refunds = PermissionSet::of(&[Permission::PaymentsView, Permission::PaymentsRefund]);
    let team = world.profile("Team", refunds).await;
    let file = permissions::export(backend, &max, team.id).await.unwrap();
    let refused = permissions::import(backend, &max, &file.content, "Mine").await;
    assert!(matches!(refusal(refused), Refusal::PermissionMissing(lacking) if refunds.contains(lacking)));
    let refused = permissions::import(backend, &world.uma().access, &file.content, "Mine").await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(Permission::SettingsManageProfiles));
    let refused = permissions::export(backend, &world.uma().access, team.id).await;
    assert_eq!(refusal(refused.map(|_| ())), Refusal::PermissionMissing(Permission::SettingsManageProfiles));
    let refused = permissions::export(backend, &world.otto().access, team.id).await;
    assert_eq!(refusal(refused.map(|_| ())), Refusal::NotFound);

    permissions::unassign(backend, &world.olive().access, world.max().member_id).await.unwrap();
    let empty = br#"{"steward_profile":{"schema":1,"name":"None","permissions":[]}}"#;
    let refused = permissions::import(backend, &max, empty, "").await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(Permission::SettingsManageProfiles));
}
