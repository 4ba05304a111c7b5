//! What an invoice comes to, and who pays that.

use std::collections::BTreeMap;

use domain::billing::{Document, InvoiceStatus, TaxRate};
use krilla::tagging::{TableHeaderScope, Tag};

use super::{
    Sheet,
    flow::{Align, LEFT, Row, Underline, WIDTH},
    is_credit_note, money,
    table::has_tax,
    tags::Part,
    text::{Ink, Style},
};

const TEXT: Style = Style::plain(9.5);
const TOTAL: Style = Style::bold(10.5);
const NOTE: Style = Style::plain(9.0);
/// Sums stand on the right, below the amounts.
const SUMS_LEFT: f32 = LEFT + WIDTH * 0.42;
const GAP: f32 = 14.0;

struct Sum {
    label: String,
    minor: i64,
    is_total: bool,
}

impl Sheet {
    pub(super) fn sums(&mut self, document: &Document) {
        let mut rows = Vec::new();
        let mut parts = Vec::new();
        for sum in sums(document) {
            let (row, part) = self.sum(document, &sum);
            rows.push(row);
            parts.push(part);
        }
        if let Some(first) = rows.first_mut() {
            first.above = 10.0;
        }
        self.flow.keep(rows.iter().map(|row| row.above + row.height()).sum());
        rows.iter().for_each(|row| self.flow.add(row));
        self.parts.add(Part::group(Tag::Table, vec![Part::group(Tag::TBody, parts)]));
        let mut above = 22.0;
        for note in notes(document) {
            self.sentence(&note, NOTE, above);
            above = 6.0;
        }
    }

    fn sum(&mut self, document: &Document, sum: &Sum) -> (Row, Part) {
        let style = if sum.is_total { TOTAL } else { TEXT };
        let (label, amount) = (self.parts.slot(), self.parts.slot());
        let part = Part::group(
            Tag::TR,
            vec![
                Part::Said(Tag::TH(TableHeaderScope::Row).into(), label),
                Part::Said(Tag::TD.into(), amount),
            ],
        );
        let whole = LEFT + WIDTH - SUMS_LEFT;
        let mut amount = self.cell(&money(document, sum.minor), style, amount, (SUMS_LEFT, whole * 0.6));
        let width = amount.lines.iter().map(|line| line.width).fold(0.0, f32::max);
        amount.align = Align::Right;
        (amount.left, amount.width) = (LEFT + WIDTH - width, width);
        let label = self.cell(&sum.label, style, label, (SUMS_LEFT, whole - width - GAP));
        let underline = Underline { left: SUMS_LEFT, thickness: 0.5, ink: Ink::Pale };
        let row =
            Row { cells: vec![label, amount], padding: 4.0, underline: Some(underline), ..Row::default() };
        (row, part)
    }
}

fn sums(document: &Document) -> Vec<Sum> {
    let invoice = &document.invoice;
    let draft = &invoice.draft;
    let plain = |label: &str, minor: i64| Sum { label: label.to_owned(), minor, is_total: false };
    let total = |label: &str, minor: i64| Sum { is_total: true, ..plain(label, minor) };
    let mut sums = Vec::new();
    if has_tax(document) {
        sums.push(plain("Net", draft.total_minor() - draft.tax_minor()));
        let rates = by_rate(document);
        sums.extend(
            rates
                .into_iter()
                .map(|(rate, (net, tax))| plain(&format!("Tax {rate}% on {}", money(document, net)), tax)),
        );
    }
    sums.push(total("Total", draft.total_minor()));
    if invoice.used_balance_minor() != 0 {
        sums.push(plain("Used from the balance", -invoice.used_balance_minor()));
    }
    match invoice.status {
        InvoiceStatus::Open => sums.push(total("Still to pay", invoice.owed_minor())),
        InvoiceStatus::Void { .. } => sums.push(total("Still to pay", 0)),
        InvoiceStatus::Paid { .. } if is_credit_note(document) => {
            sums.push(total("Added to the balance", -draft.total_minor()));
        }
        InvoiceStatus::Paid { .. } => sums.push(total("Paid by card", invoice.charged_minor())),
    }
    sums
}

/// Net amounts and their tax. Each line's tax was rounded by itself, so this is a sum and not a product.
fn by_rate(document: &Document) -> BTreeMap<TaxRate, (i64, i64)> {
    let mut rates: BTreeMap<TaxRate, (i64, i64)> = BTreeMap::new();
    for line in &document.invoice.draft.lines {
        let (net, tax) = rates.entry(line.tax_rate).or_default();
        *net += line.net_minor;
        *tax += line.tax_minor;
    }
    rates
}

fn notes(document: &Document) -> Vec<String> {
    let invoice = &document.invoice;
    let mut notes = Vec::new();
    if invoice.draft.reverse_charge {
        let law = "Article 196, Directive 2006/112/EC";
        notes.push(format!("Reverse charge: the customer owes the tax ({law})."));
    }
    match invoice.status {
        InvoiceStatus::Void { .. } => {
            notes.push("This invoice is void: nothing is owed for it.".to_owned());
            let back = invoice.draft.from_balance_minor;
            if back != 0 {
                notes.push(format!("{} that it had used went back to the balance.", money(document, back)));
            }
        }
        _ if is_credit_note(document) => {
            let given = money(document, -invoice.draft.total_minor());
            notes.push(format!("{given} is added to the balance, which is used first on the next invoices."));
        }
        _ => {}
    }
    notes
}
