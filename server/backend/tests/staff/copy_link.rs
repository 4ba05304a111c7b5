use backend::staff;
use chrono::Duration;
use domain::{Permission, Refusal};
use sqlx::PgPool;

use super::invited::{NORA, form};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_copied_link_is_the_mailed_one_and_its_copying_is_recorded(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, mailed) = world.mail_nora().await;
    let copied = staff::copy_link(&world.backend, &world.olive().access, id).await.unwrap();
    assert_eq!(copied, format!("https://steward.test/join/{mailed}"));
    assert_eq!(
        world.log(world.acme).await.last().unwrap(),
        "Olive Tester copied the invitation link of Nora Newcomer"
    );
    assert_eq!(staff::copy_link(&world.backend, &world.olive().access, id).await.unwrap(), copied);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn no_link_stands_in_the_database(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, link) = world.mail_nora().await;
    let secret = link.rsplit('.').next().unwrap();
    let rows: Vec<String> = sqlx::query_scalar(
        "select i::text from invitation i union all select j::text from job j union all select a::text from activity a",
    )
    .fetch_all(&world.root)
    .await
    .unwrap();
    assert!(rows.len() >= 2);
    assert!(rows.iter().all(|row| !row.contains(secret)));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_could_not_invite_cannot_take_the_link(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    let denied = staff::copy_link(&world.backend, &world.max().access, id).await;
    assert_eq!(refusal(denied), Refusal::PermissionMissing(Permission::SettingsInviteStaff));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_link_to_become_an_admin_needs_a_fresh_proof(pool: PgPool) {
    let world = World::new(pool).await;
    let id = staff::invite(&world.backend, &world.olive().access, &form(NORA, "admin")).await.unwrap();
    let olive = world.olive_later().await;
    assert_eq!(refusal(staff::copy_link(&world.backend, &olive, id).await), Refusal::FreshProofNeeded);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_link_that_would_not_work_is_not_handed_out(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    world.advance(Duration::days(7));
    assert_eq!(
        refusal(staff::copy_link(&world.backend, &world.olive().access, id).await),
        Refusal::LinkNotValid
    );
}
