use chrono::{DateTime, Duration, Utc};
use domain::{Permission, Role};
use sqlx::PgPool;

use super::is_alive;
use crate::support::World;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_session_tells_who_it_is_and_what_they_may_do(pool: PgPool) {
    let world = World::new(pool).await;
    let signed_in = world.signed_in(&world.max().session_token).await.unwrap();
    assert_eq!(signed_in.signed.email, world.max().email);
    let viewer = &signed_in.viewer;
    assert_eq!((viewer.name.full().as_str(), viewer.photo_version), ("Max Tester", None));
    let account = viewer.account.as_ref().unwrap();
    assert_eq!(
        (account.id, account.name.as_str(), account.assignment.role),
        (world.acme, "Acme", Role::User)
    );
    assert!(viewer.can(Permission::SettingsViewStaff) && !viewer.can(Permission::RemovePeople));
    let access = signed_in.access.unwrap();
    assert_eq!((access.account(), access.member_id()), (world.acme, Some(world.max().member_id)));
    assert_eq!(access.permissions(), account.assignment.permissions);
    let accounts: Vec<_> = viewer.accounts.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(accounts, ["Acme"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn other_texts_are_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let token = &world.olive().session_token;
    let hash = format!("{:x?}", backend::keys::BearerToken::hash_of(token));
    let others =
        [String::new(), "\0".into(), token.to_uppercase(), format!("{token}="), format!(" {token}"), hash];
    for other in &others {
        assert!(!is_alive(&world, other).await, "{other:?}");
    }
    assert!(is_alive(&world, token).await);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_session_ends_after_twelve_idle_hours_and_leaves_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let token = &world.olive().session_token;
    for _ in 0..5 {
        world.advance(Duration::hours(12) - Duration::minutes(2));
        assert!(is_alive(&world, token).await, "used again and again");
    }
    world.advance(Duration::hours(12));
    assert!(!is_alive(&world, token).await);
    let left: i64 = sqlx::query_scalar("select count(*) from session where login_id = $1")
        .bind(world.olive().login_id.0)
        .fetch_one(&world.root)
        .await
        .unwrap();
    assert_eq!(left, 0);
    world.advance(-Duration::hours(48));
    assert!(!is_alive(&world, token).await, "gone for good");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_session_ends_after_thirty_days_however_much_it_is_used(pool: PgPool) {
    let world = World::new(pool).await;
    let token = &world.olive().session_token;
    for hour in (8..30 * 24).step_by(8) {
        world.advance(Duration::hours(8));
        assert!(is_alive(&world, token).await, "after {hour} hours");
    }
    world.advance(Duration::hours(8));
    assert!(!is_alive(&world, token).await);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_proof_is_fresh_for_a_quarter_of_an_hour(pool: PgPool) {
    let world = World::new(pool).await;
    let is_fresh = async || {
        let signed_in = world.signed_in(&world.olive().session_token).await.unwrap();
        let fresh = signed_in.signed.freshly_proved;
        assert_eq!(signed_in.access.unwrap().require_fresh_proof().is_ok(), fresh);
        fresh
    };
    world.advance(Duration::minutes(14));
    assert!(is_fresh().await);
    world.advance(Duration::minutes(1));
    assert!(!is_fresh().await);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn use_is_written_down_once_a_minute(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let seen = async || {
        assert!(is_alive(&world, &olive.session_token).await);
        let row: (DateTime<Utc>, Option<DateTime<Utc>>, String) = sqlx::query_as(
            "select s.last_seen_at, m.last_active_at, s.ip_address
             from session s join member m on m.login_id = s.login_id where s.login_id = $1",
        )
        .bind(olive.login_id.0)
        .fetch_one(&world.root)
        .await
        .unwrap();
        row
    };
    let at_first = seen().await;
    assert_eq!((at_first.1, at_first.2.as_str()), (None, "198.51.100.4"));
    world.advance(Duration::seconds(50));
    assert_eq!(seen().await, at_first);
    world.advance(Duration::seconds(10));
    let later = seen().await;
    assert!(later.0 > at_first.0);
    assert_eq!((later.1, later.2.as_str()), (Some(later.0), "203.0.113.7"));
    world.advance(Duration::seconds(50));
    assert_eq!(seen().await, later);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_next_request_knows_what_has_changed(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max();
    let set = async |sql: &'static str| {
        sqlx::query(sql).bind(max.member_id.0).execute(&world.root).await.unwrap();
        world.access_again(max).await
    };
    let admin = set("update member set role = 'admin' where id = $1").await.unwrap();
    assert!(admin.require(Permission::RemovePeople).is_ok());
    let user = set("update member set role = 'user' where id = $1").await.unwrap();
    assert!(user.require(Permission::RemovePeople).is_err());
    for state in ["deactivated", "removed"] {
        let sql = match state {
            "removed" => "update member set state = 'removed' where id = $1",
            _ => "update member set state = 'deactivated' where id = $1",
        };
        assert!(set(sql).await.is_none(), "{state}");
        let viewer = world.signed_in(&max.session_token).await.unwrap().viewer;
        assert!(viewer.account.is_none() && viewer.accounts.is_empty(), "{state}");
    }
    assert!(set("update member set state = 'active' where id = $1").await.is_some());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_is_moved_to_another_account_unasked(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max();
    world.join(max.login_id, uuid::Uuid::from_u128(77).into(), world.others, "Maximilian", Role::Admin).await;
    sqlx::query("update member set state = 'deactivated' where id = $1")
        .bind(max.member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    let signed_in = world.signed_in(&max.session_token).await.unwrap();
    assert!(signed_in.access.is_none() && signed_in.viewer.account.is_none());
    let left: Vec<_> = signed_in.viewer.accounts.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(left, ["Otto & Co"]);
}
