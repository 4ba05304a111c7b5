use backend::staff;
use domain::{
    Permission, Refusal,
    staff::{InvitationState, LinkVerdict, StaffFilter},
};
use sqlx::PgPool;

use crate::support::{PASSWORD, World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_link_dies_and_the_person_leaves_the_list(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, link) = world.mail_nora().await;
    staff::revoke(&world.backend, &world.olive().access, id).await.unwrap();
    assert_eq!(world.details(id).await.state, InvitationState::Revoked);
    assert_eq!(World::verdict(&world.page(&link).await), LinkVerdict::Revoked);
    let list = staff::list(&world.backend, &world.olive().access, &StaffFilter::default()).await.unwrap();
    assert_eq!(list.total, 3);
    assert_eq!(
        world.log(world.acme).await.last().unwrap(),
        "Olive Tester revoked the invitation of Nora Newcomer (nora@example.com)"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_mail_that_has_not_left_yet_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    staff::revoke(&world.backend, &world.olive().access, id).await.unwrap();
    assert_eq!(world.mails().await, []);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn again_is_harmless_and_recorded_once(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    for _ in 0..3 {
        staff::revoke(&world.backend, &world.olive().access, id).await.unwrap();
    }
    assert_eq!(world.log(world.acme).await.len(), 2);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_may_not_invite_may_not_revoke(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    let denied = staff::revoke(&world.backend, &world.max().access, id).await;
    assert_eq!(refusal(denied), Refusal::PermissionMissing(Permission::SettingsInviteStaff));
    assert_eq!(world.details(id).await.state, InvitationState::Open);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_has_joined_is_not_uninvited(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, link) = world.mail_nora().await;
    let client = world.client();
    staff::accept_with_password(&world.backend, &client, &link, "Nora", "N", PASSWORD.into()).await.unwrap();
    let late = staff::revoke(&world.backend, &world.olive().access, id).await;
    assert_eq!(refusal(late), Refusal::ChangedMeanwhile);
}
