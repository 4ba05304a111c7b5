//! What the pages of billing show: amounts with their currency and days in words, so that browsers only put them in place.

use serde::{Deserialize, Serialize};

use super::{InvoiceStatus, StateName};
use crate::PaymentMethodId;

/// The billing page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingView {
    /// None while there never was a subscription.
    pub plan: Option<PlanNow>,
    pub debt: Option<DebtView>,
    /// A payment whose outcome is not known yet.
    pub is_awaited: bool,
    /// Nothing happens until the operator has looked.
    pub is_parked: bool,
    /// No money moves here.
    pub is_test: bool,
    pub next: Option<DraftView>,
    pub ahead: Vec<AheadView>,
    pub card: Option<CardView>,
    pub backup: Option<CardView>,
    /// What the default card would break by expiring.
    pub card_warning: Option<String>,
    /// Name and address as the next invoice has them, a line each.
    pub customer: Vec<String>,
    /// None when all Admins get the mails.
    pub emails: Option<String>,
    /// What the account has to its credit; none for nothing.
    pub balance: Option<String>,
    pub invoices: Vec<InvoiceRow>,
    pub invoices_total: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanNow {
    pub name: String,
    /// "USD 249.95 a month".
    pub price: String,
    pub state: StateName,
    /// "5 May to 4 June 2026".
    pub period: String,
    /// What is to change at the end of the period.
    pub pending: Option<String>,
    pub limits: Vec<LimitView>,
    /// Nothing runs any more.
    pub is_over: bool,
    /// It ends with the period.
    pub is_ending: bool,
}

/// How much of something there is, and may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitView {
    pub what: String,
    pub used: u32,
    /// None is without end.
    pub limit: Option<u32>,
}

/// What is owed, and what happens unless it is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebtView {
    pub owed: String,
    pub paused_since: Option<String>,
    /// The card does not work and is not tried again.
    pub is_hard: bool,
    /// Dates that are still to come, and what each brings.
    pub timetable: Vec<AheadView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AheadView {
    pub on: String,
    pub what: String,
}

/// An invoice that is not issued yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    pub on: String,
    pub lines: Vec<LineView>,
    /// What is added; none where nothing is.
    pub tax: Option<String>,
    pub reverse_charge: bool,
    pub total: String,
    pub from_balance: Option<String>,
    /// What goes to the balance, for a negative total.
    pub to_balance: Option<String>,
    /// What the card pays.
    pub due: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    pub words: String,
    /// Without tax.
    pub amount: String,
    /// How it came about: the price of the full period, the days counted, and what it gives back of.
    pub why: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardView {
    pub id: PaymentMethodId,
    /// "Visa ending in 4242".
    pub words: String,
    /// "12/2030"; none when the gateway does not tell.
    pub expires: Option<String>,
    pub is_expired: bool,
    pub is_default: bool,
    pub is_backup: bool,
}

/// One of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceRow {
    pub number: u32,
    pub serial: String,
    pub on: String,
    pub amount: String,
    pub status: InvoiceStatus,
}

/// A whole invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceView {
    pub number: u32,
    pub serial: String,
    pub status: InvoiceStatus,
    /// "Paid on 5 May 2016".
    pub status_words: String,
    pub draft: DraftView,
    pub issuer: Vec<String>,
    pub customer: Vec<String>,
    /// "Olive Tester chose this plan.", "The next period began."
    pub cause: String,
    /// What the card did: none when none was charged.
    pub charged: Option<String>,
}

/// Plans side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlansView {
    pub plans: Vec<PlanView>,
    /// Days that the first subscription is free; 0 when it is not the first.
    pub trial_days: u32,
    pub has_months: bool,
    pub has_years: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanView {
    pub code: String,
    pub name: String,
    pub description: String,
    /// For a full period in the interval that is shown; none when it is not sold so.
    pub price: Option<String>,
    pub limits: Vec<LimitView>,
    pub is_custom: bool,
    pub standing: Standing,
}

/// What a plan is to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It has none.
    Open,
    /// It has this one.
    Current,
    /// It will have this one from the end of the period on.
    Chosen,
    /// At once, and billed now.
    Up,
    /// At the end of the period.
    Down,
}

/// An offer as it is shown, to be accepted as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteView {
    pub title: String,
    /// What will happen, and when.
    pub sentences: Vec<String>,
    /// What is billed, now or when the trial ends.
    pub draft: Option<DraftView>,
    /// "Visa ending in 4242".
    pub card: Option<String>,
    /// Something is to be paid now.
    pub needs_card: bool,
    /// What does not fit, with where it is mended.
    pub excess: Vec<ExcessView>,
    pub expires: crate::When,
    pub is_over: bool,
    /// What the button says.
    pub verb: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcessView {
    pub what: super::Limited,
    pub words: String,
}

/// What the holder of a pay-only link sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayView {
    pub account: String,
    /// None when nothing is owed any more.
    pub owed: Option<String>,
    pub invoices: Vec<String>,
    pub card: Option<String>,
    pub is_awaited: bool,
}
