use backend::identity::{self, OwnProfile};
use domain::{Problem, Refusal, Role};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{Person, World, refusal};

async fn change(world: &World, person: &Person, first: &str, last: &str, phone: &str) -> backend::Result<()> {
    let access = Some(&person.access);
    identity::change_own_profile(&world.backend, &person.signed, access, first, last, phone).await
}

async fn profile(world: &World, person: &Person) -> OwnProfile {
    identity::own_profile(&world.backend, &person.signed, Some(&person.access)).await.unwrap()
}

async fn member_version(world: &World, person: &Person) -> i32 {
    let sql = "select version from member where id = $1";
    sqlx::query_scalar(sql).bind(person.member_id.0).fetch_one(&world.root).await.unwrap()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn people_change_their_name_and_phone(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max();
    assert_eq!(profile(&world, max).await.name.full(), "Max Tester");
    for _ in 0..2 {
        change(&world, max, " Maximilian ", "Muster", "+1 303 555 0100").await.unwrap();
    }
    let changed = profile(&world, max).await;
    assert_eq!(
        (changed.name.full().as_str(), changed.email.as_str()),
        ("Maximilian Muster", "max@example.com")
    );
    assert_eq!(changed.phone.unwrap().as_str(), "+13035550100");
    let viewer = world.signed_in(&max.session_token).await.unwrap().viewer;
    assert_eq!(viewer.name.full(), "Maximilian Muster");
    assert_eq!(member_version(&world, max).await, 2, "who edits them meanwhile notices");
    let line = "Max Tester changed their profile: first name from “Max” to “Maximilian”; \
                last name from “Tester” to “Muster”; phone set to “+13035550100”";
    assert_eq!(world.log(world.acme).await, [line], "once");
    change(&world, max, "Maximilian", "Muster", "").await.unwrap();
    assert_eq!(profile(&world, max).await.phone, None);
    assert_eq!(profile(&world, world.uma()).await.name.full(), "Uma Tester");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn wrong_values_are_told_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let refused = refusal(change(&world, world.max(), "", "a\0b", "call me").await);
    assert_eq!(refused.problem("first_name"), Some(&Problem::Required));
    assert_eq!(refused.problem("last_name"), Some(&Problem::InvalidText));
    assert_eq!(refused.problem("phone"), Some(&Problem::InvalidPhone));
    assert!(world.log(world.acme).await.is_empty());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn other_accounts_keep_what_they_know(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max();
    world.join(max.login_id, Uuid::from_u128(77).into(), world.others, "Maxi", Role::User).await;
    change(&world, max, "Maximilian", "Muster", "").await.unwrap();
    let elsewhere: String = sqlx::query_scalar("select first_name from member where id = $1")
        .bind(Uuid::from_u128(77))
        .fetch_one(&world.root)
        .await
        .unwrap();
    assert_eq!(elsewhere, "Maxi");
    assert!(world.log(world.others).await.is_empty());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn outside_any_account_there_is_a_name_and_nothing_else(pool: PgPool) {
    let world = World::new(pool).await;
    let signed = &world.max().signed;
    identity::change_own_profile(&world.backend, signed, None, "Maximilian", "", "").await.unwrap();
    let own = identity::own_profile(&world.backend, signed, None).await.unwrap();
    assert_eq!((own.name.full().as_str(), own.phone), ("Maximilian", None));
    assert_eq!(
        profile(&world, world.max()).await.name.full(),
        "Max Tester",
        "the account knows them as before"
    );
    sqlx::query("delete from session").execute(&world.root).await.unwrap();
    sqlx::query("delete from member where login_id = $1")
        .bind(signed.login_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    sqlx::query("delete from login where id = $1")
        .bind(signed.login_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    assert_eq!(refusal(identity::own_profile(&world.backend, signed, None).await), Refusal::SignInNeeded);
}
