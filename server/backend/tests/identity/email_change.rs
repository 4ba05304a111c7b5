use backend::identity;
use chrono::Duration;
use domain::{Problem, Refusal};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::{email_link, is_alive, opens, secret};
use crate::support::{PASSWORD, World, refusal};

const NEW_EMAIL: &str = "olivia@example.com";

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_new_address_counts_once_it_is_confirmed(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let link = email_link(&world, olive, NEW_EMAIL).await;
    assert!(opens(&world, "olive@example.com", PASSWORD).await, "nothing has changed yet");
    assert!(!opens(&world, NEW_EMAIL, PASSWORD).await);
    identity::confirm_email_change(&world.backend, &link).await.unwrap();
    assert!(opens(&world, NEW_EMAIL, PASSWORD).await);
    assert!(!opens(&world, "olive@example.com", PASSWORD).await);
    let signed_in = world.signed_in(&olive.session_token).await.unwrap();
    assert_eq!(signed_in.signed.email.as_str(), NEW_EMAIL);
    let line = "Olive Tester changed their e-mail from olive@example.com to olivia@example.com".to_owned();
    assert!(world.log(world.acme).await.contains(&line));
    let mails = world.mails().await;
    let got =
        |to: &str, subject: &str| mails.iter().any(|mail| mail.to.as_str() == to && mail.subject == subject);
    assert!(got("olive@example.com", "Your e-mail address is about to change"));
    assert!(got("olive@example.com", "Your e-mail address was changed"));
    assert!(got(NEW_EMAIL, "Your e-mail address was changed"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn wrong_passwords_and_addresses_are_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let cases = [
        ("wrong password", NEW_EMAIL, "current_password", Problem::WrongPassword),
        (PASSWORD, "olivia", "email", Problem::InvalidEmail),
        (PASSWORD, "", "email", Problem::Required),
        (PASSWORD, " OLIVE@example.com", "email", Problem::SameEmail),
    ];
    for (password, email, field, problem) in &cases {
        let signed = &world.olive().signed;
        let result = identity::request_email_change(&world.backend, signed, secret(password), email).await;
        assert_eq!(refusal(result), Refusal::field(field, problem.clone()), "{email}");
    }
    assert!(world.mails().await.is_empty());
    println!("{} wishes refused", cases.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_address_with_a_login_is_told_only_to_its_owner(pool: PgPool) {
    let world = World::new(pool).await;
    let signed = &world.olive().signed;
    identity::request_email_change(&world.backend, signed, secret(PASSWORD), "max@example.com")
        .await
        .unwrap();
    let mails = world.mails().await;
    let to_max: Vec<_> = mails.iter().filter(|mail| mail.to == world.max().email).collect();
    assert_eq!(to_max.len(), 1);
    assert_eq!(to_max[0].subject, "This address has a login at Steward already");
    assert!(!to_max[0].text("Steward").contains("/confirm-email/"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_address_taken_meanwhile_stays_with_who_has_it(pool: PgPool) {
    let world = World::new(pool).await;
    let first = email_link(&world, world.olive(), NEW_EMAIL).await;
    let second = email_link(&world, world.max(), NEW_EMAIL).await;
    identity::confirm_email_change(&world.backend, &first).await.unwrap();
    let result = identity::confirm_email_change(&world.backend, &second).await;
    assert_eq!(refusal(result), Refusal::LinkNotValid);
    assert!(opens(&world, "max@example.com", PASSWORD).await);
    let owner: uuid::Uuid = sqlx::query_scalar("select id from login where email = 'olivia@example.com'")
        .fetch_one(&world.root)
        .await
        .unwrap();
    assert_eq!(owner, world.olive().login_id.0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_link_works_once_and_for_24_hours(pool: PgPool) {
    let world = World::new(pool).await;
    let late = email_link(&world, world.max(), "maximilian@example.com").await;
    world.advance(Duration::hours(24));
    let result = identity::confirm_email_change(&world.backend, &late).await;
    assert_eq!(refusal(result), Refusal::LinkNotValid);

    let session = world.session(world.olive().login_id, world.acme).await;
    let signed = world.signed_in(&session).await.unwrap().signed;
    let olive = crate::support::Person { signed, ..world.olive().clone() };
    let replaced = email_link(&world, &olive, "olga@example.com").await;
    let link = email_link(&world, &olive, NEW_EMAIL).await;
    assert_eq!(
        refusal(identity::confirm_email_change(&world.backend, &replaced).await),
        Refusal::LinkNotValid,
        "a newer wish kills the older"
    );
    world.advance(Duration::hours(24) - Duration::minutes(1));
    let mut running = JoinSet::new();
    for _ in 0..20 {
        let (backend, link) = (world.backend.clone(), link.clone());
        running.spawn(async move { identity::confirm_email_change(&backend, &link).await });
    }
    let mut confirmed = 0;
    while let Some(result) = running.join_next().await {
        match result.unwrap() {
            Ok(()) => confirmed += 1,
            Err(error) => assert_eq!(error.refusal(), Some(&Refusal::LinkNotValid)),
        }
    }
    assert_eq!(confirmed, 1);
    assert!(!is_alive(&world, &session).await, "idle for a day, as everywhere");
    println!("20 uses of one link at once changed 1 address");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_elses_inbox_is_not_flooded(pool: PgPool) {
    let world = World::new(pool).await;
    let wish = async || {
        let signed = &world.olive().signed;
        identity::request_email_change(&world.backend, signed, secret(PASSWORD), NEW_EMAIL).await
    };
    for _ in 0..5 {
        wish().await.unwrap();
    }
    assert!(matches!(refusal(wish().await), Refusal::TooManyAttempts { .. }));
    let mails = world.mails().await;
    let arrived = mails.iter().filter(|mail| mail.to.as_str() == NEW_EMAIL).count();
    assert_eq!(arrived, 1, "only the newest link is worth a mail");
}
