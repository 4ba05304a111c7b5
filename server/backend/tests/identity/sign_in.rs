use argon2::{Algorithm, Argon2, Params, Version, password_hash::PasswordHasher};
use backend::identity;
use chrono::Duration;
use domain::{Problem, Refusal, Role};
use sqlx::PgPool;
use uuid::Uuid;

use super::{NEW_PASSWORD, is_alive, known, secret, sign_in, stranger};
use crate::support::{PASSWORD, World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_right_password_opens_the_account(pool: PgPool) {
    let world = World::new(pool).await;
    let opened = sign_in(&world, &stranger(1), "  Olive@Example.COM ", PASSWORD).await.unwrap();
    let signed_in = world.signed_in(&opened.session_token).await.unwrap();
    assert_eq!(signed_in.signed.login_id, world.olive().login_id);
    assert!(signed_in.signed.freshly_proved);
    assert_eq!(signed_in.access.unwrap().account(), world.acme);
    assert_ne!(opened.session_token, world.olive().session_token);
    assert!(is_alive(&world, &world.olive().session_token).await, "other browsers stay signed in");
    assert_eq!(
        world.log(world.acme).await,
        ["Olive Tester signed in with Chrome on Windows from 198.18.0.1"]
    );
    assert!(world.log(world.others).await.is_empty());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn all_that_is_wrong_is_refused_alike(pool: PgPool) {
    let world = World::new(pool).await;
    let long = "x".repeat(100_000);
    let nearly = &PASSWORD[..PASSWORD.len() - 1];
    let more = format!("{PASSWORD} ");
    let wrong = ["", "wrong", nearly, &more, "Correct horse battery staple", "\0", &long];
    for password in wrong {
        for email in ["olive@example.com", "nobody@example.com"] {
            let result = sign_in(&world, &stranger(1), email, password).await;
            assert_eq!(refusal(result), Refusal::WrongCredentials, "{email}");
        }
    }
    let result = sign_in(&world, &stranger(1), "olive", PASSWORD).await;
    assert_eq!(refusal(result), Refusal::field("email", Problem::InvalidEmail));
    assert!(world.log(world.acme).await.is_empty());
    println!("{} wrong passwords refused", wrong.len() * 2);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_unknown_browser_is_told_by_mail_once(pool: PgPool) {
    let world = World::new(pool).await;
    let browser = stranger(1);
    let opened = sign_in(&world, &browser, "olive@example.com", PASSWORD).await.unwrap();
    let mails = world.mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, world.olive().email);
    let text = mails[0].text("Steward");
    for part in
        ["Chrome on Windows", "198.18.0.1", "(America/Denver)", "https://steward.test/forgot-password"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let again = sign_in(&world, &known(&browser, &opened), "olive@example.com", PASSWORD).await.unwrap();
    assert_eq!(world.mails().await.len(), 1);
    // Max uses the same browser for the first time; then both are known to it.
    let browser = known(&browser, &again);
    let opened = sign_in(&world, &browser, "max@example.com", PASSWORD).await.unwrap();
    assert_eq!(world.mails().await.len(), 2);
    let browser = known(&browser, &opened);
    for email in ["olive@example.com", "max@example.com"] {
        sign_in(&world, &browser, email, PASSWORD).await.unwrap();
    }
    assert_eq!(world.mails().await.len(), 2);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn people_begin_where_they_worked_last(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max();
    world.join(max.login_id, Uuid::from_u128(77).into(), world.others, "Maximilian", Role::Admin).await;
    let account = async || {
        let opened = sign_in(&world, &stranger(1), "max@example.com", PASSWORD).await.unwrap();
        world.signed_in(&opened.session_token).await.unwrap().access.map(|access| access.account())
    };
    assert_eq!(account().await, Some(world.acme), "by name at first");
    let work_in = async |member: Uuid| {
        world.advance(Duration::hours(1));
        sqlx::query("update member set last_active_at = $2 where id = $1")
            .bind(member)
            .bind(world.now())
            .execute(&world.root)
            .await
            .unwrap();
    };
    work_in(Uuid::from_u128(77)).await;
    assert_eq!(account().await, Some(world.others));
    work_in(max.member_id.0).await;
    assert_eq!(account().await, Some(world.acme));
    let log = world.log(world.others).await;
    assert_eq!(
        log,
        ["Maximilian Tester signed in with Chrome on Windows from 198.18.0.1"],
        "under the name there"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_belongs_nowhere_is_signed_in_without_an_account(pool: PgPool) {
    let world = World::new(pool).await;
    for state in ["deactivated", "removed"] {
        sqlx::query("update member set state = $2 where id = $1")
            .bind(world.max().member_id.0)
            .bind(state)
            .execute(&world.root)
            .await
            .unwrap();
        let opened = sign_in(&world, &stranger(1), "max@example.com", PASSWORD).await.unwrap();
        assert!(world.signed_in(&opened.session_token).await.unwrap().access.is_none(), "{state}");
    }
    assert!(world.log(world.acme).await.is_empty());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_weaker_hash_is_replaced_at_the_next_sign_in(pool: PgPool) {
    let world = World::new(pool).await;
    let params = Params::new(8 * 1024, 1, 1, None).unwrap();
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password(PASSWORD.as_bytes())
        .unwrap()
        .to_string();
    let olive = world.olive().login_id.0;
    sqlx::query("update login set password_hash = $2 where id = $1")
        .bind(olive)
        .bind(&weak)
        .execute(&world.root)
        .await
        .unwrap();
    let stored = async || {
        let hash: String = sqlx::query_scalar("select password_hash from login where id = $1")
            .bind(olive)
            .fetch_one(&world.root)
            .await
            .unwrap();
        hash
    };
    let wrong = sign_in(&world, &stranger(1), "olive@example.com", "wrong").await;
    assert_eq!(refusal(wrong), Refusal::WrongCredentials);
    assert_eq!(stored().await, weak, "only who knows the password can strengthen its hash");
    sign_in(&world, &stranger(1), "olive@example.com", PASSWORD).await.unwrap();
    let strong = stored().await;
    assert!(strong.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{strong}");
    sign_in(&world, &stranger(1), "olive@example.com", PASSWORD).await.unwrap();
    assert_eq!(stored().await, strong);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_old_password_opens_nothing_while_it_is_being_changed(pool: PgPool) {
    const ROUNDS: usize = 8;
    let world = World::new(pool).await;
    let (mut passwords, mut refused) = ([PASSWORD, NEW_PASSWORD], 0);
    let mut signed = world.olive().signed.clone();
    for _ in 0..ROUNDS {
        let [old, new] = passwords;
        let client = world.client();
        let change =
            identity::change_password(&world.backend, &signed, None, &client, secret(old), secret(new));
        let elsewhere = stranger(1);
        let (changed, raced) = tokio::join!(change, sign_in(&world, &elsewhere, "olive@example.com", old));
        let changed = changed.unwrap();
        match raced {
            Ok(opened) => {
                assert!(!is_alive(&world, &opened.session_token).await, "opened with the old password")
            }
            Err(error) => {
                assert_eq!(error.refusal(), Some(&Refusal::WrongCredentials));
                refused += 1;
            }
        }
        signed = world.signed_in(&changed.session_token).await.unwrap().signed;
        passwords.reverse();
        world.advance(Duration::minutes(15));
    }
    println!(
        "{ROUNDS} rounds of sign-in against change of password: {refused} refused, the rest ended at once"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_session_has_a_token_of_its_own(pool: PgPool) {
    let world = World::new(pool).await;
    let mut tokens = std::collections::BTreeSet::new();
    for number in 0..5 {
        let opened = sign_in(&world, &stranger(number), "uma@example.com", PASSWORD).await.unwrap();
        assert_eq!(opened.session_token.len(), 43, "32 random bytes");
        tokens.insert(opened.session_token);
    }
    assert_eq!(tokens.len(), 5);
    let stored: Vec<Vec<u8>> =
        sqlx::query_scalar("select token_hash from session").fetch_all(&world.root).await.unwrap();
    for token in &tokens {
        assert!(stored.iter().any(|hash| hash[..] == backend::keys::BearerToken::hash_of(token)));
        assert!(!stored.iter().any(|hash| hash == token.as_bytes()));
    }
}
