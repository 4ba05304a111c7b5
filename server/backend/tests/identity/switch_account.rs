use backend::{Access, identity};
use chrono::Duration;
use domain::{AccountId, Refusal, Role};
use sqlx::PgPool;
use uuid::Uuid;

use super::is_alive;
use crate::support::{World, refusal};

async fn world_with_max_in_two(pool: PgPool) -> World {
    let world = World::new(pool).await;
    let (max, member) = (world.max().login_id, Uuid::from_u128(77));
    world.join(max, member.into(), world.others, "Maximilian", Role::Admin).await;
    world
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_session_goes_on_in_the_other_account_with_a_new_token(pool: PgPool) {
    let world = world_with_max_in_two(pool).await;
    let max = world.max();
    world.advance(Duration::minutes(20));
    let signed = world.signed_in(&max.session_token).await.unwrap().signed;
    let opened =
        identity::switch_account(&world.backend, &signed, &world.client(), world.others).await.unwrap();
    assert!(!is_alive(&world, &max.session_token).await, "the old token is dead at once");
    let signed_in = world.signed_in(&opened.session_token).await.unwrap();
    let access = signed_in.access.unwrap();
    assert_eq!((access.account(), access.permissions()), (world.others, Role::Admin.permissions()));
    assert!(!signed_in.signed.freshly_proved, "switching proves nothing");
    let names: Vec<_> = signed_in.viewer.accounts.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(
        (names, signed_in.viewer.name.full()),
        (vec!["Acme", "Otto & Co"], "Maximilian Tester".into())
    );
    assert_eq!(
        world.log(world.others).await,
        ["Maximilian Tester signed in with Firefox on Windows from 203.0.113.7"]
    );
    assert!(world.log(world.acme).await.is_empty());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn foreign_absent_and_lost_accounts_answer_alike(pool: PgPool) {
    let world = world_with_max_in_two(pool).await;
    let into = async |account: AccountId| {
        let max = &world.max().signed;
        refusal(identity::switch_account(&world.backend, max, &world.client(), account).await)
    };
    assert_eq!(into(Uuid::from_u128(1).into()).await, Refusal::NotFound, "absent");
    for state in ["deactivated", "removed"] {
        sqlx::query("update member set state = $1 where id = $2")
            .bind(state)
            .bind(Uuid::from_u128(77))
            .execute(&world.root)
            .await
            .unwrap();
        assert_eq!(into(world.others).await, Refusal::NotFound, "{state}");
    }
    let olive = &world.olive().signed;
    let result = identity::switch_account(&world.backend, olive, &world.client(), world.others).await;
    assert_eq!(refusal(result), Refusal::NotFound, "foreign");
    assert!(is_alive(&world, &world.max().session_token).await);
    assert!(world.log(world.others).await.is_empty());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn switching_to_where_one_is_changes_nothing_but_the_token(pool: PgPool) {
    let world = World::new(pool).await;
    let mut token = world.max().session_token.clone();
    for _ in 0..2 {
        let signed = world.signed_in(&token).await.unwrap().signed;
        let opened =
            identity::switch_account(&world.backend, &signed, &world.client(), world.acme).await.unwrap();
        token = opened.session_token;
        let access: Option<Access> = world.signed_in(&token).await.unwrap().access;
        assert_eq!(access.unwrap().account(), world.acme);
    }
    assert!(world.log(world.acme).await.is_empty(), "nobody came or went");
}
