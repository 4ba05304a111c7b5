use backend::{Client, identity};
use chrono::Duration;
use domain::Refusal;
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::{NEW_PASSWORD, known, reset_link, secret, sign_in, stranger};
use crate::support::{PASSWORD, World, refusal};

const GUESSES: usize = 1_000;

/// Types wrong passwords at the same time; answers how many cost a hash. All must be refused.
async fn guess(world: &World, guesses: impl Iterator<Item = (Client, String)>) -> u64 {
    let before = identity::passwords_hashed(&world.backend);
    let mut running = JoinSet::new();
    for (client, email) in guesses {
        let backend = world.backend.clone();
        running.spawn(
            async move { identity::sign_in(&backend, &client, &email, secret("wrong password")).await },
        );
    }
    let (mut throttled, mut turned_away) = (0, 0);
    while let Some(result) = running.join_next().await {
        let error = result.unwrap().expect_err("a wrong password opens nothing");
        match error.refusal() {
            Some(Refusal::WrongCredentials) => {}
            Some(Refusal::TooManyAttempts { retry_after_seconds }) => {
                assert!((1..=900).contains(retry_after_seconds), "{retry_after_seconds}");
                throttled += 1;
            }
            // So many at once may wait too long for a connection on a busy machine.
            None if error.to_string().contains("pool timed out") => turned_away += 1,
            _ => panic!("{error}"),
        }
    }
    let hashed = identity::passwords_hashed(&world.backend) - before;
    println!("{throttled} guesses throttled, {turned_away} turned away, {hashed} reached the hash");
    hashed
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_a_thousand_guesses_at_once_ten_reach_the_hash(pool: PgPool) {
    let world = World::new(pool).await;
    for email in ["olive@example.com", "nobody@example.com"] {
        let from_everywhere = (0..GUESSES).map(|n| (stranger(n), email.to_owned()));
        let hashed = guess(&world, from_everywhere).await;
        assert!((1..=10).contains(&hashed), "{email}: {hashed}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn one_network_cannot_try_one_password_on_everybody(pool: PgPool) {
    let world = World::new(pool).await;
    let everybody = (0..GUESSES).map(|n| (stranger(1), format!("person{n}@example.com")));
    let hashed = guess(&world, everybody).await;
    assert!((1..=50).contains(&hashed), "{hashed}");
    let elsewhere = sign_in(&world, &stranger(2), "olive@example.com", PASSWORD).await;
    assert!(elsewhere.is_ok(), "other networks are not concerned");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn guessing_locks_nobody_out_of_a_browser_they_know(pool: PgPool) {
    let world = World::new(pool).await;
    let home = stranger(1);
    let opened = sign_in(&world, &home, "olive@example.com", PASSWORD).await.unwrap();
    let home = known(&home, &opened);
    // The guessers sit in the same network, too.
    guess(&world, (0..60).map(|_| (stranger(1), "olive@example.com".to_owned()))).await;
    let unknown = sign_in(&world, &stranger(1), "olive@example.com", PASSWORD).await;
    assert!(matches!(refusal(unknown), Refusal::TooManyAttempts { .. }));
    for _ in 0..15 {
        sign_in(&world, &home, "olive@example.com", PASSWORD).await.unwrap();
    }
    let otto = stranger(2);
    let opened = sign_in(&world, &otto, "otto@example.com", PASSWORD).await.unwrap();
    let borrowed = sign_in(&world, &known(&otto, &opened), "olive@example.com", PASSWORD).await;
    assert!(
        matches!(refusal(borrowed), Refusal::TooManyAttempts { .. }),
        "another's cookie opens no other way"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_reset_by_mail_opens_the_door_while_others_guess(pool: PgPool) {
    let world = World::new(pool).await;
    guess(&world, (0..40).map(|n| (stranger(n), "olive@example.com".to_owned()))).await;
    // The same people also ask for resets, again and again.
    for n in 0..40 {
        identity::request_password_reset(&world.backend, &stranger(n), "olive@example.com").await.unwrap();
    }
    let link = reset_link(&world, world.olive()).await;
    let resets = world.mails().await.iter().filter(|mail| mail.subject.contains("new password")).count();
    assert_eq!(resets, 5, "nobody can flood an inbox");
    let browser = stranger(900);
    let opened =
        identity::reset_password(&world.backend, &browser, &link, secret(NEW_PASSWORD)).await.unwrap();
    let browser = known(&browser, &opened);
    sign_in(&world, &browser, "olive@example.com", NEW_PASSWORD).await.unwrap();
    let unknown = sign_in(&world, &stranger(901), "olive@example.com", NEW_PASSWORD).await;
    assert!(matches!(refusal(unknown), Refusal::TooManyAttempts { .. }));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_known_browser_may_guess_no_more_than_others(pool: PgPool) {
    let world = World::new(pool).await;
    let stolen = stranger(1);
    let opened = sign_in(&world, &stolen, "olive@example.com", PASSWORD).await.unwrap();
    let stolen = known(&stolen, &opened);
    let hashed = guess(&world, (0..100).map(|_| (stolen.clone(), "olive@example.com".to_owned()))).await;
    assert_eq!(hashed, 10);
    assert!(sign_in(&world, &stranger(2), "olive@example.com", PASSWORD).await.is_ok(), "counted for itself");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn only_wrong_passwords_add_up_and_are_forgotten_after_a_while(pool: PgPool) {
    let world = World::new(pool).await;
    for n in 0..12 {
        sign_in(&world, &stranger(n), "olive@example.com", PASSWORD).await.unwrap();
    }
    guess(&world, (0..9).map(|n| (stranger(n), "olive@example.com".to_owned()))).await;
    sign_in(&world, &stranger(20), "olive@example.com", PASSWORD).await.unwrap();
    guess(&world, (0..3).map(|n| (stranger(n), "olive@example.com".to_owned()))).await;
    let result = sign_in(&world, &stranger(20), "olive@example.com", PASSWORD).await;
    assert!(matches!(refusal(result), Refusal::TooManyAttempts { .. }));
    world.advance(Duration::minutes(15));
    sign_in(&world, &stranger(20), "olive@example.com", PASSWORD).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_stolen_session_may_not_guess_the_password_either(pool: PgPool) {
    let world = World::new(pool).await;
    let before = identity::passwords_hashed(&world.backend);
    let mut running = JoinSet::new();
    for n in 0..150 {
        let (backend, signed, client) = (world.backend.clone(), world.olive().signed.clone(), world.client());
        running.spawn(async move {
            let wrong = secret("wrong password");
            match n % 3 {
                0 => identity::prove(&backend, &signed, &client, wrong).await.map(drop),
                1 => {
                    let new = secret(NEW_PASSWORD);
                    identity::change_password(&backend, &signed, None, &client, wrong, new).await.map(drop)
                }
                _ => identity::request_email_change(&backend, &signed, wrong, "new@example.com").await,
            }
        });
    }
    while let Some(result) = running.join_next().await {
        assert!(result.unwrap().unwrap_err().refusal().is_some());
    }
    let hashed = identity::passwords_hashed(&world.backend) - before;
    println!("150 guesses from inside a session, {hashed} reached the hash");
    assert_eq!(hashed, 10);
}
