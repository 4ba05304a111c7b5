use backend::staff;
use chrono::Duration;
use domain::{
    Permission, Problem, Refusal, Role,
    staff::{Delivery, InvitationDetails, LinkVerdict},
};
use sqlx::PgPool;

use super::invited::NORA;
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_new_link_kills_the_old_one_and_keeps_everything_else(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, old_link) = world.mail_nora().await;
    let before = world.details(id).await;
    assert!(matches!(before.delivery, Delivery::Sent { .. }));
    world.advance(Duration::days(8));
    assert_eq!(World::verdict(&world.page(&old_link).await), LinkVerdict::Expired);
    staff::resend(&world.backend, &world.olive().access, id).await.unwrap();
    let after = world.details(id).await;
    let expected = InvitationDetails {
        delivery: Delivery::Queued,
        version: 2,
        invited_at: world.now(),
        expires_at: world.now() + Duration::days(7),
        ..before
    };
    assert!((after.expires_at - expected.expires_at).num_seconds().abs() < 5);
    assert_eq!(
        after,
        InvitationDetails { invited_at: after.invited_at, expires_at: after.expires_at, ..expected }
    );
    assert_eq!(World::verdict(&world.page(&old_link).await), LinkVerdict::Replaced);
    assert_eq!(World::verdict(&world.page(&world.noras_link().await).await), LinkVerdict::Good);
    assert_eq!(
        world.log(world.acme).await.last().unwrap(),
        "Olive Tester sent Nora Newcomer (nora@example.com) a new invitation link"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn twice_in_a_row_leaves_one_good_link(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, first) = world.mail_nora().await;
    for _ in 0..2 {
        staff::resend(&world.backend, &world.olive().access, id).await.unwrap();
    }
    assert_eq!(world.mails().await.len(), 2, "the link between was replaced before it was mailed");
    assert_eq!(World::verdict(&world.page(&first).await), LinkVerdict::Replaced);
    assert_eq!(World::verdict(&world.page(&world.noras_link().await).await), LinkVerdict::Good);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_may_not_invite_may_not_send_again(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    let denied = staff::resend(&world.backend, &world.max().access, id).await;
    assert_eq!(refusal(denied), Refusal::PermissionMissing(Permission::SettingsInviteStaff));
    assert_eq!(world.details(id).await.version, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_over_is_not_sent_again(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    staff::revoke(&world.backend, &world.olive().access, id).await.unwrap();
    let late = staff::resend(&world.backend, &world.olive().access, id).await;
    assert_eq!(refusal(late), Refusal::ChangedMeanwhile);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_became_a_member_in_another_way_needs_no_link(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    world.person(NORA, world.acme, Role::User).await;
    let late = staff::resend(&world.backend, &world.olive().access, id).await;
    assert_eq!(refusal(late).problem("email"), Some(&Problem::AlreadyMember));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_sends_it_again_stands_behind_it(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    let (id, link) = world.mail_nora().await;
    world.set_member(world.olive().member_id, "admin", "removed").await;
    assert_eq!(World::verdict(&world.page(&link).await), LinkVerdict::NotBacked);
    staff::resend(&world.backend, &ada.access, id).await.unwrap();
    assert_eq!(World::verdict(&world.page(&world.noras_link().await).await), LinkVerdict::Good);
}
