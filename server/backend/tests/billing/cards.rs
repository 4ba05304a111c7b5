//! Cards, and to whom invoices go.

use backend::billing::{self, CardChange, CardRole, TestCard};
use domain::{
    Problem, Refusal,
    billing::{Customer, Interval},
};
use sqlx::PgPool;

use super::world::Billed;
use crate::support::refusal;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_first_card_is_charged_and_another_takes_its_place(pool: PgPool) {
    let billed = Billed::new(pool).await;
    let first = billed.enter(TestCard::Good).await;
    assert_eq!(first.role, Some(CardRole::Default));
    let second = billed.enter(TestCard::Slow).await;
    assert_eq!((second.role, second.words().as_str()), (None, "Visa ending in 0077"));
    let (backend, olive) = (&billed.world.backend, billed.olive());
    billing::change_card(backend, &olive, second.id, CardChange::MakeDefault).await.unwrap();
    let roles: Vec<_> = billed.overview().await.cards.iter().map(|card| (card.id, card.role)).collect();
    assert_eq!(roles, [(second.id, Some(CardRole::Default)), (first.id, Some(CardRole::Backup))]);
    billing::change_card(backend, &olive, second.id, CardChange::Remove).await.unwrap();
    let roles: Vec<_> = billed.overview().await.cards.iter().map(|card| (card.id, card.role)).collect();
    assert_eq!(roles, [(first.id, Some(CardRole::Default))]);
    let gone = billing::change_card(backend, &olive, second.id, CardChange::MakeDefault).await;
    assert_eq!(refusal(gone), Refusal::NotFound);
    let otto = &billed.world.otto().access;
    let foreign = billing::change_card(backend, otto, first.id, CardChange::Remove).await;
    assert_eq!(refusal(foreign), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_visit_to_the_gateway_counts_once(pool: PgPool) {
    let billed = Billed::new(pool).await;
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let url = billing::begin_card(backend, &olive).await.unwrap();
    let visit = url.rsplit('/').next().unwrap();
    let typed = billing::test_visit_done(backend, visit, "4111 1111 1111 1111", "13/20").await;
    let problems = refusal(typed);
    assert_eq!(problems.problem("number"), Some(&Problem::InvalidChoice));
    assert_eq!(problems.problem("expires"), Some(&Problem::InvalidChoice));
    let back = billing::test_visit_done(backend, visit, "4242 4242 4242 4242", "12/40").await.unwrap();
    let again = billing::test_visit_done(backend, visit, "4242424242424242", "12/40").await;
    assert_eq!(refusal(again), Refusal::LinkNotValid);
    let setup = back.rsplit('/').next().unwrap().parse().unwrap();
    let otto = &billed.world.otto().access;
    assert_eq!(refusal(billing::end_card(backend, otto, setup).await), Refusal::NotFound);
    let both =
        tokio::join!(billing::end_card(backend, &olive, setup), billing::end_card(backend, &olive, setup));
    assert_eq!(both.0.unwrap().map(|card| card.id), both.1.unwrap().map(|card| card.id));
    assert_eq!(billed.overview().await.cards.len(), 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_last_card_stays_while_something_is_owed(pool: PgPool) {
    let billed = Billed::new(pool).await;
    let good = billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let bad = billed.use_card(TestCard::Declined).await;
    let (backend, olive) = (&billed.world.backend, billed.olive());
    billing::change_card(backend, &olive, good.id, CardChange::Remove).await.unwrap();
    billed.days_later(31).await;
    let last = billing::change_card(backend, &olive, bad.id, CardChange::Remove).await;
    assert_eq!(refusal(last), Refusal::LastCard);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn people_are_warned_of_a_card_before_the_charge_that_it_would_break(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter_until(TestCard::Good, "06/16").await;
    billed.choose("starter", Interval::Month).await.unwrap();
    assert_eq!(billed.overview().await.card_breaks.unwrap().to_string(), "2016-07-05");
    let mut warned = Vec::new();
    for day in 1..=60 {
        billed.days_later(1).await;
        let subjects = billed.subjects().await;
        let count = subjects.iter().filter(|subject| subject.contains("about to expire")).count();
        if count > warned.len() {
            warned.push(day);
        }
    }
    // The charge is 61 days after 5 May: 30, 14, 7 days and 1 day before it.
    assert_eq!(warned, [31, 47, 54, 60]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_issued_invoice_keeps_the_address_that_it_was_sent_to(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let typed = Customer {
        name: "Acme GmbH".into(),
        street: " 1 Elm Street ".into(),
        city: "Köln".into(),
        country: "DE".into(),
        ..Customer::default()
    };
    billing::change_details(backend, &olive, &typed, "books@example.com, books@example.com\ncfo@example.com")
        .await
        .unwrap();
    billed.days_later(31).await;
    let customer = async |number| billing::invoice(backend, &olive, number).await.unwrap().document.customer;
    let (before, after) = (customer(1).await, customer(2).await);
    assert_eq!((before.name.as_str(), before.address.len()), ("Acme", 0));
    assert_eq!(
        (after.name.as_str(), after.address),
        ("Acme GmbH", vec!["1 Elm Street".into(), "Köln".into()])
    );
    let to: Vec<_> =
        billed.world.mails().await.into_iter().rev().take(2).map(|mail| mail.to.to_string()).collect();
    assert!(to.iter().all(|to| to == "books@example.com" || to == "cfo@example.com"), "{to:?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn wrong_details_are_told_together_and_change_nothing(pool: PgPool) {
    let billed = Billed::new(pool).await;
    let typed = Customer { country: "XX".into(), tax_id: "a\u{202e}b".into(), ..Customer::default() };
    let refused =
        refusal(billing::change_details(&billed.world.backend, &billed.olive(), &typed, "nobody").await);
    for field in ["country", "tax_id", "emails"] {
        assert!(refused.problem(field).is_some(), "{field}: {refused:?}");
    }
}
