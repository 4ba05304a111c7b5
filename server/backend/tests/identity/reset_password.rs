use backend::identity;
use chrono::Duration;
use domain::{Problem, Refusal};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::{NEW_PASSWORD, email_link, is_alive, opens, reset_link, secret, stranger};
use crate::support::{PASSWORD, World, refusal};

async fn reset(world: &World, link: &str) -> backend::Result<identity::Opened> {
    identity::reset_password(&world.backend, &world.client(), link, secret(NEW_PASSWORD)).await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_mailed_link_sets_a_new_password_and_ends_every_session(pool: PgPool) {
    let world = World::new(pool).await;
    let second = world.session(world.olive().login_id, world.acme).await;
    let link = reset_link(&world, world.olive()).await;
    identity::check_reset_link(&world.backend, &link).await.unwrap();
    assert!(is_alive(&world, &second).await, "asking changes nothing");
    let opened = reset(&world, &link).await.unwrap();
    for token in [&world.olive().session_token, &second] {
        assert!(!is_alive(&world, token).await);
    }
    let signed_in = world.signed_in(&opened.session_token).await.unwrap();
    assert!(signed_in.signed.freshly_proved);
    assert_eq!(signed_in.access.unwrap().account(), world.acme);
    assert_eq!(world.log(world.acme).await, ["Olive Tester reset their password by mail"]);
    assert!(opens(&world, "olive@example.com", NEW_PASSWORD).await);
    assert!(!opens(&world, "olive@example.com", PASSWORD).await);
    assert!(is_alive(&world, &world.max().session_token).await, "nobody else is concerned");
    assert!(opens(&world, "max@example.com", PASSWORD).await);
    let mails = world.mails().await;
    assert!(
        mails
            .iter()
            .any(|mail| mail.subject == "Your password was set anew" && mail.to == world.olive().email)
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_gets_a_mail_at_an_unknown_address(pool: PgPool) {
    let world = World::new(pool).await;
    identity::request_password_reset(&world.backend, &world.client(), "nobody@example.com").await.unwrap();
    assert!(world.mails().await.is_empty());
    let result = identity::request_password_reset(&world.backend, &world.client(), "nobody").await;
    assert_eq!(refusal(result), Refusal::field("email", Problem::InvalidEmail));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_link_works_for_one_hour(pool: PgPool) {
    let world = World::new(pool).await;
    let link = reset_link(&world, world.olive()).await;
    world.advance(Duration::minutes(59));
    identity::check_reset_link(&world.backend, &link).await.unwrap();
    world.advance(Duration::minutes(1));
    assert_eq!(refusal(identity::check_reset_link(&world.backend, &link).await), Refusal::LinkNotValid);
    assert_eq!(refusal(reset(&world, &link).await), Refusal::LinkNotValid);
    assert!(opens(&world, "olive@example.com", PASSWORD).await);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_many_uses_at_once_one_counts(pool: PgPool) {
    const CLICKS: usize = 20;
    let world = World::new(pool).await;
    let link = reset_link(&world, world.olive()).await;
    let mut running = JoinSet::new();
    for n in 0..CLICKS {
        let (backend, link) = (world.backend.clone(), link.clone());
        running.spawn(async move {
            let password = format!("{NEW_PASSWORD} {n}");
            let result = identity::reset_password(&backend, &stranger(n), &link, secret(&password)).await;
            result.map(|_opened| password)
        });
    }
    let mut winners = vec![];
    while let Some(result) = running.join_next().await {
        match result.unwrap() {
            Ok(password) => winners.push(password),
            Err(error) => assert_eq!(error.refusal(), Some(&Refusal::LinkNotValid)),
        }
    }
    assert_eq!(winners.len(), 1);
    assert!(opens(&world, "olive@example.com", &winners[0]).await);
    assert_eq!(world.log(world.acme).await.iter().filter(|line| line.contains("reset")).count(), 1);
    println!("{CLICKS} uses of one link at once set 1 password");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_newer_link_a_new_password_and_a_new_address_kill_it(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let mut dead = vec![reset_link(&world, olive).await];
    let newer = reset_link(&world, olive).await;
    assert_eq!(refusal(reset(&world, &dead[0]).await), Refusal::LinkNotValid, "replaced");
    identity::check_reset_link(&world.backend, &newer).await.unwrap();

    let (current, new) = (secret(PASSWORD), secret(NEW_PASSWORD));
    let client = world.client();
    identity::change_password(&world.backend, &olive.signed, None, &client, current, new).await.unwrap();
    assert_eq!(refusal(reset(&world, &newer).await), Refusal::LinkNotValid, "password changed");
    dead.push(newer);

    let used = reset_link(&world, olive).await;
    reset(&world, &used).await.unwrap();
    assert_eq!(refusal(reset(&world, &used).await), Refusal::LinkNotValid, "used");
    dead.push(used);

    let to_old_address = reset_link(&world, world.max()).await;
    let change = email_link(&world, world.max(), "maximilian@example.com").await;
    identity::confirm_email_change(&world.backend, &change).await.unwrap();
    dead.push(to_old_address);
    for link in &dead {
        assert_eq!(refusal(reset(&world, link).await), Refusal::LinkNotValid);
    }
    println!("{} dead links refused", dead.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_weak_password_leaves_the_link_open(pool: PgPool) {
    let world = World::new(pool).await;
    let link = reset_link(&world, world.olive()).await;
    let cases = [
        ("", Problem::Required),
        ("short", Problem::TooShort { min_chars: 12 }),
        ("olive@example.com", Problem::CommonPassword),
    ];
    for (password, problem) in cases {
        let result = identity::reset_password(&world.backend, &world.client(), &link, secret(password)).await;
        assert_eq!(refusal(result), Refusal::field("password", problem), "{password}");
    }
    reset(&world, &link).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_belongs_nowhere_can_reset_too(pool: PgPool) {
    let world = World::new(pool).await;
    sqlx::query("update member set state = 'removed' where id = $1")
        .bind(world.max().member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    let link = reset_link(&world, world.max()).await;
    let opened = reset(&world, &link).await.unwrap();
    assert!(world.signed_in(&opened.session_token).await.unwrap().access.is_none());
    assert!(world.log(world.acme).await.is_empty());
}
