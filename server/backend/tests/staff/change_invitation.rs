use backend::staff;
use domain::{Permission, Problem, Refusal, Role, staff::LinkVerdict};
use sqlx::PgPool;

use super::invited::{NORA, form};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn changes_what_was_typed_and_keeps_address_and_link(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, link) = world.mail_nora().await;
    let mut changed = form("somebody@else.example", "admin");
    changed.first_name = "Eleonora".into();
    changed.phone = String::new();
    staff::change_invitation(&world.backend, &world.olive().access, id, &changed).await.unwrap();
    let details = world.details(id).await;
    assert_eq!((details.email.as_str(), details.assignment.role, details.version), (NORA, Role::Admin, 1));
    assert_eq!((details.name.full().as_str(), details.phone), ("Eleonora Newcomer", None));
    assert_eq!(World::verdict(&world.page(&link).await), LinkVerdict::Good);
    assert_eq!(
        world.log(world.acme).await.last().unwrap(),
        "Olive Tester changed the invitation of Eleonora Newcomer: first name from “Nora” to “Eleonora”; \
         phone “+13035550100” removed; role from “User” to “Admin”"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_same_again_records_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    let before = world.log(world.acme).await;
    staff::change_invitation(&world.backend, &world.olive().access, id, &form(NORA, "user")).await.unwrap();
    assert_eq!(world.log(world.acme).await, before);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn refuses_who_may_not_and_what_cannot_be(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    let by_max = staff::change_invitation(&world.backend, &world.max().access, id, &form(NORA, "user")).await;
    assert_eq!(refusal(by_max), Refusal::PermissionMissing(Permission::SettingsInviteStaff));
    let mut wrong = form(NORA, "user");
    wrong.phone = "12".into();
    let wrong = staff::change_invitation(&world.backend, &world.olive().access, id, &wrong).await;
    assert_eq!(refusal(wrong).problem("phone"), Some(&Problem::InvalidPhone));
    let olive = world.olive_later().await;
    let stale = staff::change_invitation(&world.backend, &olive, id, &form(NORA, "admin")).await;
    assert_eq!(refusal(stale), Refusal::FreshProofNeeded);
    assert_eq!(world.details(id).await.assignment.role, Role::User);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_over_cannot_be_changed(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    staff::revoke(&world.backend, &world.olive().access, id).await.unwrap();
    let late = staff::change_invitation(&world.backend, &world.olive().access, id, &form(NORA, "user")).await;
    assert_eq!(refusal(late), Refusal::ChangedMeanwhile);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_raises_the_role_stands_behind_it(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    let (id, link) = world.mail_nora().await;
    staff::change_invitation(&world.backend, &ada.access, id, &form(NORA, "admin")).await.unwrap();
    world.set_member(world.olive().member_id, "user", "active").await;
    assert_eq!(World::verdict(&world.page(&link).await), LinkVerdict::Good);
    world.set_member(ada.member_id, "user", "active").await;
    assert_eq!(World::verdict(&world.page(&link).await), LinkVerdict::NotBacked);
}
