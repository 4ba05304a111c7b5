//! What the arithmetic of billing costs: one part of a period, the preview of an upgrade, and a renewal from start to end.

use std::hint::black_box;

use chrono::{DateTime, TimeDelta, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::billing::{
    Anchor, Answer, Book, Card, Interval, Limits, Moment, PRICE_MAX_MINOR, Plan, Start, Tax, Terms,
};

fn proration(criterion: &mut Criterion) {
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let day = Moment::new(now, &Utc).day;
    let anchor = Anchor::on(day);
    let period = anchor.period(Interval::Month, day);
    let rest = day + TimeDelta::days(4);
    criterion.bench_function("what the rest of a period costs", |bencher| {
        bencher.iter(|| black_box(period).rest(black_box(rest)).share(black_box(24_995)));
    });
    criterion.bench_function("the period that begins on a day", |bencher| {
        bencher.iter(|| black_box(anchor).period(Interval::Month, black_box(rest)));
    });
    let Ok(book) = subscribed(now) else { return };
    let later = Moment::new(now + TimeDelta::days(4), &Utc);
    if let Ok(growth) = terms("growth", 2) {
        criterion.bench_function("preview an upgrade", |bencher| {
            bencher.iter(|| black_box(&book).preview_change(black_box(&growth), later).is_ok());
        });
    }
    let due = now + TimeDelta::days(31);
    criterion.bench_function("renew and pay", |bencher| {
        bencher.iter_batched(
            || book.clone(),
            |mut book| {
                let step = book.step(black_box(due), &Utc);
                let paid = book.settle(2, Answer::Paid, Moment::new(due, &Utc));
                (step.is_ok() && paid.is_ok(), book)
            },
            criterion::BatchSize::SmallInput,
        );
    });
}

fn terms(code: &str, tier: u32) -> Result<Terms, domain::Refusal> {
    let month_minor = Some(PRICE_MAX_MINOR / 7 * i64::from(tier) / 7);
    let limits = Limits::default();
    Terms::new(
        Plan { code: code.into(), version: 1, tier, month_minor, year_minor: None, limits },
        Interval::Month,
    )
}

/// A book whose first period is paid.
fn subscribed(now: DateTime<Utc>) -> Result<Book, domain::Refusal> {
    let now = Moment::new(now, &Utc);
    let mut book = Book::new(Tax::default(), Some(Card::new(None, now.day)));
    book.subscribe(terms("starter", 1)?, Start { on: now.day, trial_days: 0, anchor_day: None }, now)?;
    book.settle(1, Answer::Paid, now)?;
    Ok(book)
}

criterion_group!(benches, proration);
criterion_main!(benches);
