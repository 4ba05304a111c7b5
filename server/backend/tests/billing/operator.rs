//! What the operator does, and what the database refuses whoever asks.

use backend::billing::{self, TestCard};
use domain::{Refusal, billing::Interval};
use sqlx::PgPool;

use super::world::Billed;
use crate::support::refusal;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_retired_plan_is_kept_by_who_has_it(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let backend = &billed.world.backend;
    billing::retire_plan(backend, "starter", "USD").await.unwrap();
    assert_eq!(refusal(billing::retire_plan(backend, "starter", "USD").await), Refusal::NotFound);
    let choices = billing::choices(backend, &billed.olive()).await.unwrap();
    assert!(choices.plans.iter().all(|plan| plan.plan.code != "starter"));
    billed.days_later(31).await;
    assert_eq!(billed.moved().await.0, 2);
    assert!(billing::plans(backend).await.unwrap().iter().any(|plan| plan.is_retired));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_issued_invoice_cannot_be_changed_or_deleted(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    for statement in [
        "update invoice set total_minor = 1",
        "update invoice set draft = '{}'",
        "update invoice set status = 'open', settled_on = null",
        "update invoice set status = 'void'",
    ] {
        let refused = sqlx::query(statement).execute(&billed.world.root).await.unwrap_err().to_string();
        assert!(refused.contains("does not change"), "{statement}: {refused}");
    }
    let mut tx = billed.world.backend.db.tenant(billed.world.acme).await.unwrap();
    let refused = sqlx::query("delete from invoice").execute(&mut *tx).await.unwrap_err().to_string();
    assert!(refused.contains("permission denied"), "{refused}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn books_that_do_not_agree_are_named(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    billed.check_books().await;
    sqlx::query(
        "update ledger_posting set amount_minor = amount_minor + 1 where entry = 1 and amount_minor > 0",
    )
    .execute(&billed.world.root)
    .await
    .unwrap();
    let found = billing::check_books(&billed.world.backend).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].problems.len(), 2, "{found:?}");
}

/// A book that contradicts itself stands still and says so, and the other accounts go on.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_book_that_runs_away_is_parked_until_the_operator_has_looked(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let broken =
        "update billing set book = jsonb_set(book, '{pace}', '{\"day\": \"2016-06-05\", \"steps\": 24}')";
    sqlx::query(broken).execute(&billed.world.root).await.unwrap();
    billed.days_later(31).await;
    assert!(billed.overview().await.parked);
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let refused = refusal(billing::cancel(backend, &olive).await);
    assert_eq!(refused.code(), "billing_parked");
    assert_eq!(billing::check_books(backend).await.unwrap().len(), 1);
    let mended = "update billing set book = jsonb_set(book, '{pace}', 'null')";
    sqlx::query(mended).execute(&billed.world.root).await.unwrap();
    billing::unpark(backend, billed.world.acme).await.unwrap();
    assert_eq!(billed.moved().await.0, 2);
    billed.check_books().await;
}

/// What cannot be read in one account keeps nobody else waiting, and is not tried twice a second.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_account_in_which_something_is_broken_waits_a_minute_and_keeps_nobody(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let broken = "insert into billing (account_id, currency, book, version, due_at) values ($1, 'USD', '[]', 1, '2016-01-01')";
    sqlx::query(broken).bind(billed.world.others.0).execute(&billed.world.root).await.unwrap();
    billed.at("2016-06-05T18:00:00Z");
    assert_eq!(billing::tick(&billed.world.backend).await.unwrap(), 1, "Acme alone was done");
    assert_eq!(billed.moved().await.0, 2);
    let waits = "select count(*) from billing where book = '[]' and due_at > '2016-06-05T18:00:30Z'";
    assert_eq!(billed.world.count(waits).await, 1);
}
