use backend::identity::{self, SignUpForm};
use chrono::Duration;
use domain::{Permission, Problem, Refusal};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::{NEW_PASSWORD, is_alive, known, opens, secret, sign_in, stranger};
use crate::support::{World, refusal};

pub(super) fn form() -> SignUpForm {
    SignUpForm {
        business_name: "Nora’s Bakery".into(),
        first_name: "Nora".into(),
        last_name: "Newcomer".into(),
        email: "Nora@Example.com".into(),
        password: secret(NEW_PASSWORD),
        time_zone: "Europe/Berlin".into(),
        country: "DE".into(),
    }
}

async fn link(world: &World) -> String {
    identity::sign_up(&world.backend, &world.client(), form()).await.unwrap();
    world.mailed_link("nora@example.com", "/confirm/").await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_confirmed_sign_up_is_an_account_with_its_admin(pool: PgPool) {
    let world = World::new(pool).await;
    let link = link(&world).await;
    let logins = "select count(*) from login where email = 'nora@example.com'";
    assert_eq!(world.count(logins).await, 0, "nothing before the address is confirmed");
    assert!(!opens(&world, "nora@example.com", NEW_PASSWORD).await);
    let pending = identity::pending_sign_up(&world.backend, &link).await.unwrap();
    assert_eq!(
        (pending.business_name.as_str(), pending.name.full().as_str()),
        ("Nora’s Bakery", "Nora Newcomer")
    );
    let browser = stranger(1);
    let opened = identity::confirm_sign_up(&world.backend, &browser, &link).await.unwrap();
    let signed_in = world.signed_in(&opened.session_token).await.unwrap();
    let account = signed_in.viewer.account.as_ref().unwrap();
    assert_eq!(
        (account.name.as_str(), account.time_zone.as_str(), account.country.as_str()),
        ("Nora’s Bakery", "Europe/Berlin", "DE")
    );
    assert!(signed_in.viewer.can(Permission::CloseAccount));
    assert_eq!(signed_in.viewer.name.full(), "Nora Newcomer");
    assert_eq!(world.log(account.id).await, ["Nora Newcomer created the account “Nora’s Bakery”"]);
    sign_in(&world, &known(&browser, &opened), "nora@example.com", NEW_PASSWORD).await.unwrap();
    assert_eq!(world.mails().await.len(), 1, "the browser of the sign-up is known");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn all_problems_of_the_form_are_told_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let empty = SignUpForm {
        business_name: " ".into(),
        first_name: String::new(),
        last_name: "\u{7}".into(),
        email: "nora".into(),
        password: secret("password12345"),
        time_zone: "Mars/Olympus".into(),
        country: String::new(),
    };
    let refused = refusal(identity::sign_up(&world.backend, &world.client(), empty).await);
    let expected = [
        ("business_name", Problem::Required),
        ("first_name", Problem::Required),
        ("last_name", Problem::InvalidText),
        ("email", Problem::InvalidEmail),
        ("password", Problem::CommonPassword),
        ("time_zone", Problem::InvalidChoice),
        ("country", Problem::Required),
    ];
    for (field, problem) in &expected {
        assert_eq!(refused.problem(field), Some(problem), "{field}");
    }
    assert_eq!(world.count("select count(*) from sign_up").await, 0);
    assert_eq!(identity::passwords_hashed(&world.backend), 0, "a refused form costs no hash");
    println!("{} problems told", expected.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_has_a_login_hears_so_by_mail_and_nothing_changes(pool: PgPool) {
    let world = World::new(pool).await;
    let form = SignUpForm { email: "olive@example.com".into(), ..form() };
    identity::sign_up(&world.backend, &world.client(), form).await.unwrap();
    let mails = world.mails().await;
    assert_eq!((mails.len(), &mails[0].to), (1, &world.olive().email));
    let text = mails[0].text("Steward");
    assert!(
        text.contains("https://steward.test/sign-in")
            && text.contains("https://steward.test/forgot-password")
    );
    assert!(!text.contains("/confirm/"), "{text}");
    assert!(!opens(&world, "olive@example.com", NEW_PASSWORD).await);
    assert_eq!(world.count("select count(*) from account").await, 2);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nothing_that_was_typed_stands_in_the_mail(pool: PgPool) {
    let world = World::new(pool).await;
    let advert = "Cheap pills at https://pills.test";
    let form = SignUpForm {
        business_name: advert.into(),
        first_name: advert.into(),
        last_name: advert.into(),
        ..form()
    };
    identity::sign_up(&world.backend, &world.client(), form).await.unwrap();
    let mails = world.mails().await;
    assert!(!format!("{} {}", mails[0].subject, mails[0].text("Steward")).contains("pills"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_link_works_for_48_hours(pool: PgPool) {
    let world = World::new(pool).await;
    let link = link(&world).await;
    world.advance(Duration::hours(48) - Duration::minutes(1));
    identity::pending_sign_up(&world.backend, &link).await.unwrap();
    world.advance(Duration::minutes(1));
    assert_eq!(refusal(identity::pending_sign_up(&world.backend, &link).await), Refusal::LinkNotValid);
    let result = identity::confirm_sign_up(&world.backend, &world.client(), &link).await;
    assert_eq!(refusal(result), Refusal::LinkNotValid);
    assert_eq!(world.count("select count(*) from account").await, 2);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_mail_that_comes_too_late_is_not_sent(pool: PgPool) {
    let world = World::new(pool).await;
    identity::sign_up(&world.backend, &world.client(), form()).await.unwrap();
    world.advance(Duration::hours(49));
    assert!(world.mails().await.is_empty());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_many_confirmations_at_once_one_makes_an_account(pool: PgPool) {
    const CLICKS: usize = 50;
    let world = World::new(pool).await;
    let link = link(&world).await;
    let mut running = JoinSet::new();
    for n in 0..CLICKS {
        let (backend, link) = (world.backend.clone(), link.clone());
        running.spawn(async move { identity::confirm_sign_up(&backend, &stranger(n), &link).await });
    }
    let mut opened = vec![];
    while let Some(result) = running.join_next().await {
        match result.unwrap() {
            Ok(session) => opened.push(session),
            Err(error) => assert_eq!(error.refusal(), Some(&Refusal::LinkNotValid)),
        }
    }
    assert_eq!(opened.len(), 1);
    assert!(is_alive(&world, &opened[0].session_token).await);
    assert_eq!(world.count("select count(*) from account").await, 3);
    assert_eq!(world.count("select count(*) from login where email = 'nora@example.com'").await, 1);
    println!("{CLICKS} confirmations at once made 1 account");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_several_sign_ups_of_one_address_one_can_be_confirmed(pool: PgPool) {
    let world = World::new(pool).await;
    let first = link(&world).await;
    world.advance(Duration::minutes(1));
    let second = link(&world).await;
    assert_ne!(first, second);
    identity::confirm_sign_up(&world.backend, &world.client(), &second).await.unwrap();
    for used in [&first, &second] {
        let result = identity::confirm_sign_up(&world.backend, &world.client(), used).await;
        assert_eq!(refusal(result), Refusal::LinkNotValid);
    }
    assert_eq!(world.count("select count(*) from account").await, 3);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn one_network_cannot_have_forms_judged_for_ever(pool: PgPool) {
    let world = World::new(pool).await;
    let weak = || SignUpForm { password: "weak".into(), ..form() };
    for _ in 0..200 {
        let judged = identity::sign_up(&world.backend, &stranger(1), weak()).await;
        assert!(matches!(refusal(judged), Refusal::Invalid(_)));
    }
    let counted = identity::sign_up(&world.backend, &stranger(1), weak()).await;
    assert!(matches!(refusal(counted), Refusal::TooManyAttempts { .. }));
    identity::sign_up(&world.backend, &stranger(2), form()).await.expect("another network is not hindered");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_address_gets_five_mails_an_hour(pool: PgPool) {
    let world = World::new(pool).await;
    for n in 0..5 {
        identity::sign_up(&world.backend, &stranger(n), form()).await.unwrap();
    }
    let result = identity::sign_up(&world.backend, &stranger(9), form()).await;
    assert!(matches!(refusal(result), Refusal::TooManyAttempts { .. }));
    assert_eq!(world.mails().await.len(), 5);
}
