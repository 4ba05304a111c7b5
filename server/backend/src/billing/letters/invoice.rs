//! Invoices and receipts.

use domain::billing::{Document, InvoiceStatus, State};

use super::about::{About, Way, Words};
use crate::billing::words;

/// Lines that a mail names; all of them are in the file.
const LINES_MAX: usize = 20;

impl About {
    /// An invoice line by line, and who pays it. None once it is void.
    pub fn issued(&self) -> Option<Words> {
        let document = self.document.as_ref()?;
        let invoice = &document.invoice;
        if matches!(invoice.status, InvoiceStatus::Void { .. }) {
            return None;
        }
        let on = words::day(invoice.draft.issued_on);
        let mut paragraphs = vec![format!("Invoice {} of {on}:", document.serial)];
        paragraphs.extend(lines(document));
        paragraphs.extend(sums(document));
        paragraphs.push(self.payment(document));
        let total = money(document, invoice.draft.total_minor());
        let subject = format!("{} over {total}", document.serial);
        Some(Words::new(subject, paragraphs, Way::Invoice(invoice.number)).with_invoice())
    }

    fn payment(&self, document: &Document) -> String {
        let invoice = &document.invoice;
        let (total, due) = (invoice.draft.total_minor(), invoice.draft.due_minor());
        if total < 0 {
            return format!("Nothing is charged. {} is added to your balance.", money(document, -total));
        }
        if due == 0 {
            return "Nothing is charged.".to_owned();
        }
        let due = money(document, due);
        let is_awaited = self.stored.book.attempt.is_some_and(|attempt| attempt.invoice == invoice.number);
        match &self.tried {
            Some(tried) if invoice.is_paid() => format!("{due} was charged to the card {}.", tried.card),
            _ if invoice.is_paid() => format!("{due} is paid."),
            Some(tried) if is_awaited => format!("{due} is being charged to the card {}.", tried.card),
            _ => self.unpaid(&due),
        }
    }

    fn unpaid(&self, due: &str) -> String {
        let owed = self.owed();
        let state = self.subscription().map(|subscription| subscription.state);
        let more = match state {
            _ if owed != due => format!(" Together with what was owed before that is {owed}."),
            Some(State::PastDue(_)) => " Another mail says what happens next.".to_owned(),
            _ => String::new(),
        };
        format!("{due} is still to be paid.{more}")
    }

    /// A payment that came later than at once. What was not owed any more has become balance.
    pub fn receipt(&self) -> Words {
        let paid = self.document.as_ref().filter(|document| document.invoice.is_paid());
        let Some(document) = paid else {
            let balance = self.money(self.stored.book.balance_minor);
            let text = format!(
                "We have received a payment for something that was not owed any more, so it was added to your balance. The \
                 balance is {balance} now, and the next invoices are paid from it first."
            );
            return Words::new("a payment was added to your balance", vec![text], Way::Billing);
        };
        let invoice = &document.invoice;
        let (due, serial) = (money(document, invoice.draft.due_minor()), &document.serial);
        let card = self.tried.as_ref().filter(|tried| tried.is_paid);
        let card = card.map(|tried| format!(" The card {} paid it.", tried.card)).unwrap_or_default();
        let rest = match self.owes() {
            true => format!("{} is still to be paid.", self.owed()),
            false => "Nothing more is owed.".to_owned(),
        };
        let text = format!("We have received {due} for the invoice {serial}.{card} {rest}");
        Words::new(format!("{due} received"), vec![text], Way::Invoice(invoice.number)).with_invoice()
    }
}

fn money(document: &Document, minor: i64) -> String {
    words::money(&document.currency, minor)
}

/// What it is for; of very many the first ones.
fn lines(document: &Document) -> Vec<String> {
    let all = &document.invoice.draft.lines;
    let named = all.iter().take(LINES_MAX).enumerate();
    let line = |(index, line): (usize, &domain::billing::Line)| {
        format!("{}: {}", document.line_words(index), money(document, line.net_minor))
    };
    let more = all.len().saturating_sub(LINES_MAX);
    let more = (more > 0).then(|| format!("And {more} more lines, which are in the file."));
    named.map(line).chain(more).collect()
}

fn sums(document: &Document) -> Vec<String> {
    let draft = &document.invoice.draft;
    let mut sums = Vec::new();
    if draft.tax_minor() != 0 {
        sums.push(format!("{}: {}", tax(document), money(document, draft.tax_minor())));
    }
    sums.push(format!("Total: {}", money(document, draft.total_minor())));
    if draft.reverse_charge {
        sums.push("Reverse charge: you owe the tax on this yourselves.".to_owned());
    }
    if draft.from_balance_minor > 0 {
        sums.push(format!("Paid from your balance: {}", money(document, draft.from_balance_minor)));
    }
    sums
}

/// "Tax (19%)", when there is but one rate.
fn tax(document: &Document) -> String {
    let mut rates: Vec<_> = document.invoice.draft.lines.iter().map(|line| line.tax_rate).collect();
    rates.dedup();
    match rates.as_slice() {
        [rate] => format!("Tax ({rate}%)"),
        _ => "Tax".to_owned(),
    }
}
