//! An invoice as a file, to print and to keep: on A4, tagged for screen readers, and always the same bytes for the same document.

mod drawing;
mod flow;
mod fonts;
mod head;
mod sums;
mod table;
mod tags;
#[cfg(test)]
mod tests;
mod text;

use domain::billing::{Document, InvoiceStatus};

use self::{
    drawing::About,
    flow::{Align, Cell, Flow, LEFT, Row, WIDTH},
    fonts::Fonts,
    tags::{Parts, Slot},
    text::{Begins, Paragraph, Style},
};
use crate::{Result, billing::words};

/// Takes a moment for an invoice of many lines: not for a thread that others wait for.
///
/// # Errors
/// Only when the file cannot be written, whatever the document says.
pub fn invoice_pdf(document: &Document) -> Result<Vec<u8>> {
    let mut sheet = Sheet { fonts: Fonts::new()?, flow: Flow::new(), parts: Parts::default() };
    let title = title(document);
    sheet.head(document, &title);
    sheet.table(document);
    sheet.sums(document);
    let issued_on = document.invoice.draft.issued_on;
    sheet.into_file(&About { title, author: document.issuer.name.clone(), issued_on })
}

/// An invoice that is being written.
struct Sheet {
    fonts: Fonts,
    flow: Flow,
    parts: Parts,
}

impl Sheet {
    fn text(&mut self, text: &str, begins: Begins, style: Style) -> Paragraph {
        Paragraph::new(&mut self.fonts, text, begins, style)
    }

    /// A paragraph of our own words, from margin to margin.
    fn sentence(&mut self, text: &str, style: Style, above: f32) {
        let slot = self.parts.paragraph();
        let cell = self.cell(text, style, slot, (LEFT, WIDTH));
        self.flow.add(&Row { cells: vec![cell], above, ..Row::default() });
    }

    /// Our own words between two edges; `place` is the left one and how wide it may be.
    fn cell(&mut self, text: &str, style: Style, slot: Slot, place: (f32, f32)) -> Cell {
        let (left, width) = place;
        let text = self.text(text, Begins::LeftToRight, style);
        self.parts.speak(slot, Paragraph::spoken(std::slice::from_ref(&text)));
        let lines = text.lines(&mut self.fonts, width, slot);
        Cell { left, width, align: Align::Left, lines }
    }
}

fn title(document: &Document) -> String {
    match is_credit_note(document) {
        true => format!("Credit note {}", document.serial),
        false => format!("Invoice {}", document.serial),
    }
}

fn is_credit_note(document: &Document) -> bool {
    document.invoice.draft.total_minor() < 0
}

fn is_void(document: &Document) -> bool {
    matches!(document.invoice.status, InvoiceStatus::Void { .. })
}

fn money(document: &Document, minor: i64) -> String {
    words::money(&document.currency, minor)
}
