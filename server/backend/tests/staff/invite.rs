use backend::{db::Db, staff};
use domain::{
    Permission, Problem, Refusal, Role,
    staff::{Delivery, InvitationState},
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::invited::{NORA, form};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_invited_person_gets_a_mail_and_stands_in_the_log(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    let details = world.details(id).await;
    assert_eq!(details.name.full(), "Nora Newcomer");
    assert_eq!(details.phone.as_ref().unwrap().as_str(), "+13035550100");
    assert_eq!((details.assignment.role, details.state), (Role::User, InvitationState::Open));
    assert_eq!(details.delivery, Delivery::Queued);
    assert_eq!(details.invited_by_name, "Olive Tester");
    assert_eq!(details.days_left(world.now()), Some(7));
    assert_eq!(
        world.log(world.acme).await,
        ["Olive Tester invited Nora Newcomer (nora@example.com) as User"]
    );
    assert_eq!(world.mails().await.len(), 1);
    assert_eq!(world.log(world.others).await, [""; 0]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_may_not_invite_is_told_what_is_missing(pool: PgPool) {
    let world = World::new(pool).await;
    let denied = staff::invite(&world.backend, &world.max().access, &form(NORA, "user")).await;
    assert_eq!(refusal(denied), Refusal::PermissionMissing(Permission::SettingsInviteStaff));
    assert_eq!(world.count("select count(*) from invitation").await, 0);
    assert_eq!(world.count("select count(*) from job").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_is_invited_only_with_a_fresh_proof(pool: PgPool) {
    let world = World::new(pool).await;
    staff::invite(&world.backend, &world.olive().access, &form("ada@example.com", "admin")).await.unwrap();
    let olive = world.olive_later().await;
    let stale = staff::invite(&world.backend, &olive, &form(NORA, "admin")).await;
    assert_eq!(refusal(stale), Refusal::FreshProofNeeded);
    staff::invite(&world.backend, &olive, &form(NORA, "user")).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_wrong_field_is_told_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let mut wrong = form("nobody", "owner");
    wrong.first_name = " ".into();
    wrong.phone = "12".into();
    let refusal = refusal(staff::invite(&world.backend, &world.olive().access, &wrong).await);
    assert_eq!(refusal.problem("first_name"), Some(&Problem::Required));
    assert_eq!(refusal.problem("email"), Some(&Problem::InvalidEmail));
    assert_eq!(refusal.problem("phone"), Some(&Problem::InvalidPhone));
    assert_eq!(refusal.problem("role"), Some(&Problem::InvalidChoice));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn members_are_not_invited_again_unless_they_were_removed(pool: PgPool) {
    let world = World::new(pool).await;
    let form = form("  MAX@example.com", "user");
    let again = || staff::invite(&world.backend, &world.olive().access, &form);
    assert_eq!(refusal(again().await).problem("email"), Some(&Problem::AlreadyMember));
    world.set_member(world.max().member_id, "user", "deactivated").await;
    assert_eq!(refusal(again().await).problem("email"), Some(&Problem::AlreadyMember));
    world.set_member(world.max().member_id, "user", "removed").await;
    again().await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_same_address_in_another_account_is_another_invitation(pool: PgPool) {
    let world = World::new(pool).await;
    let ours = world.invite_nora().await;
    let theirs = staff::invite(&world.backend, &world.otto().access, &form(NORA, "user")).await.unwrap();
    assert_ne!(ours, theirs);
    // A member of one account is a stranger to the other.
    staff::invite(&world.backend, &world.otto().access, &form("max@example.com", "user")).await.unwrap();
    assert_eq!(world.count("select count(*) from invitation").await, 3);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn inviting_again_refreshes_the_one_row(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, first_link) = world.mail_nora().await;
    world.advance(chrono::Duration::days(9));
    let mut again = form(" NORA@Example.com ", "user");
    again.first_name = "Eleonora".into();
    assert_eq!(staff::invite(&world.backend, &world.olive().access, &again).await.unwrap(), id);
    let details = world.details(id).await;
    assert_eq!((details.version, details.name.first.as_str()), (2, "Eleonora"));
    assert_eq!(details.days_left(world.now()), Some(7));
    assert_ne!(world.noras_link().await, first_link);
    assert_eq!(world.count("select count(*) from invitation").await, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_revoked_invitation_opens_again(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    staff::revoke(&world.backend, &world.olive().access, id).await.unwrap();
    assert_eq!(world.invite_nora().await, id);
    assert_eq!(world.details(id).await.state, InvitationState::Open);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn many_at_once_make_one_row(pool: PgPool) {
    let world = World::new(pool).await;
    let mut rounds = JoinSet::new();
    for _ in 0..20 {
        let (backend, access) = (world.backend.clone(), world.olive().access.clone());
        rounds.spawn(async move { staff::invite(&backend, &access, &form(NORA, "user")).await });
    }
    let (ids, refused): (Vec<_>, Vec<_>) = rounds.join_all().await.into_iter().partition(Result::is_ok);
    let ids: Vec<_> = ids.into_iter().map(Result::unwrap).collect();
    assert!(ids.iter().all(|id| *id == ids[0]));
    assert_eq!((ids.len(), world.details(ids[0]).await.version), (5, 5));
    assert_eq!(world.mails().await.len(), 1, "only the newest link is mailed");
    assert!(refused.into_iter().all(|result| matches!(refusal(result), Refusal::TooManyAttempts { .. })));
    println!("20 invitations at once, 1 row, {} mails queued", ids.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_database_shows_invitations_to_their_account_only(pool: PgPool) {
    let world = World::new(pool).await;
    world.invite_nora().await;
    let db: &Db = &world.backend.db;
    for (mut tx, expected) in [
        (db.tenant(world.acme).await.unwrap(), 1_i64),
        (db.tenant(world.others).await.unwrap(), 0),
        (db.begin().await.unwrap(), 0),
    ] {
        let seen: i64 =
            sqlx::query_scalar("select count(*) from invitation").fetch_one(&mut *tx).await.unwrap();
        assert_eq!(seen, expected);
    }
}
