use backend::{mail::SendError, staff};
use domain::staff::Delivery;
use sqlx::PgPool;

use super::invited::{NORA, form};
use crate::support::World;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_mail_says_who_invites_to_what_as_what_and_for_how_long(pool: PgPool) {
    let world = World::new(pool).await;
    world.invite_nora().await;
    let mails = world.mails().await;
    let [mail] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert_eq!((mail.to.as_str(), mail.sender_name.as_str()), (NORA, "Acme"));
    assert_eq!(mail.subject, "Olive Tester invites you to Acme");
    let text = mail.text("Steward");
    for part in
        ["Hello Nora", "Olive Tester invites you to work in Acme on Steward, as User.", "for 7 days, until"]
    {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
    let action = mail.action.as_ref().unwrap();
    assert_eq!(action.label, "Join Acme");
    assert!(action.url.starts_with("https://steward.test/join/"));
    assert_eq!(mail.html("Steward").unwrap().matches("<a ").count(), 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn hostile_names_stay_text(pool: PgPool) {
    let world = World::new(pool).await;
    let mut hostile = form(NORA, "user");
    hostile.first_name = "<img src=x onerror=alert(1)>".into();
    staff::invite(&world.backend, &world.olive().access, &hostile).await.unwrap();
    let html = world.mails().await[0].html("Steward").unwrap();
    assert!(!html.contains("<img"), "{html}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn delivery_goes_from_queued_to_sent(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    assert_eq!(world.details(id).await.delivery, Delivery::Queued);
    world.mails().await;
    let Delivery::Sent { at } = world.details(id).await.delivery else { panic!("not sent") };
    assert!((world.now() - at).num_seconds() < 5);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_refused_mail_is_shown_with_its_reason_and_can_be_sent_again(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    world.mailbox.refuse(Some(SendError::Permanent("550 no such\r\nmailbox".into())));
    world.mails().await;
    assert_eq!(world.details(id).await.delivery, Delivery::Failed { reason: "550 no such  mailbox".into() });
    assert_eq!(
        world.log(world.acme).await.last().unwrap(),
        "Steward could not deliver the invitation of Nora Newcomer (nora@example.com): 550 no such  mailbox"
    );
    world.mailbox.refuse(None);
    staff::resend(&world.backend, &world.olive().access, id).await.unwrap();
    world.mails().await;
    assert!(matches!(world.details(id).await.delivery, Delivery::Sent { .. }));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_server_that_is_away_is_tried_again_and_given_up_in_the_end(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    world.mailbox.refuse(Some(SendError::Transient("connection refused".into())));
    let mut rounds = 0;
    while !matches!(world.details(id).await.delivery, Delivery::Failed { .. }) {
        world.mails().await;
        assert_eq!(world.mailbox.sent(), []);
        world.advance(chrono::Duration::hours(1));
        rounds += 1;
        assert!(rounds <= 20, "never given up");
    }
    assert!(rounds >= 10, "given up after {rounds} rounds");
    let Delivery::Failed { reason } = world.details(id).await.delivery else { panic!("not failed") };
    assert!(!reason.contains("internal"), "{reason}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_became_of_a_replaced_link_is_of_no_interest(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    world.mailbox.refuse(Some(SendError::Transient("later".into())));
    world.mails().await;
    staff::resend(&world.backend, &world.olive().access, id).await.unwrap();
    world.mailbox.refuse(None);
    assert_eq!(world.mails().await.len(), 1);
    world.advance(chrono::Duration::minutes(5));
    assert_eq!(world.mails().await.len(), 1, "the first link's mail must not follow");
}
