//! What the operator does with plans and with accounts whose billing stands still. For the command line.

use domain::{
    AccountId, Problem, Refusal,
    billing::{Limits, PRICE_MAX_MINOR, Plan},
};
use serde::Serialize;

use super::{
    queries::{self, plan::OfferedPlan},
    stored::Stored,
    tick::tick_account,
};
use crate::{Access, Backend, Result, account, db::Db, operator};

/// A version of a plan as the operator lists it. Prices are in the smallest unit.
#[derive(Debug, Serialize)]
pub struct PlanListed {
    pub code: String,
    pub currency: String,
    pub version: u32,
    pub name: String,
    pub tier: u32,
    pub month_minor: Option<i64>,
    pub year_minor: Option<i64>,
    pub limits: domain::billing::Limits,
    pub is_custom: bool,
    pub is_retired: bool,
}

/// A price as it is written for machines, in the smallest unit of its currency.
///
/// # Errors
/// [`Refusal::Invalid`] for `currency` or `price`.
pub fn price(currency: &str, written: Option<&str>) -> Result<Option<i64>> {
    let known = account::known_currency(currency);
    let known = known.ok_or_else(|| Refusal::field("currency", Problem::InvalidChoice))?;
    let max = known.digits_of(PRICE_MAX_MINOR);
    let price = |text| {
        let wrong = || Refusal::field("price", Problem::InvalidAmount { max: max.clone() });
        known.exact(text, PRICE_MAX_MINOR).ok_or_else(wrong)
    };
    Ok(written.map(price).transpose()?)
}

/// The plans of an installation that was just made, in dollars, for whoever wants to see how it works.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn first_plans(backend: &Backend) -> Result<()> {
    if !plans(backend).await?.is_empty() {
        return Ok(());
    }
    let limits = |seats, profiles, calendars, api_keys| Limits { seats, profiles, calendars, api_keys };
    let all = [
        ("starter", "Starter", "For a small team.", 4_900, limits(Some(10), Some(5), Some(3), Some(2))),
        (
            "growth",
            "Growth",
            "For a team that grows.",
            14_900,
            limits(Some(50), Some(20), Some(15), Some(10)),
        ),
        ("scale", "Scale", "For many people in many places.", 49_900, limits(None, None, None, None)),
    ];
    for (tier, (code, name, description, month_minor, limits)) in (1..).zip(all) {
        let plan = Plan {
            code: code.to_owned(),
            version: 1,
            tier,
            month_minor: Some(month_minor),
            // Two months are free.
            year_minor: Some(10 * month_minor),
            limits,
        };
        let offered = OfferedPlan {
            plan,
            name: name.to_owned(),
            description: description.to_owned(),
            currency: "USD".to_owned(),
            is_custom: false,
        };
        add_plan(backend, &offered, &[]).await?;
    }
    Ok(())
}

/// Every version of every plan.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn plans(backend: &Backend) -> Result<Vec<PlanListed>> {
    let mut tx = backend.db.operator().await?;
    let all = queries::plan::all(&mut tx).await?;
    tx.commit().await?;
    let listed = |(offered, retired_at): (OfferedPlan, Option<_>)| PlanListed {
        code: offered.plan.code,
        currency: offered.currency,
        version: offered.plan.version,
        name: offered.name,
        tier: offered.plan.tier,
        month_minor: offered.plan.month_minor,
        year_minor: offered.plan.year_minor,
        limits: offered.plan.limits,
        is_custom: offered.is_custom,
        is_retired: retired_at.is_some(),
    };
    Ok(all.into_iter().map(listed).collect())
}

/// Adds a plan, or the next version of one: who has an earlier version keeps it. With accounts it is offered to those alone. Answers
/// the version.
///
/// # Errors
/// [`Refusal::PlanNotSold`] without a price, or with one above [`PRICE_MAX_MINOR`]; [`Refusal::NotFound`] for an account that is not there.
pub async fn add_plan(backend: &Backend, plan: &OfferedPlan, only_for: &[AccountId]) -> Result<u32> {
    let prices = [plan.plan.month_minor, plan.plan.year_minor];
    let is_sold = prices.iter().any(Option::is_some);
    if !is_sold || prices.iter().flatten().any(|price| !(0..=PRICE_MAX_MINOR).contains(price)) {
        return Err(Refusal::PlanNotSold.into());
    }
    let known = operator::account_ids(backend).await?;
    if only_for.iter().any(|account| !known.contains(account)) {
        return Err(Refusal::NotFound.into());
    }
    let plan = OfferedPlan { is_custom: !only_for.is_empty(), ..plan.clone() };
    let mut tx = backend.db.operator().await?;
    let version = queries::plan::insert(&mut tx, &plan, backend.clock.now()).await?;
    for account in only_for {
        Db::enter(&mut tx, *account).await?;
        queries::plan::offer(&mut tx, *account, &plan, version).await?;
    }
    tx.commit().await?;
    Ok(version)
}

/// From now on nobody can choose it; who has it keeps it.
///
/// # Errors
/// [`Refusal::NotFound`] when no such plan can be chosen.
pub async fn retire_plan(backend: &Backend, code: &str, currency: &str) -> Result<()> {
    let mut tx = backend.db.operator().await?;
    let retired = queries::plan::retire(&mut tx, code, currency, backend.clock.now()).await?;
    tx.commit().await?;
    if retired == 0 { Err(Refusal::NotFound.into()) } else { Ok(()) }
}

/// What checking an account's books found.
#[derive(Debug, Serialize)]
pub struct BooksChecked {
    pub account: AccountId,
    pub problems: Vec<String>,
}

/// Holds every account's ledger against its invoices and its balance; answers those in which something does not agree, and those that
/// are parked.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn check_books(backend: &Backend) -> Result<Vec<BooksChecked>> {
    let mut found = Vec::new();
    for account in operator::account_ids(backend).await? {
        let mut tx = backend.db.tenant(account).await?;
        let sums = queries::ledger::sums(&mut tx, account).await?;
        let stored = Stored::read(&mut tx, backend, account).await?;
        tx.commit().await?;
        let mut problems = Vec::new();
        if sums.unequal > 0 {
            problems.push(format!("{} entries do not sum to 0", sums.unequal));
        }
        if sums.receivable_minor != sums.open_minor {
            let (ledger, open) = (sums.receivable_minor, sums.open_minor);
            problems.push(format!("the ledger says that {ledger} is owed, and open invoices say {open}"));
        }
        if -sums.balance_minor != sums.book_balance_minor {
            let (ledger, book) = (-sums.balance_minor, sums.book_balance_minor);
            problems.push(format!("the ledger says that the balance is {ledger}, and the book says {book}"));
        }
        problems.extend(stored.parked.map(|why| format!("parked: {why}")));
        if !problems.is_empty() {
            found.push(BooksChecked { account, problems });
        }
    }
    Ok(found)
}

/// Lets billing of an account go on that was stopped to be on the safe side.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not parked.
pub async fn unpark(backend: &Backend, account: AccountId) -> Result<()> {
    let access = Access::steward(account);
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(account).await?;
    let mut stored = Stored::lock(&mut tx, backend, account).await?;
    if stored.parked.take().is_none() {
        return Err(Refusal::NotFound.into());
    }
    stored.save(&mut tx, backend, &access, &[], now).await?;
    let event = domain::activity::Event::Billing { did: domain::activity::BillingAct::Unparked };
    crate::activity::record(&mut tx, &access, now, &event).await?;
    tx.commit().await?;
    tick_account(backend, account).await
}
