//! The lines of an invoice.

use domain::billing::{Document, Line as InvoiceLine, LineKind, TaxRate};
use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::{
    Sheet,
    flow::{Align, Cell, LEFT, Row, Underline, WIDTH},
    money,
    tags::Part,
    text::{Begins, Ink, Paragraph, Style, apart},
};

const HEAD: Style = Style::bold(8.5).ink(Ink::Grey);
const TEXT: Style = Style::plain(9.5);
const MORE: Style = Style::plain(8.5).ink(Ink::Grey);
/// Between columns.
const GAP: f32 = 14.0;
/// What the widest amounts leave to the descriptions.
const DESCRIPTION_MIN: f32 = 105.0;

/// The texts of a row: what it is for, and the amounts. A text may be several paragraphs.
struct Said {
    what: Vec<Paragraph>,
    amounts: Vec<Paragraph>,
}

/// Where columns stand: left edges and widths.
struct Columns {
    what: (f32, f32),
    amounts: Vec<(f32, f32)>,
}

pub(super) fn has_tax(document: &Document) -> bool {
    let lines = &document.invoice.draft.lines;
    lines.iter().any(|line| line.tax_rate != TaxRate::NONE || line.tax_minor != 0)
}

impl Sheet {
    pub(super) fn table(&mut self, document: &Document) {
        let head = self.column_names(document);
        let rows: Vec<Said> =
            (0..document.invoice.draft.lines.len()).filter_map(|index| self.said(document, index)).collect();
        let columns = columns(&head, &rows);
        let column_head = || Tag::TH(TableHeaderScope::Column).into();
        let (head, cells) = self.row(&head, &columns, column_head);
        let underline = |thickness, ink| Some(Underline { left: LEFT, thickness, ink });
        let head = Row { cells: head, above: 28.0, padding: 4.0, underline: underline(0.9, Ink::Black) };
        self.flow.begin_table(head);
        let head = Part::group(Tag::THead, vec![Part::group(Tag::TR, cells)]);
        let mut body = Vec::new();
        for said in &rows {
            let (cells, parts) = self.row(said, &columns, || Tag::TD.into());
            let underline = underline(0.5, Ink::Pale);
            self.flow.add(&Row { cells, padding: 4.0, underline, ..Row::default() });
            body.push(Part::group(Tag::TR, parts));
        }
        self.flow.end_table();
        self.parts.add(Part::group(Tag::Table, vec![head, Part::group(Tag::TBody, body)]));
    }

    fn column_names(&mut self, document: &Document) -> Said {
        let taxed: &[&str] = if has_tax(document) { &["Tax rate", "Tax"] } else { &[] };
        let names = ["Full price", "Net"].iter().chain(taxed);
        let amounts = names.map(|name| self.text(name, Begins::LeftToRight, HEAD)).collect();
        Said { what: vec![self.text("Description", Begins::LeftToRight, HEAD)], amounts }
    }

    fn said(&mut self, document: &Document, index: usize) -> Option<Said> {
        let line = document.invoice.draft.lines.get(index)?;
        let mut what = vec![self.text(&description(document, line, index), Begins::LeftToRight, TEXT)];
        let credited = match line.kind {
            LineKind::Credit { of } => document.credited_serial(of),
            LineKind::Charge { .. } => None,
        };
        if let Some(serial) = credited {
            what.push(self.text(&format!("of invoice {serial}"), Begins::LeftToRight, MORE));
        }
        let mut amounts = vec![money(document, line.price_minor), money(document, line.net_minor)];
        if has_tax(document) {
            amounts.extend([format!("{}%", line.tax_rate), money(document, line.tax_minor)]);
        }
        let amounts = amounts.iter().map(|amount| self.text(amount, Begins::LeftToRight, TEXT)).collect();
        Some(Said { what, amounts })
    }

    fn row(&mut self, said: &Said, columns: &Columns, kind: impl Fn() -> TagKind) -> (Vec<Cell>, Vec<Part>) {
        let mut cells = Vec::new();
        let mut parts = Vec::new();
        let amounts = said.amounts.iter().map(std::slice::from_ref);
        let texts = std::iter::once(said.what.as_slice()).chain(amounts);
        let places = std::iter::once(&columns.what).chain(&columns.amounts);
        for (index, (texts, (left, width))) in texts.zip(places).enumerate() {
            let slot = self.parts.slot();
            self.parts.speak(slot, Paragraph::spoken(texts));
            let lines = texts.iter().flat_map(|text| text.lines(&mut self.fonts, *width, slot)).collect();
            let align = if index == 0 { Align::Left } else { Align::Right };
            cells.push(Cell { left: *left, width: *width, align, lines });
            parts.push(Part::Said(kind(), slot));
        }
        (cells, parts)
    }
}

/// The plan's name may be in any writing, the rest is ours.
fn description(document: &Document, line: &InvoiceLine, index: usize) -> String {
    let words = document.line_words(index);
    let plan = document.plan_name(&line.plan);
    match words.strip_prefix(plan) {
        Some(rest) => format!("{}{rest}", apart(plan)),
        None => words,
    }
}

/// Amounts get what the widest one needs, in one line. Where that leaves too little to the descriptions they are broken too.
fn columns(head: &Said, rows: &[Said]) -> Columns {
    let count = head.amounts.len();
    let widest = |column: usize| {
        let texts = std::iter::once(head).chain(rows).filter_map(|said| said.amounts.get(column));
        // Sums of fractions differ by their order, and what fits must not be broken.
        texts.map(Paragraph::width).fold(0.0, f32::max) + 0.1
    };
    let widths: Vec<f32> = (0..count).map(widest).collect();
    let limit = limit(&widths, WIDTH - DESCRIPTION_MIN - GAP * count as f32);
    let mut left = LEFT + WIDTH;
    let mut amounts = Vec::new();
    for width in widths.into_iter().rev().map(|width| width.min(limit)) {
        left -= width;
        amounts.insert(0, (left, width));
        left -= GAP;
    }
    Columns { what: (LEFT, left - LEFT), amounts }
}

/// How wide a column may be so that all of them have room; narrow ones leave theirs to the others.
fn limit(widths: &[f32], mut room: f32) -> f32 {
    let mut widths = widths.to_vec();
    widths.sort_by(f32::total_cmp);
    for (index, width) in widths.iter().enumerate() {
        let fair = room / (widths.len() - index) as f32;
        if *width > fair {
            return fair;
        }
        room -= width;
    }
    f32::INFINITY
}
