//! The billing page.

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    Permission,
    account::Currency,
    billing::{Draft, MailKind, StateName, Subscription, Usage, forecast},
};

use super::{
    details::{self, BillingDetails},
    queries::{self, card::PaymentMethod, invoice::Listed},
    stored::Stored,
};
use crate::{Access, Backend, Result};

/// Invoices that the page shows; all others are on a page of their own.
const LATEST: i64 = 6;
/// Days that people can look ahead.
const AHEAD_DAYS: u64 = 366;

/// Everything about an account's billing at this moment.
#[derive(Debug)]
pub struct Overview {
    pub currency: Currency,
    /// None while there never was one.
    pub subscription: Option<Subscription>,
    /// The names of plans by their codes.
    pub names: Vec<(String, String)>,
    pub usage: Usage,
    pub balance_minor: i64,
    pub owed_minor: i64,
    /// A payment whose outcome is not known yet.
    pub is_awaited: bool,
    /// Exactly what will be billed next if nothing changes; none when nothing will.
    pub next_invoice: Option<Draft>,
    pub ahead: Vec<Ahead>,
    pub cards: Vec<PaymentMethod>,
    /// The first charge that the default card would break by expiring.
    pub card_breaks: Option<NaiveDate>,
    pub details: BillingDetails,
    pub invoices: Vec<Listed>,
    pub invoices_total: u64,
    /// Why nothing happens until the operator has looked.
    pub parked: bool,
    pub is_test_gateway: bool,
    pub today: NaiveDate,
}

/// Something that will happen if every charge succeeds and nobody acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    pub on: NaiveDate,
    pub what: AheadKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AheadKind {
    /// An invoice over this total, of which the card pays `due_minor`.
    Invoice {
        total_minor: i64,
        due_minor: i64,
        plan: String,
    },
    State(StateName),
    CardWarning,
    ChangeReminder,
}

/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn overview(backend: &Backend, access: &Access) -> Result<Overview> {
    access.require(Permission::SettingsViewBilling)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let stored = Stored::read(&mut tx, backend, account).await?;
    let codes = stored.book.subscription.as_ref().map(Subscription::plan_codes).unwrap_or_default();
    let names = queries::plan::names(&mut tx, &stored.currency.code, &codes).await?;
    let usage = queries::usage::usage(&mut tx, account).await?;
    let cards = queries::card::all(&mut tx, account).await?;
    let (invoices, invoices_total) = queries::invoice::list(&mut tx, account, LATEST, 0).await?;
    tx.commit().await?;
    let subscription = stored.book.subscription.clone();
    Ok(Overview {
        ahead: ahead(&stored, now),
        next_invoice: stored.book.next_invoice(),
        balance_minor: stored.book.balance_minor,
        owed_minor: stored.book.owed_minor(),
        is_awaited: stored.book.attempt.is_some(),
        card_breaks: stored.book.card.as_ref().and_then(|card| subscription.as_ref()?.broken_charge(card)),
        details: details::of(&stored),
        parked: stored.parked.is_some(),
        is_test_gateway: backend.billing.gateway.is_test(),
        today: stored.moment(now).day,
        currency: stored.currency,
        subscription,
        names,
        usage,
        cards,
        invoices,
        invoices_total,
    })
}

/// Nothing for an account whose book contradicts itself: there the page says so.
fn ahead(stored: &Stored, now: DateTime<Utc>) -> Vec<Ahead> {
    if stored.parked.is_some() || stored.book.attempt.is_some() {
        return Vec::new();
    }
    let until = now + Days::new(AHEAD_DAYS);
    let Ok(outcome) = forecast(&stored.book, &stored.zone, until) else { return Vec::new() };
    let invoices = outcome.book.invoices.iter().map(|invoice| Ahead {
        on: invoice.draft.issued_on,
        what: AheadKind::Invoice {
            total_minor: invoice.draft.total_minor(),
            due_minor: invoice.draft.due_minor(),
            plan: invoice.draft.lines.last().map(|line| line.plan.clone()).unwrap_or_default(),
        },
    });
    let states = outcome.states.iter().map(|(on, state)| Ahead { on: *on, what: AheadKind::State(*state) });
    let mails = outcome.mails.iter().filter_map(|mail| {
        let what = match mail.kind {
            MailKind::CardExpiring => AheadKind::CardWarning,
            MailKind::DowngradeComing => AheadKind::ChangeReminder,
            _ => return None,
        };
        Some(Ahead { on: mail.on, what })
    });
    // Of one day: how it stands from then on, then what it costs.
    let mut all: Vec<_> = states.chain(invoices).chain(mails).collect();
    all.sort_by_key(|ahead| ahead.on);
    all
}
