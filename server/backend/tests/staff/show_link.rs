use backend::staff;
use chrono::Duration;
use domain::{Permission, Refusal};
use sqlx::PgPool;

use super::invited::{NORA, form};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_shown_link_is_not_the_mailed_one_and_that_it_was_shown_is_recorded(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, mailed) = world.mail_nora().await;
    let shown = staff::show_link(&world.backend, &world.olive().access, id).await.unwrap();
    let (shown_head, _) = shown.rsplit_once('.').unwrap();
    let (mailed_head, mailed_secret) = mailed.rsplit_once('.').unwrap();
    assert_eq!(shown_head, format!("https://steward.test/join/{mailed_head}"));
    assert!(!shown.contains(mailed_secret));
    assert_eq!(
        world.log(world.acme).await.last().unwrap(),
        "Olive Tester showed the invitation link of Nora Newcomer"
    );
    assert_eq!(staff::show_link(&world.backend, &world.olive().access, id).await.unwrap(), shown);
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
    let denied = staff::show_link(&world.backend, &world.max().access, id).await;
    assert_eq!(refusal(denied), Refusal::PermissionMissing(Permission::SettingsInviteStaff));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_link_to_become_an_admin_needs_a_fresh_proof(pool: PgPool) {
    let world = World::new(pool).await;
    let id = staff::invite(&world.backend, &world.olive().access, &form(NORA, "admin")).await.unwrap();
    let olive = world.olive_later().await;
    assert_eq!(refusal(staff::show_link(&world.backend, &olive, id).await), Refusal::FreshProofNeeded);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_link_that_would_not_work_is_not_handed_out(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    world.advance(Duration::days(7));
    assert_eq!(
        refusal(staff::show_link(&world.backend, &world.olive().access, id).await),
        Refusal::LinkNotValid
    );
}
