//! What an invoice is, whose it is, and how it stands.

use std::num::NonZeroU16;

use domain::billing::{Document, InvoiceStatus, Party};

use super::{
    Sheet,
    flow::{Align, Bar, Cell, LEFT, Row, WIDTH},
    is_credit_note, is_void, money,
    text::{Begins, Ink, Line, Paragraph, Style, apart},
};
use crate::billing::words;

const TITLE: Style = Style::bold(20.0);
const STAMP: Style = Style::bold(14.0).ink(Ink::Red);
const LABEL: Style = Style::plain(8.0).ink(Ink::Grey);
const NAME: Style = Style::bold(10.0);
const TEXT: Style = Style::plain(10.0);
const GAP: f32 = 24.0;
/// Between the stamp and its frame.
const INSET: f32 = 7.0;

impl Sheet {
    pub(super) fn head(&mut self, document: &Document, title: &str) {
        self.title(document, title);
        self.facts(document);
        let width = (WIDTH - GAP) / 2.0;
        let issuer = self.party("From", &document.issuer, (LEFT, width));
        let customer = self.party("To", &document.customer, (LEFT + width + GAP, width));
        self.flow.add(&Row { cells: vec![issuer, customer], above: 24.0, ..Row::default() });
    }

    fn title(&mut self, document: &Document, title: &str) {
        let slot = self.parts.heading(NonZeroU16::MIN, title);
        if !is_void(document) {
            let cell = self.cell(title, TITLE, slot, (LEFT, WIDTH));
            self.flow.add(&Row { cells: vec![cell], ..Row::default() });
            return;
        }
        let stamp = self.text("VOID", Begins::LeftToRight, STAMP);
        let width = stamp.width();
        let left = LEFT + WIDTH - width - INSET;
        let cell = self.cell(title, TITLE, slot, (LEFT, left - INSET - LEFT - GAP));
        let slot = self.parts.paragraph();
        let lines = stamp.lines(&mut self.fonts, width + 1.0, slot);
        let stamp = Cell { left, width, align: Align::Left, lines };
        let top = self.flow.y();
        self.flow.add(&Row { cells: vec![cell, stamp], ..Row::default() });
        self.flow.frame(Bar {
            left: left - INSET,
            top: top + 5.0,
            width: width + 2.0 * INSET,
            height: 22.0,
            ink: STAMP.ink,
            border: Some(1.5),
        });
    }

    fn facts(&mut self, document: &Document) {
        let issued = words::day(document.invoice.draft.issued_on);
        let facts = [("Issued on", issued), ("Status", status(document))];
        let widths = [110.0, WIDTH - 110.0];
        let mut left = LEFT;
        let mut cells = Vec::new();
        for ((label, fact), width) in facts.into_iter().zip(widths) {
            let slot = self.parts.paragraph();
            let mut cell = self.cell(label, LABEL, slot, (left, width));
            cell.lines.extend(self.cell(&fact, TEXT, slot, (left, width)).lines);
            cells.push(cell);
            left += width;
        }
        self.flow.add(&Row { cells, above: 12.0, ..Row::default() });
    }

    /// Empty for nobody.
    fn party(&mut self, label: &str, party: &Party, place: (f32, f32)) -> Cell {
        let (left, width) = place;
        let said: Vec<(&str, Style)> = said_of(party);
        let mut lines = Vec::new();
        if !said.is_empty() {
            let slot = self.parts.heading(NonZeroU16::MIN.saturating_add(1), label);
            lines.extend(self.cell(label, LABEL, slot, place).lines);
        }
        for (text, style) in said {
            lines.extend(self.written(text, style, width));
        }
        if let Some(tax_id) = &party.tax_id {
            let slot = self.parts.paragraph();
            lines.extend(self.cell(&format!("Tax ID: {}", apart(tax_id)), TEXT, slot, place).lines);
        }
        Cell { left, width, align: Align::Left, lines }
    }

    /// As its owner writes it.
    fn written(&mut self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let slot = self.parts.paragraph();
        let text = self.text(text, Begins::AsWritten, style);
        self.parts.speak(slot, Paragraph::spoken(std::slice::from_ref(&text)));
        text.lines(&mut self.fonts, width, slot)
    }
}

fn said_of(party: &Party) -> Vec<(&str, Style)> {
    let country = if party.country_name.is_empty() { &party.country } else { &party.country_name };
    let name = [(party.name.as_str(), NAME)];
    let address = party.address.iter().chain([country]).map(|line| (line.as_str(), TEXT));
    name.into_iter().chain(address).filter(|(text, _)| !text.trim().is_empty()).collect()
}

fn status(document: &Document) -> String {
    let invoice = &document.invoice;
    match invoice.status {
        InvoiceStatus::Open => format!("Open, {} to pay", money(document, invoice.owed_minor())),
        InvoiceStatus::Paid { on } if is_credit_note(document) => {
            format!("Added to the balance on {}", words::day(on))
        }
        InvoiceStatus::Paid { on } => format!("Paid on {}", words::day(on)),
        InvoiceStatus::Void { on } => format!("Void since {}", words::day(on)),
    }
}
