//! Answers that get lost, come twice or late, and workers that die or run side by side.

use backend::billing::{self, Accepted, TestCard};
use chrono::Duration;
use domain::billing::{Interval, StateName};
use sqlx::PgPool;

use super::world::Billed;

async fn subscribed_then(pool: PgPool, card: TestCard) -> Billed {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    billed.use_card(card).await;
    billed
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_answer_that_gets_lost_is_asked_for_and_never_charged_again(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::AnswerLost).await;
    assert_eq!(billed.choose("growth", Interval::Month).await.unwrap(), Accepted::Awaited);
    assert_eq!(billed.has().await, "starter");
    billed.world.advance(Duration::minutes(4));
    billing::tick(&billed.world.backend).await.unwrap();
    assert_eq!(billed.has().await, "starter", "it is asked about after five minutes");
    billed.world.advance(Duration::minutes(1));
    billing::tick(&billed.world.backend).await.unwrap();
    assert_eq!((billed.has().await.as_str(), billed.moved().await.0), ("growth", 2));
    billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_answer_that_comes_twice_counts_once(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::AnswerTwice).await;
    assert_eq!(billed.choose("growth", Interval::Month).await.unwrap(), Accepted::Done);
    assert_eq!(billed.moved().await.0, 2);
    assert_eq!(billed.overview().await.balance_minor, 0);
    billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_late_outcome_is_asked_for_until_it_is_there(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Late).await;
    assert_eq!(billed.choose("growth", Interval::Month).await.unwrap(), Accepted::Awaited);
    for minutes in [5, 55] {
        assert_eq!(billed.has().await, "starter");
        billed.world.advance(Duration::minutes(minutes));
        billing::tick(&billed.world.backend).await.unwrap();
    }
    assert_eq!((billed.has().await.as_str(), billed.moved().await.0), ("growth", 2));
    billed.check_books().await;
}

/// The sender of a charge dies after it was written down: whether the money moved is asked, and it is charged at most once.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_charge_whose_sender_died_is_taken_up(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Good).await;
    billed.at("2016-06-05T18:00:00Z");
    // A worker is stopped in the middle of the renewal, at whatever await it has come to.
    let backend = &billed.world.backend;
    let mut stopped = 0;
    for micros in (0..60_000).step_by(3_000) {
        let cut = std::time::Duration::from_micros(micros);
        if tokio::time::timeout(cut, billing::tick(backend)).await.is_err() {
            stopped += 1;
        }
    }
    assert!(stopped > 0, "nobody was stopped");
    for _ in 0..4 {
        billed.world.advance(Duration::minutes(6));
        billing::tick(backend).await.unwrap();
    }
    assert_eq!((billed.state().await, billed.moved().await), (StateName::Active, (2, 2 * 24_995)));
    assert_eq!(billed.invoices().await.len(), 2);
    billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn workers_side_by_side_renew_once(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Good).await;
    billed.at("2016-06-05T18:00:00Z");
    let workers = (0..6).map(|_| {
        let backend = billed.world.backend.clone();
        tokio::spawn(async move { billing::tick(&backend).await })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.unwrap().unwrap();
    }
    assert_eq!(billed.moved().await, (2, 2 * 24_995));
    assert_eq!(billed.invoices().await.len(), 2);
    billed.check_books().await;
}

/// However far the clock jumps, the book is the same.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_was_away_for_a_year_catches_up_in_order(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Good).await;
    billed.world.advance(Duration::days(366));
    billing::tick(&billed.world.backend).await.unwrap();
    let days: Vec<chrono::NaiveDate> = sqlx::query_scalar("select issued_on from invoice order by serial")
        .fetch_all(&billed.world.root)
        .await
        .unwrap();
    assert_eq!(days.len(), 13);
    assert!(days.iter().all(|day| day.to_string().ends_with("-05")), "{days:?}");
    assert_eq!(billed.moved().await, (13, 13 * 24_995));
    billed.check_books().await;
}
