//! Everything about one account's billing, and the invoices and entries that come of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Attempt, Card, Draft, Effect, Invoice, InvoiceKind, InvoiceStatus, Ledger, LedgerAccount, Line, LineKind,
    LineRef, Mail, MailKind, Moment, Period, Subscription, Tax, Terms, tick::Pace,
};
use crate::Refusal;

/// The billing of one account. Whoever stores it may leave out invoices that are paid or void and hold no charge that is still running,
/// and what the ledger held before.
///
/// What people ask for is refused without changing anything, but after [`Refusal::BillingParked`] a book is not to be stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    pub tax: Tax,
    pub card: Option<Card>,
    pub backup: Option<Card>,
    pub subscription: Option<Subscription>,
    /// A change that waits for its payment.
    pub order: Option<Order>,
    /// The one charge whose outcome is not known yet.
    pub attempt: Option<Attempt>,
    pub invoices: Vec<Invoice>,
    pub ledger: Ledger,
    /// What the account has to its credit.
    pub balance_minor: i64,
    pub(super) pace: Option<Pace>,
    pub(super) issued: u32,
    pub(super) attempts: u32,
}

/// A change that takes effect when its invoice is paid, and otherwise not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub invoice: u32,
    pub terms: Terms,
    pub on: NaiveDate,
    /// The period that it was made in: in another one its lines are wrong.
    pub period: Period,
}

impl Book {
    #[must_use]
    pub fn new(tax: Tax, card: Option<Card>) -> Self {
        Self { tax, card, ..Self::default() }
    }

    #[must_use]
    pub fn invoice(&self, number: u32) -> Option<&Invoice> {
        self.invoices.iter().rev().find(|invoice| invoice.number == number)
    }

    fn invoice_mut(&mut self, number: u32) -> Option<&mut Invoice> {
        self.invoices.iter_mut().rev().find(|invoice| invoice.number == number)
    }

    pub(super) fn line(&self, at: LineRef) -> Option<(&Invoice, &Line)> {
        let invoice = self.invoice(at.invoice)?;
        Some((invoice, invoice.draft.lines.get(at.line)?))
    }

    pub(super) fn oldest_open(&self) -> Option<u32> {
        self.invoices.iter().find(|invoice| invoice.is_open()).map(|invoice| invoice.number)
    }

    /// What is owed altogether.
    #[must_use]
    pub fn owed_minor(&self) -> i64 {
        self.invoices.iter().map(Invoice::owed_minor).sum()
    }

    /// The subscription, unless it is over.
    pub(super) fn running(&self) -> Result<&Subscription, Refusal> {
        match &self.subscription {
            None => Err(Refusal::NoSubscription),
            Some(subscription) if subscription.is_over() => Err(Refusal::SubscriptionEnded),
            Some(subscription) => Ok(subscription),
        }
    }

    /// Puts the subscription as it is after a transition.
    pub(super) fn enter(&mut self, on: NaiveDate, after: Subscription, effects: &mut Vec<Effect>) {
        let before = self.subscription.as_ref().filter(|before| before.number == after.number);
        if before.is_none_or(|before| before.state.name() != after.state.name()) {
            effects.push(Effect::Entered { on, state: after.state.name() });
        }
        self.subscription = Some(after);
    }

    /// A draft with these lines that uses what balance there is.
    pub(super) fn draft(
        &self,
        (subscription, kind): (u32, InvoiceKind),
        issued_on: NaiveDate,
        period_start: NaiveDate,
        lines: Vec<Line>,
    ) -> Draft {
        let total: i64 = lines.iter().map(Line::total_minor).sum();
        Draft {
            kind,
            subscription,
            period_start,
            issued_on,
            lines,
            reverse_charge: self.tax.reverse_charge,
            from_balance_minor: self.balance_minor.min(total).max(0),
        }
    }

    /// What the period costs that `subscription` is in.
    pub(super) fn draft_period(&self, subscription: &Subscription, issued_on: NaiveDate) -> Draft {
        let period = subscription.period;
        let line = Line::charge(&subscription.terms, period, self.tax.applied());
        self.draft((subscription.number, InvoiceKind::Period), issued_on, period.from, vec![line])
    }

    /// What is given back of the running period from `date` on.
    pub(super) fn credit(&self, subscription: &Subscription, date: NaiveDate) -> Option<Line> {
        let at = subscription.paid_by?;
        let (invoice, line) = self.line(at)?;
        line.credit(at, date, invoice.is_paid())
    }

    /// Makes a draft an invoice: what it takes from the balance or adds to it moves now, and with nothing left to pay it is paid.
    pub(super) fn issue(&mut self, draft: Draft, effects: &mut Vec<Effect>) -> u32 {
        use LedgerAccount::{Balance, Receivable, Revenue, Tax};
        self.issued += 1;
        let (number, on) = (self.issued, draft.issued_on);
        let (total, tax) = (draft.total_minor(), draft.tax_minor());
        self.post(on, number, Receivable, Revenue, total - tax);
        self.post(on, number, Receivable, Tax, tax);
        self.post(on, number, Balance, Receivable, draft.from_balance_minor);
        self.post(on, number, Receivable, Balance, (-total).max(0));
        for line in &draft.lines {
            self.note_credit(line, Line::give_back);
        }
        let status = if draft.due_minor() == 0 { InvoiceStatus::Paid { on } } else { InvoiceStatus::Open };
        self.invoices.push(Invoice { number, draft, status });
        effects.push(Effect::Issued { invoice: number });
        number
    }

    /// Takes an open invoice back.
    pub(super) fn void(&mut self, number: u32, on: NaiveDate) {
        use LedgerAccount::{Balance, Receivable, Revenue, Tax};
        let Some(invoice) = self.invoice_mut(number).filter(|invoice| invoice.is_open()) else { return };
        invoice.status = InvoiceStatus::Void { on };
        let draft = invoice.draft.clone();
        let (total, tax) = (draft.total_minor(), draft.tax_minor());
        self.post(on, number, Revenue, Receivable, total - tax);
        self.post(on, number, Tax, Receivable, tax);
        self.post(on, number, Receivable, Balance, draft.from_balance_minor);
        for line in &draft.lines {
            self.note_credit(line, Line::take_again);
        }
    }

    /// The card paid for an invoice. When it is void meanwhile, what came is the customer's.
    pub(super) fn pay_invoice(&mut self, number: u32, on: NaiveDate) {
        let Some(invoice) = self.invoice_mut(number) else { return };
        let due = invoice.draft.due_minor();
        let to = if invoice.is_open() {
            invoice.status = InvoiceStatus::Paid { on };
            LedgerAccount::Receivable
        } else {
            LedgerAccount::Balance
        };
        self.post(on, number, LedgerAccount::Cash, to, due);
    }

    fn note_credit(&mut self, credit: &Line, note: fn(&mut Line, &Line)) {
        let LineKind::Credit { of } = credit.kind else { return };
        let charge = self.invoice_mut(of.invoice).and_then(|invoice| invoice.draft.lines.get_mut(of.line));
        if let Some(charge) = charge {
            note(charge, credit);
        }
    }

    fn post(
        &mut self,
        on: NaiveDate,
        invoice: u32,
        debit: LedgerAccount,
        credit: LedgerAccount,
        amount_minor: i64,
    ) {
        self.ledger.transfer(on, invoice, debit, credit, amount_minor);
        match (debit, credit) {
            (LedgerAccount::Balance, _) => self.balance_minor -= amount_minor,
            (_, LedgerAccount::Balance) => self.balance_minor += amount_minor,
            _ => {}
        }
    }
}

pub(super) fn mail(on: NaiveDate, kind: MailKind) -> Effect {
    Effect::Mail(Mail { on, kind })
}

impl Book {
    /// Warnings about cards are counted from here on: the charges that a card could break are others now.
    pub(super) fn watch_cards_from(&mut self, moment: Moment) {
        for card in [&mut self.card, &mut self.backup].into_iter().flatten() {
            card.warn_from = card.warn_from.max(moment.day);
        }
    }
}
