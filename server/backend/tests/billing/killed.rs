//! A worker is killed at every statement of a renewal and of an upgrade, and another goes on: one invoice, one charge, nothing half.

use backend::billing::{self, TestCard};
use chrono::{Datelike, Duration, Months};
use domain::billing::{Interval, StateName};
use sqlx::PgPool;

use super::world::Billed;
use crate::support::fragile::{Breaks, Fragile};

/// How it stands with invoices and money.
#[derive(Debug, PartialEq, Eq)]
struct Done {
    paid: usize,
    /// Charges that the bank knows as paid.
    moved: i64,
    receipts: usize,
    open: usize,
    void: usize,
}

/// More statements than there are; a loop that comes so far does not end.
const MOST: usize = 500;

impl Billed {
    /// Another worker finds out what became of what was left.
    async fn another_goes_on(&self) {
        for minutes in [0, 2, 6] {
            self.world.advance(Duration::minutes(minutes));
            billing::tick(&self.world.backend).await.unwrap();
        }
    }

    async fn subscribed(pool: PgPool, plan: &str) -> Self {
        let billed = Self::new(pool).await;
        billed.enter(TestCard::Good).await;
        billed.choose(plan, Interval::Month).await.unwrap();
        billed
    }

    async fn done(&self) -> Done {
        let invoices = self.invoices().await;
        let count = |wanted: &str| invoices.iter().filter(|(.., status)| status == wanted).count();
        let receipts = self.subjects().await.iter().filter(|subject| subject.contains(": INV-")).count();
        let (paid, open, void) = (count("paid"), count("open"), count("void"));
        Done { paid, moved: self.moved().await.0, receipts, open, void }
    }
}

fn all_paid(invoices: usize, void: usize) -> Done {
    Done { paid: invoices, moved: i64::try_from(invoices).unwrap(), receipts: invoices, open: 0, void }
}

async fn renewal_breaks(pool: PgPool, breaks: Breaks) {
    let billed = Billed::subscribed(pool, "starter").await;
    let mut statements = 0;
    loop {
        let today = billed.world.now().date_naive();
        let next = today.with_day(5).unwrap() + Months::new(1);
        billed.at(&format!("{next}T18:00:00Z"));
        let fragile = Fragile::new(&billed.world, statements);
        let broke = fragile.broke(breaks, async |backend| billing::tick(&backend).await).await;
        billed.another_goes_on().await;
        assert_eq!(billed.done().await, all_paid(statements + 2, 0), "at statement {statements}");
        assert_eq!(billed.state().await, StateName::Active, "at statement {statements}");
        if !broke {
            break;
        }
        statements += 1;
        assert!(statements < MOST, "a renewal does not end");
    }
    billed.check_books().await;
    println!("a renewal was broken at each of its {statements} statements");
    assert!(statements > 20, "{statements} statements");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_worker_is_killed_at_every_statement_of_a_renewal(pool: PgPool) {
    renewal_breaks(pool, Breaks::Process).await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_database_goes_away_at_every_statement_of_a_renewal(pool: PgPool) {
    renewal_breaks(pool, Breaks::Connections).await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_server_is_killed_at_every_statement_of_an_upgrade(pool: PgPool) {
    let billed = Billed::subscribed(pool, "starter").await;
    let (mut statements, mut upgrades) = (0, 0);
    loop {
        let plan = format!("tier{statements}");
        let tier = u32::try_from(statements).unwrap() + 10;
        billed.plan(&plan, tier, 100_000 + i64::from(tier) * 1_000, None).await;
        let (before, has_before) = (billed.done().await, billed.has().await);
        let (direct, olive) = (&billed.world.backend, billed.olive());
        let quote = billing::make_quote(direct, &olive, &plan, Interval::Month).await.unwrap();
        let fragile = Fragile::new(&billed.world, statements);
        let work = async |backend| billing::accept_quote(&backend, &olive, quote).await;
        let broke = fragile.broke(Breaks::Process, work).await;
        billed.another_goes_on().await;
        let (after, has) = (billed.done().await, billed.has().await);
        if has == plan {
            let one_more = all_paid(before.paid + 1, before.void);
            assert_eq!(after, one_more, "at statement {statements}: it is paid for once");
            upgrades += 1;
        } else {
            // Of a charge that was written down and never sent, the invoice is void.
            let none_more = all_paid(before.paid, after.void.min(before.void + 1));
            assert_eq!(
                (after, has),
                (none_more, has_before),
                "at statement {statements}: nothing has happened"
            );
            billed.choose(&plan, Interval::Month).await.unwrap();
            assert_eq!(billed.has().await, plan);
        }
        billed.check_books().await;
        if !broke {
            break;
        }
        statements += 1;
        assert!(statements < MOST, "an upgrade does not end");
    }
    println!(
        "an upgrade was broken at each of its {statements} statements; {upgrades} happened all the same"
    );
    assert!(upgrades > 5 && statements > upgrades + 5, "{upgrades} of {statements}");
}
