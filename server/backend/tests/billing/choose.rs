//! Plans: subscribing, upgrades, downgrades, offers.

use backend::billing::{self, Accepted, TestCard};
use domain::{
    Permission, Refusal,
    billing::{Interval, Next, StateName},
};
use sqlx::PgPool;

use super::world::Billed;
use crate::support::refusal;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_worked_example_is_billed_to_the_cent(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.at("2016-05-01T18:00:00Z");
    billed.enter(TestCard::Good).await;
    assert_eq!(billed.choose("starter", Interval::Month).await.unwrap(), Accepted::Done);
    billed.at("2016-05-05T18:00:00Z");
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let quote = billing::make_quote(backend, &olive, "growth", Interval::Month).await.unwrap();
    let shown = billing::quote(backend, &olive, quote).await.unwrap();
    let domain::billing::Offer::Change(change) = &shown.offer else { panic!("a change") };
    let domain::billing::ChangePreview::Now(draft) = &change.preview else { panic!("an upgrade") };
    let lines: Vec<i64> = draft.lines.iter().map(|line| line.net_minor).collect();
    assert_eq!((lines, draft.due_minor()), (vec![-21_770, 52_254], 30_484));
    assert_eq!(billing::accept_quote(backend, &olive, quote).await.unwrap(), Accepted::Done);
    let stored = billing::invoice(backend, &olive, 2).await.unwrap();
    assert_eq!(&stored.document.invoice.draft, draft, "the preview is the invoice");
    assert_eq!(stored.document.line_words(0), "Starter, given back, 5 to 31 May 2016, 27 of 31 days");
    assert_eq!(stored.caused_by.map(|(_, name)| name).as_deref(), Some("Olive Tester"));
    assert_eq!(billed.moved().await, (2, 24_995 + 30_484));
    assert_eq!(billed.has().await, "growth");
    billed.check_books().await;
    let log = billed.world.log(billed.world.acme).await;
    for line in [
        "Olive Tester subscribed to Starter by the month",
        "Olive Tester issued INV-000001 over USD 249.95",
        "Olive Tester collected USD 249.95 for INV-000001",
        "Olive Tester changed the plan from Starter by the month to Growth by the month",
    ] {
        assert!(log.iter().any(|found| found == line), "{line} in {log:#?}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_upgrade_that_is_declined_changes_nothing(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    billed.use_card(TestCard::Declined).await;
    assert_eq!(billed.choose("growth", Interval::Month).await.unwrap(), Accepted::Declined);
    assert_eq!((billed.has().await.as_str(), billed.state().await), ("starter", StateName::Active));
    assert_eq!(billed.moved().await.0, 1);
    assert_eq!(billed.invoices().await[1].2, "void");
    billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_downgrade_waits_for_the_end_and_can_be_dropped(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("growth", Interval::Month).await.unwrap();
    assert_eq!(billed.choose("starter", Interval::Month).await.unwrap(), Accepted::Done);
    assert_eq!(billed.has().await, "growth");
    billing::keep_plan(&billed.world.backend, &billed.olive()).await.unwrap();
    assert_eq!(billed.overview().await.subscription.unwrap().next, Next::Renew);
    billed.choose("starter", Interval::Month).await.unwrap();
    billed.days_later(31).await;
    assert_eq!(billed.has().await, "starter");
    assert_eq!(billed.moved().await, (2, 59_995 + 24_995));
    let subjects = billed.subjects().await;
    let reminders = subjects.iter().filter(|subject| subject.contains("a reminder")).count();
    assert_eq!(reminders, 0, "they were due before the period ended: {subjects:?}");
    billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_downgrade_is_told_of_seven_days_and_one_day_before(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("growth", Interval::Month).await.unwrap();
    billed.choose("starter", Interval::Month).await.unwrap();
    let mut reminded = Vec::new();
    for day in 1..=30 {
        billed.days_later(1).await;
        let before = reminded.len();
        let subjects = billed.subjects().await;
        let count = subjects.iter().filter(|subject| subject.contains("a reminder")).count();
        if count > before {
            reminded.push(day);
        }
    }
    // The period is 5 May to 5 June.
    assert_eq!(reminded, [24, 30]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_trial_costs_nothing_until_it_ends(pool: PgPool) {
    let billed = Billed::with(pool, 14).await;
    assert_eq!(billed.choose("starter", Interval::Month).await.unwrap(), Accepted::Done);
    assert_eq!(billed.state().await, StateName::Trialing);
    assert!(billed.invoices().await.is_empty());
    billed.enter(TestCard::Good).await;
    billed.days_later(13).await;
    assert_eq!(billed.state().await, StateName::Trialing);
    billed.days_later(1).await;
    assert_eq!((billed.state().await, billed.moved().await), (StateName::Active, (1, 24_995)));
    billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_first_invoice_needs_a_card(pool: PgPool) {
    let billed = Billed::new(pool).await;
    assert_eq!(refusal(billed.choose("starter", Interval::Month).await), Refusal::CardNeeded);
    assert!(billed.invoices().await.is_empty() && billed.overview().await.subscription.is_none());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_offer_binds_for_a_quarter_of_an_hour_and_once(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let late = billing::make_quote(backend, &olive, "starter", Interval::Month).await.unwrap();
    billed.world.advance(chrono::Duration::minutes(15));
    assert_eq!(refusal(billing::accept_quote(backend, &olive, late).await), Refusal::QuoteOver);
    let good = billing::make_quote(backend, &olive, "starter", Interval::Month).await.unwrap();
    let twice = tokio::join!(
        billing::accept_quote(backend, &olive, good),
        billing::accept_quote(backend, &olive, good),
    );
    assert!(twice.0.is_ok() && twice.1.is_ok(), "{twice:?}");
    assert_eq!(billing::accept_quote(backend, &olive, good).await.unwrap(), Accepted::Done);
    assert_eq!(billed.moved().await, (1, 24_995));
    billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_offer_is_over_when_something_else_was_chosen_since(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let older = billing::make_quote(backend, &olive, "scale", Interval::Month).await.unwrap();
    billed.choose("growth", Interval::Month).await.unwrap();
    assert_eq!(refusal(billing::accept_quote(backend, &olive, older).await), Refusal::QuoteOver);
    assert_eq!(billed.has().await, "growth");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_has_a_version_keeps_it(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    assert_eq!(billed.plan("starter", 1, 29_995, Some(3)).await, 2);
    billed.days_later(31).await;
    assert_eq!(billed.moved().await, (2, 2 * 24_995));
    let choices = billing::choices(&billed.world.backend, &billed.olive()).await.unwrap();
    let starter: Vec<_> = choices.plans.iter().filter(|plan| plan.plan.code == "starter").collect();
    assert_eq!(starter.iter().map(|plan| plan.plan.version).collect::<Vec<_>>(), [2]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_plan_made_for_one_account_is_seen_by_that_account_alone(pool: PgPool) {
    let billed = Billed::new(pool).await;
    let (backend, world) = (&billed.world.backend, &billed.world);
    let choices = billing::choices(backend, &billed.olive()).await.unwrap();
    let mut custom = choices.plans[0].clone();
    custom.plan.code = "for-acme".into();
    billing::add_plan(backend, &custom, &[world.acme]).await.unwrap();
    let sees = async |access| {
        let choices = billing::choices(backend, access).await.unwrap();
        choices.plans.iter().any(|plan| plan.plan.code == "for-acme")
    };
    assert!(sees(&world.olive().access).await);
    assert!(!sees(&world.otto().access).await);
    let otto = &world.otto().access;
    let refused = billing::make_quote(backend, otto, "for-acme", Interval::Month).await;
    assert_eq!(refusal(refused), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn users_change_nothing_and_other_accounts_see_nothing(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let (backend, world) = (&billed.world.backend, &billed.world);
    let quote = billing::make_quote(backend, &billed.olive(), "growth", Interval::Month).await.unwrap();
    let uma = &world.uma().access;
    let missing = Refusal::PermissionMissing(Permission::ChangeBilling);
    assert_eq!(refusal(billing::make_quote(backend, uma, "growth", Interval::Month).await), missing);
    assert_eq!(refusal(billing::accept_quote(backend, uma, quote).await), missing);
    assert_eq!(refusal(billing::cancel(backend, uma).await), missing);
    assert_eq!(refusal(billing::begin_card(backend, uma).await), missing);
    let no_view = Refusal::PermissionMissing(Permission::SettingsViewBilling);
    assert_eq!(refusal(billing::overview(backend, uma).await), no_view);
    assert_eq!(refusal(billing::invoice(backend, uma, 1).await), no_view);
    let otto = &world.otto().access;
    assert_eq!(refusal(billing::accept_quote(backend, otto, quote).await), Refusal::NotFound);
    assert_eq!(refusal(billing::invoice(backend, otto, 1).await), Refusal::NotFound);
    assert_eq!(billing::invoices(backend, otto, 1).await.unwrap().1.total, 0);
    assert_eq!(billed.has().await, "starter");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_was_cancelled_ends_with_the_period_and_can_be_kept(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let (backend, olive) = (&billed.world.backend, billed.olive());
    billing::cancel(backend, &olive).await.unwrap();
    assert_eq!(billed.state().await, StateName::Ending);
    assert_eq!(refusal(billing::cancel(backend, &olive).await), Refusal::AlreadyEnding);
    billing::keep_plan(backend, &olive).await.unwrap();
    assert_eq!(billed.state().await, StateName::Active);
    assert_eq!(refusal(billing::keep_plan(backend, &olive).await), Refusal::AlreadyChosen);
    billing::cancel(backend, &olive).await.unwrap();
    billed.days_later(31).await;
    assert_eq!((billed.state().await, billed.moved().await.0), (StateName::Ended, 1));
    assert_eq!(billed.choose("growth", Interval::Month).await.unwrap(), Accepted::Done);
    assert_eq!(billed.moved().await.0, 2, "a second subscription has no trial");
    billed.check_books().await;
}
