use backend::identity::{self, Opened};
use domain::{Problem, Refusal};
use sqlx::PgPool;

use super::{NEW_PASSWORD, email_link, is_alive, opens, secret};
use crate::support::{PASSWORD, Person, World, refusal};

async fn change(world: &World, person: &Person, current: &str, new: &str) -> backend::Result<Opened> {
    let (current, new) = (secret(current), secret(new));
    let access = Some(&person.access);
    identity::change_password(&world.backend, &person.signed, access, &world.client(), current, new).await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_new_password_counts_at_once_and_only_this_browser_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let elsewhere = world.session(olive.login_id, world.acme).await;
    let opened = change(&world, olive, PASSWORD, NEW_PASSWORD).await.unwrap();
    assert!(!is_alive(&world, &elsewhere).await);
    assert!(!is_alive(&world, &olive.session_token).await, "renewed: the old token is dead");
    let signed_in = world.signed_in(&opened.session_token).await.unwrap();
    assert_eq!(signed_in.signed.session_id, olive.signed.session_id);
    assert!(opens(&world, "olive@example.com", NEW_PASSWORD).await);
    assert!(!opens(&world, "olive@example.com", PASSWORD).await);
    assert_eq!(world.log(world.acme).await[0], "Olive Tester changed their password");
    let mails = world.mails().await;
    assert!(mails.iter().any(|mail| mail.subject == "Your password was changed" && mail.to == olive.email));
    assert!(opens(&world, "max@example.com", PASSWORD).await, "nobody else is concerned");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn wrong_weak_and_same_passwords_are_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let cases = [
        ("wrong password", NEW_PASSWORD, "current_password", Problem::WrongPassword),
        ("", NEW_PASSWORD, "current_password", Problem::WrongPassword),
        (PASSWORD, "short", "new_password", Problem::TooShort { min_chars: 12 }),
        (PASSWORD, "password12345", "new_password", Problem::CommonPassword),
        (PASSWORD, "olive@example.com", "new_password", Problem::CommonPassword),
        (PASSWORD, PASSWORD, "new_password", Problem::SamePassword),
        (PASSWORD, "ｃorrect horse battery staple", "new_password", Problem::SamePassword),
    ];
    for (current, new, field, problem) in &cases {
        let refused = refusal(change(&world, world.olive(), current, new).await);
        assert_eq!(refused, Refusal::field(field, problem.clone()), "{new}");
    }
    assert!(is_alive(&world, &world.olive().session_token).await);
    assert!(world.log(world.acme).await.is_empty());
    println!("{} changes refused", cases.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn open_links_of_the_login_die_with_the_old_password(pool: PgPool) {
    let world = World::new(pool).await;
    let link = email_link(&world, world.olive(), "olivia@example.com").await;
    change(&world, world.olive(), PASSWORD, NEW_PASSWORD).await.unwrap();
    let result = identity::confirm_email_change(&world.backend, &link).await;
    assert_eq!(refusal(result), Refusal::LinkNotValid);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_ended_session_changes_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    identity::sign_out(&world.backend, &olive.signed, None).await.unwrap();
    assert_eq!(refusal(change(&world, olive, PASSWORD, NEW_PASSWORD).await), Refusal::SignInNeeded);
    assert!(opens(&world, "olive@example.com", PASSWORD).await);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_two_changes_at_once_one_counts(pool: PgPool) {
    let world = World::new(pool).await;
    let second = world.session(world.olive().login_id, world.acme).await;
    let other_browser =
        Person { signed: world.signed_in(&second).await.unwrap().signed, ..world.olive().clone() };
    let (one, two) = (format!("{NEW_PASSWORD} one"), format!("{NEW_PASSWORD} two"));
    let (first, second) = tokio::join!(
        change(&world, world.olive(), PASSWORD, &one),
        change(&world, &other_browser, PASSWORD, &two),
    );
    assert_ne!(first.is_ok(), second.is_ok());
    let (winner, loser) = if first.is_ok() { (&one, &two) } else { (&two, &one) };
    assert!(opens(&world, "olive@example.com", winner).await);
    assert!(!opens(&world, "olive@example.com", loser).await);
}
