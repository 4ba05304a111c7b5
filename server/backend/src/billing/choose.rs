//! Choosing a plan: the offers, one offer as it is shown, and accepting it.

use domain::{
    Permission, QuoteId, Refusal,
    billing::{Excess, Interval, Next, Offer, Start, State, Terms, Usage},
};

use super::{
    carry_out::carry_out,
    queries::{self, card::PaymentMethod, plan::OfferedPlan},
    stored::Stored,
};
use crate::{Access, Backend, Result, id};

/// What can be chosen, and what the account has.
#[derive(Debug)]
pub struct Choices {
    pub plans: Vec<OfferedPlan>,
    pub currency: domain::account::Currency,
    pub usage: Usage,
    /// What it has now; none without a subscription that runs.
    pub current: Option<Terms>,
    /// What it will have from the end of the period on.
    pub chosen: Option<Terms>,
    /// Days that the first subscription is free.
    pub trial_days: u32,
}

/// # Errors
/// [`Refusal::PermissionMissing`].
pub async fn choices(backend: &Backend, access: &Access) -> Result<Choices> {
    access.require(Permission::SettingsViewBilling)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let stored = Stored::read(&mut tx, backend, access.account()).await?;
    let plans = queries::plan::offered(&mut tx, &stored.currency.code).await?;
    let usage = queries::usage::usage(&mut tx, access.account()).await?;
    tx.commit().await?;
    let trial_days = trial_days(backend, &stored);
    let running = stored.book.subscription.filter(|one| !one.is_over());
    let chosen = running.as_ref().and_then(|one| match &one.next {
        Next::Change { terms, .. } => Some(terms.clone()),
        _ => None,
    });
    let current = running.map(|one| one.terms);
    Ok(Choices { plans, currency: stored.currency, usage, current, chosen, trial_days })
}

/// Only the first subscription begins with a trial.
fn trial_days(backend: &Backend, stored: &Stored) -> u32 {
    if stored.book.subscription.is_none() { backend.billing.trial_days } else { 0 }
}

/// Works out what a plan would do and keeps it, to be shown and accepted as it is.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`] for a plan that is not offered, [`Refusal::PlanNotSold`], and why the engine
/// would not do it.
pub async fn make_quote(
    backend: &Backend,
    access: &Access,
    plan: &str,
    interval: Interval,
) -> Result<QuoteId> {
    access.require(Permission::ChangeBilling)?;
    let member = access.member_id().ok_or(Refusal::NotFound)?;
    let (account, now) = (access.account(), backend.clock.now());
    super::tick::tick_account(backend, account).await?;
    let mut tx = backend.db.tenant(account).await?;
    let stored = Stored::read(&mut tx, backend, account).await?;
    stored.acting()?;
    let offered = queries::plan::offered(&mut tx, &stored.currency.code).await?;
    let chosen = offered.into_iter().find(|offered| offered.plan.code == plan).ok_or(Refusal::NotFound)?;
    let moment = stored.moment(now);
    let start = Start { on: moment.day, trial_days: trial_days(backend, &stored), anchor_day: None };
    let offer = stored.book.offer(Terms::new(chosen.plan, interval)?, start, moment)?;
    let quote = id::new(now);
    queries::quote::insert(&mut tx, account, quote, &offer, member).await?;
    tx.commit().await?;
    Ok(quote)
}

/// An offer as it is shown.
#[derive(Debug)]
pub struct QuoteShown {
    pub offer: Offer,
    pub currency: domain::account::Currency,
    pub names: Vec<(String, String)>,
    /// What is charged, if anything is.
    pub card: Option<PaymentMethod>,
    /// What will not fit: to be mended before it takes effect.
    pub excess: Vec<Excess>,
    /// What the account has now.
    pub current: Option<Terms>,
    /// Until when it binds.
    pub expires: domain::When,
    /// Accepted, or too old.
    pub is_over: bool,
}

/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn quote(backend: &Backend, access: &Access, id: QuoteId) -> Result<QuoteShown> {
    access.require(Permission::ChangeBilling)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let (offer, accepted) = queries::quote::find(&mut tx, account, id).await?.ok_or(Refusal::NotFound)?;
    let stored = Stored::read(&mut tx, backend, account).await?;
    let current = stored.book.subscription.as_ref().filter(|one| !one.is_over()).map(|one| one.terms.clone());
    let codes =
        current.iter().chain([offer.terms()]).map(|terms| terms.plan.code.clone()).collect::<Vec<_>>();
    let names = queries::plan::names(&mut tx, &stored.currency.code, &codes).await?;
    let cards = queries::card::all(&mut tx, account).await?;
    let usage = queries::usage::usage(&mut tx, account).await?;
    tx.commit().await?;
    let expires_at = offer.made().at + chrono::Duration::minutes(domain::billing::QUOTE_MINUTES);
    let now = backend.clock.now();
    let is_over = accepted.is_some() || expires_at <= now || stored.moment(now).day != offer.made().day;
    Ok(QuoteShown {
        excess: offer.terms().plan.limits.exceeded_by(&usage),
        offer,
        currency: stored.currency,
        names,
        card: cards.into_iter().find(|card| card.role.is_some()),
        current,
        expires: crate::account::local(expires_at, &stored.account.time_zone),
        is_over,
    })
}

/// What became of accepting an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// The account has it, or will at the end of the period.
    Done,
    /// The card was declined, and nothing has changed.
    Declined,
    /// The answer is awaited: until then nothing has changed.
    Awaited,
}

/// Does exactly what was offered. An upgrade takes effect when its payment has succeeded; accepting the same offer twice does it once.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::FreshProofNeeded`], [`Refusal::NotFound`], [`Refusal::QuoteOver`],
/// [`Refusal::CardNeeded`], and why the engine would not do it.
pub async fn accept_quote(backend: &Backend, access: &Access, id: QuoteId) -> Result<Accepted> {
    access.require(Permission::ChangeBilling)?;
    access.require_fresh_proof()?;
    let account = access.account();
    super::tick::tick_account(backend, account).await?;
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(account).await?;
    let mut stored = Stored::lock(&mut tx, backend, account).await?;
    stored.acting()?;
    let (offer, accepted) = queries::quote::find(&mut tx, account, id).await?.ok_or(Refusal::NotFound)?;
    if accepted.is_some() {
        // The other click did it, or is doing it.
        return Ok(outcome(&stored, offer.terms()));
    }
    if offer.is_paid_at_once() && stored.book.card.is_none() {
        return Err(Refusal::CardNeeded.into());
    }
    let terms = offer.terms().clone();
    let effects = stored.book.take(offer, stored.moment(now))?;
    queries::quote::accepted(&mut tx, account, id, now).await?;
    let outside = stored.save(&mut tx, backend, access, &effects, now).await?;
    tx.commit().await?;
    carry_out(backend, access, outside, None).await?;
    let mut tx = backend.db.tenant(account).await?;
    let stored = Stored::read(&mut tx, backend, account).await?;
    tx.commit().await?;
    Ok(outcome(&stored, &terms))
}

fn outcome(stored: &Stored, terms: &Terms) -> Accepted {
    if stored.book.attempt.is_some() {
        return Accepted::Awaited;
    }
    let Some(subscription) = &stored.book.subscription else { return Accepted::Declined };
    let has = subscription.terms.same(terms);
    let will = matches!(&subscription.next, Next::Change { terms: chosen, .. } if chosen.same(terms));
    let owes = matches!(subscription.state, State::PastDue(_));
    if (has && !owes) || will { Accepted::Done } else { Accepted::Declined }
}
