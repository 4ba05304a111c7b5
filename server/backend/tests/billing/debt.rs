//! Payments that fail: the timetable, the pause, and paying.

use backend::billing::{self, CardChange, Paid, TestCard};
use domain::{
    Refusal,
    billing::{Interval, StateName},
};
use sqlx::PgPool;

use super::world::Billed;
use crate::support::refusal;

/// Subscribed to Starter on 5 May; from then on charges go to `card`.
async fn subscribed_then(pool: PgPool, card: TestCard) -> Billed {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let bad = billed.use_card(card).await;
    // Only this one is left.
    let cards = billed.overview().await.cards;
    let good = cards.iter().find(|one| one.id != bad.id).unwrap();
    billing::change_card(&billed.world.backend, &billed.olive(), good.id, CardChange::Remove).await.unwrap();
    billed
}

async fn attempts(billed: &Billed) -> i64 {
    billed.world.count("select count(*) from test_gateway_charge where outcome <> 'paid'").await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_declined_renewal_is_tried_on_four_more_dates_and_then_paused(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Declined).await;
    billed.days_later(31).await;
    assert_eq!((billed.state().await, attempts(&billed).await), (StateName::PastDue, 1));
    let mut tried_on = Vec::new();
    for day in 1..=20 {
        let before = attempts(&billed).await;
        billed.days_later(1).await;
        if attempts(&billed).await > before {
            tried_on.push(day);
        }
    }
    assert_eq!(tried_on, [3, 7, 10, 14]);
    assert_eq!(billed.state().await, StateName::Paused);
    billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_first_mail_has_the_whole_timetable_and_says_what_each_date_brings(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Declined).await;
    billed.days_later(31).await;
    let mails = billed.world.mails().await;
    let first = mails.iter().rfind(|mail| mail.subject.contains("could not be collected")).unwrap();
    assert_eq!(
        first.paragraphs,
        [
            "USD 249.95 could not be collected: the card Visa ending in 0002 was declined.",
            "Unless it is paid before, this is what happens:",
            "8 June 2016: the card is tried again",
            "12 June 2016: the card is tried again",
            "15 June 2016: the card is tried again",
            "19 June 2016: the card is tried a last time; if it fails, the account is paused",
        ]
    );
    billed.days_later(14).await;
    let mails = billed.world.mails().await;
    let failed = mails.iter().filter(|mail| mail.subject.contains("could not be collected")).count();
    assert_eq!(failed, 1, "what was not sent by the pause has become pointless");
    assert!(mails.iter().any(|mail| mail.subject == "Acme: the account is paused"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_card_that_is_declined_for_good_is_tried_once(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Lost).await;
    billed.days_later(31 + 14).await;
    assert_eq!((billed.state().await, attempts(&billed).await), (StateName::Paused, 1));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_backup_card_is_the_last_thing_that_is_tried(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Lost).await;
    let backup = billed.enter(TestCard::Good).await;
    let change = CardChange::MakeBackup;
    billing::change_card(&billed.world.backend, &billed.olive(), backup.id, change).await.unwrap();
    billed.days_later(31 + 13).await;
    assert_eq!(billed.state().await, StateName::PastDue);
    billed.days_later(1).await;
    assert_eq!((billed.state().await, billed.moved().await.0), (StateName::Active, 2));
    billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn paying_ends_the_pause_with_everything_as_it_was(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Declined).await;
    billed.days_later(31 + 14).await;
    assert_eq!(billed.state().await, StateName::Paused);
    let (backend, olive) = (&billed.world.backend, billed.olive());
    assert_eq!(billing::pay_now(backend, &olive).await.unwrap(), Paid::Declined);
    assert_eq!(billed.state().await, StateName::Paused);
    billed.use_card(TestCard::Good).await;
    assert_eq!(billing::pay_now(backend, &olive).await.unwrap(), Paid::All);
    assert_eq!((billed.state().await, billed.has().await.as_str()), (StateName::Active, "starter"));
    assert_eq!(billed.overview().await.owed_minor, 0);
    assert_eq!(refusal(billing::pay_now(backend, &olive).await), Refusal::NothingOwed);
    billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_has_the_mailed_link_pays_and_learns_no_more_than_that(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::InsufficientOnce).await;
    billed.days_later(31).await;
    let backend = &billed.world.backend;
    let link = billed.world.mailed_link("olive@example.com", "/pay/").await;
    let debt = billing::debt(backend, &link).await.unwrap();
    assert_eq!((debt.account_name.as_str(), debt.owed_minor), ("Acme", 24_995));
    assert_eq!(debt.invoices, ["INV-000002"]);
    assert_eq!(debt.card.as_deref(), Some("Visa ending in 9995"));
    assert_eq!(billing::pay_debt(backend, &link).await.unwrap(), Paid::All);
    assert_eq!(billing::debt(backend, &link).await.unwrap().owed_minor, 0);
    assert_eq!(refusal(billing::pay_debt(backend, &link).await), Refusal::NothingOwed);
    for wrong in ["", "a", &link[1..], &format!("{link}A"), &link.replace(&link[30..31], "-")] {
        assert_eq!(refusal(billing::debt(backend, wrong).await), Refusal::LinkNotValid, "{wrong}");
        assert_eq!(refusal(billing::pay_debt(backend, wrong).await), Refusal::LinkNotValid, "{wrong}");
    }
    billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn two_who_pay_at_once_pay_once(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Declined).await;
    billed.days_later(31).await;
    billed.use_card(TestCard::Slow).await;
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let both = tokio::join!(billing::pay_now(backend, &olive), billing::pay_now(backend, &olive));
    let outcomes = [both.0, both.1];
    assert_eq!(outcomes.iter().filter(|one| matches!(one, Ok(Paid::All))).count(), 1, "{outcomes:?}");
    assert_eq!(billed.moved().await, (2, 2 * 24_995));
    billed.check_books().await;
}

/// Otherwise whoever is paused would only have to cancel.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_ends_a_paused_subscription_stays_read_only_until_a_plan_is_chosen(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Declined).await;
    billed.days_later(31 + 14).await;
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let session = billed.world.session(billed.world.olive().login_id, billed.world.acme).await;
    let is_paused = async || {
        let signed_in = billed.world.signed_in(&session).await.unwrap();
        signed_in.viewer.account.unwrap().is_paused()
    };
    assert!(is_paused().await);
    billing::cancel(backend, &olive).await.unwrap();
    assert_eq!(billed.state().await, StateName::Ended);
    assert!(is_paused().await);
    billed.use_card(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    assert!(!is_paused().await);
    billed.check_books().await;
}
