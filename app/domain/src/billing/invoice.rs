use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Line, LineKind};

/// What an invoice is for. With the subscription and the start of the period it is unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    /// A period, from its first day on.
    Period,
    /// A change that takes effect at once; `nth` counts those of the subscription, as there may be several a day.
    Change { nth: u32 },
    /// What an immediate cancellation gives back.
    Cancellation,
}

/// What an invoice says: the preview shows it, and the invoice is made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub kind: InvoiceKind,
    /// Counts the subscriptions of the account.
    pub subscription: u32,
    /// The first day that it is about.
    pub period_start: NaiveDate,
    pub issued_on: NaiveDate,
    pub lines: Vec<Line>,
    /// The customer owes the tax themselves.
    pub reverse_charge: bool,
    /// Paid from the balance.
    pub from_balance_minor: i64,
}

impl Draft {
    /// The sum of the lines; negative when more is given back than charged.
    #[must_use]
    pub fn total_minor(&self) -> i64 {
        self.lines.iter().map(Line::total_minor).sum()
    }

    #[must_use]
    pub fn tax_minor(&self) -> i64 {
        self.lines.iter().map(|line| line.tax_minor).sum()
    }

    /// What the card has to pay.
    #[must_use]
    pub fn due_minor(&self) -> i64 {
        (self.total_minor() - self.from_balance_minor).max(0)
    }

    /// Where the line is that pays for what the account has from now on.
    #[must_use]
    pub fn charge_line(&self) -> Option<usize> {
        self.lines.iter().rposition(|line| matches!(line.kind, LineKind::Charge { .. }))
    }
}

/// An issued invoice. What it says never changes; only its status does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Counts the invoices of the account.
    pub number: u32,
    pub draft: Draft,
    pub status: InvoiceStatus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceStatus {
    Open,
    Paid {
        on: NaiveDate,
    },
    /// Nothing is owed for it and nothing was paid; what it took from the balance went back.
    Void {
        on: NaiveDate,
    },
}

impl Invoice {
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status == InvoiceStatus::Open
    }

    #[must_use]
    pub fn is_paid(&self) -> bool {
        matches!(self.status, InvoiceStatus::Paid { .. })
    }

    /// What the card has paid.
    #[must_use]
    pub fn charged_minor(&self) -> i64 {
        if self.is_paid() { self.draft.due_minor() } else { 0 }
    }

    /// What it took from the balance in the end.
    #[must_use]
    pub fn used_balance_minor(&self) -> i64 {
        if matches!(self.status, InvoiceStatus::Void { .. }) { 0 } else { self.draft.from_balance_minor }
    }

    /// What is still owed.
    #[must_use]
    pub fn owed_minor(&self) -> i64 {
        if self.is_open() { self.draft.due_minor() } else { 0 }
    }
}
