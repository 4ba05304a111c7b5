//! Rows one below the other, on as many pages as they need.

use super::{
    tags::Slot,
    text::{Ink, Line},
};

/// A4, in points.
pub(super) const PAGE_WIDTH: f32 = 595.276;
pub(super) const PAGE_HEIGHT: f32 = 841.89;
pub(super) const LEFT: f32 = 51.0;
pub(super) const WIDTH: f32 = PAGE_WIDTH - 2.0 * LEFT;
const TOP: f32 = 51.0;
const BOTTOM: f32 = PAGE_HEIGHT - 68.0;
/// From one line to the next, for letters of size 1.
const LEADING: f32 = 1.4;
/// From the top of a line to what its letters stand on.
const BASELINE: f32 = 1.06;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub left: f32,
    pub width: f32,
    pub align: Align,
    pub lines: Vec<Line>,
}

/// Cells side by side.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub cells: Vec<Cell>,
    /// Blank above it, but not at the top of a page.
    pub above: f32,
    /// Blank that belongs to it, above its lines and below.
    pub padding: f32,
    /// A line across the page below it.
    pub underline: Option<Underline>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Underline {
    pub left: f32,
    pub thickness: f32,
    pub ink: Ink,
}

impl Row {
    fn leading(&self) -> f32 {
        let lines = self.cells.iter().flat_map(|cell| &cell.lines);
        lines.map(|line| line.style.size * LEADING).fold(0.0, f32::max)
    }

    fn line_count(&self) -> usize {
        self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default()
    }

    pub fn height(&self) -> f32 {
        self.leading() * self.line_count() as f32 + 2.0 * self.padding
    }
}

#[derive(Debug)]
pub(super) struct Placed {
    pub line: Line,
    pub x: f32,
    pub baseline: f32,
}

/// A bar or, where it has a border, a frame.
#[derive(Debug)]
pub(super) struct Bar {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
    pub ink: Ink,
    pub border: Option<f32>,
}

#[derive(Debug, Default)]
pub(super) struct Page {
    pub lines: Vec<Placed>,
    pub bars: Vec<Bar>,
}

#[derive(Debug)]
pub(super) struct Flow {
    pub pages: Vec<Page>,
    page: Page,
    y: f32,
    /// Whether nothing but the table's head stands on the page yet.
    is_fresh: bool,
    /// Of the table that is being written: it comes again on each page.
    head: Option<Row>,
}

impl Flow {
    pub fn new() -> Self {
        Self { pages: Vec::new(), page: Page::default(), y: TOP, is_fresh: true, head: None }
    }

    /// Where the next row begins, without the blank above it.
    pub fn y(&self) -> f32 {
        self.y
    }

    /// A row that fits on a page stands on one; others go on where they have to be broken.
    pub fn add(&mut self, row: &Row) {
        self.keep(row.above + row.height());
        if !self.is_fresh {
            self.y += row.above;
        }
        self.y += row.padding;
        let (leading, count) = (row.leading(), row.line_count());
        let mut from = 0;
        while from < count {
            let fitting = ((BOTTOM - self.y) / leading).floor().max(0.0) as usize;
            // A page too low for a single line would otherwise never end.
            let fitting = if self.is_fresh { fitting.max(1) } else { fitting };
            let to = count.min(from + fitting);
            self.place(row, from..to, leading);
            from = to;
            if from < count {
                self.turn();
            }
        }
        self.y += row.padding;
        if let Some(Underline { left, thickness, ink }) = row.underline {
            let (top, width) = (self.y - thickness / 2.0, LEFT + WIDTH - left);
            self.page.bars.push(Bar { left, top, width, height: thickness, ink, border: None });
        }
    }

    /// Goes to the next page if so much does not fit on this one but on that.
    pub fn keep(&mut self, height: f32) {
        let head = self.head.as_ref().map(Row::height).unwrap_or_default();
        if !self.is_fresh && self.y + height > BOTTOM && TOP + head + height <= BOTTOM {
            self.turn();
        }
    }

    /// From now on each page begins with this row.
    pub fn begin_table(&mut self, head: Row) {
        let first_row = head.height();
        self.keep(head.above + head.height() + first_row);
        self.add(&head);
        let mut again = head;
        for line in again.cells.iter_mut().flat_map(|cell| &mut cell.lines) {
            line.slot = Slot::Nowhere;
        }
        self.head = Some(again);
    }

    pub fn end_table(&mut self) {
        self.head = None;
    }

    /// A frame from here upwards, around what was placed last.
    pub fn frame(&mut self, frame: Bar) {
        self.page.bars.push(frame);
    }

    pub fn finish(mut self) -> Vec<Page> {
        self.pages.push(self.page);
        self.pages
    }

    fn turn(&mut self) {
        self.pages.push(std::mem::take(&mut self.page));
        self.y = TOP;
        self.is_fresh = true;
        if let Some(head) = self.head.take() {
            self.add(&head);
            self.head = Some(head);
            self.is_fresh = true;
        }
    }

    fn place(&mut self, row: &Row, lines: std::ops::Range<usize>, leading: f32) {
        for cell in &row.cells {
            let shown = cell.lines.iter().take(lines.end).skip(lines.start);
            for (index, line) in shown.enumerate() {
                let x = match cell.align {
                    Align::Left => cell.left,
                    Align::Right => cell.left + cell.width - line.width,
                };
                let baseline = self.y + leading * index as f32 + leading * BASELINE / LEADING;
                self.page.lines.push(Placed { line: line.clone(), x: x - line.indent, baseline });
            }
        }
        if !lines.is_empty() {
            self.y += leading * lines.len() as f32;
            self.is_fresh = false;
        }
    }
}
