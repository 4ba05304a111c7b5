//! Text in lines: measured, broken between words, and each line put in the order in which it is read.

use std::{ops::Range, rc::Rc};

use krilla::text::{GlyphId, KrillaGlyph};
use unicode_bidi::{Level, ParagraphBidiInfo};
use unicode_segmentation::UnicodeSegmentation;

use super::{
    fonts::{FaceId, Fonts, Script, Word, first_face, is_unseen},
    tags::Slot,
};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// In points.
    pub size: f32,
    pub is_bold: bool,
    pub ink: Ink,
}

impl Style {
    pub const fn plain(size: f32) -> Self {
        Self { size, is_bold: false, ink: Ink::Black }
    }

    pub const fn bold(size: f32) -> Self {
        Self { size, is_bold: true, ink: Ink::Black }
    }

    pub const fn ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Black,
    Grey,
    /// For bars only.
    Pale,
    Red,
}

/// In which direction a text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// As its first letter does: names and addresses.
    AsWritten,
    /// Our own words, whatever is named in them.
    LeftToRight,
}

/// A name inside our own words: whatever it is written in, what stands around it stays where it is.
pub(super) fn apart(name: &str) -> String {
    if name.is_ascii() { name.to_owned() } else { format!("\u{2068}{name}\u{2069}") }
}

/// Letters in a row that are shown alike.
#[derive(Clone, Debug)]
struct Piece {
    range: Range<usize>,
    script: Script,
    level: Level,
    is_space: bool,
    word: Rc<Word>,
}

/// A text that has been measured.
#[derive(Debug)]
pub(super) struct Paragraph {
    text: Rc<str>,
    pieces: Vec<Piece>,
    base: Level,
    style: Style,
}

impl Paragraph {
    pub fn new(fonts: &mut Fonts, text: &str, begins: Begins, style: Style) -> Self {
        let text = readable(text);
        let base = match begins {
            Begins::AsWritten => None,
            Begins::LeftToRight => Some(Level::ltr()),
        };
        let (parts, base) = match text.is_ascii() {
            true => (plain_parts(&text, style.is_bold), Level::ltr()),
            false => parts(fonts, &text, base, style.is_bold),
        };
        let piece = |Part { range, script, level, is_space }: Part| {
            let word = fonts.word(text.get(range.clone()).unwrap_or_default(), script);
            Piece { range, script, level, is_space, word }
        };
        let pieces = parts.into_iter().map(piece).collect();
        Self { pieces, base, style, text: text.into() }
    }

    /// What these texts say, if it is drawn in another order than it is spoken in.
    pub fn spoken(texts: &[Self]) -> Option<String> {
        let mut pieces = texts.iter().flat_map(|text| &text.pieces);
        let is_turned = pieces.any(|piece| piece.level.is_rtl());
        let seen = |c: &char| !matches!(c, '\u{2066}'..='\u{2069}');
        let text = || texts.iter().flat_map(|text| text.text.chars()).filter(seen).collect::<String>();
        is_turned.then(|| text().trim_end().to_owned())
    }

    /// Without the blank behind it.
    pub fn width(&self) -> f32 {
        seen_width(&self.pieces) * self.style.size
    }

    /// Broken between words, and inside a word only where it alone is wider than a line.
    pub fn lines(&self, fonts: &mut Fonts, width: f32, slot: Slot) -> Vec<Line> {
        let mut breaking = Breaking { room: width / self.style.size, lines: Vec::new(), line: Vec::new() };
        let mut rest = self.pieces.as_slice();
        while !rest.is_empty() {
            let length = rest.iter().take_while(|piece| !piece.is_space).count();
            let (word, after) = rest.split_at(length);
            if breaking.taken() + width_of(word) > breaking.room {
                breaking.end_line();
            }
            for piece in word {
                breaking.add(piece, &self.text, fonts);
            }
            let spaces = after.iter().take_while(|piece| piece.is_space).count();
            let (spaces, after) = after.split_at(spaces);
            breaking.line.extend_from_slice(spaces);
            rest = after;
        }
        breaking.end_line();
        breaking.lines.into_iter().map(|pieces| self.line(pieces, slot)).collect()
    }

    fn line(&self, mut pieces: Vec<Piece>, slot: Slot) -> Line {
        let width = seen_width(&pieces) * self.style.size;
        for piece in pieces.iter_mut().rev().take_while(|piece| piece.is_space) {
            piece.level = self.base;
        }
        let levels: Vec<Level> = pieces.iter().map(|piece| piece.level).collect();
        let order = ParagraphBidiInfo::reorder_visual(&levels);
        let pieces: Vec<&Piece> = order.into_iter().filter_map(|index| pieces.get(index)).collect();
        let blank = pieces.iter().take_while(|piece| piece.is_space);
        let indent = blank.map(|piece| piece.word.width).sum::<f32>() * self.style.size;
        let mut runs: Vec<Run> = Vec::new();
        for piece in pieces {
            let face = piece.script.face.unwrap_or_else(|| first_face(self.style.is_bold));
            let is_rtl = piece.script.is_rtl;
            match runs.last_mut() {
                Some(run) if run.face == face && run.is_rtl == is_rtl => run.add(piece),
                _ => {
                    let mut run = Run { face, is_rtl, glyphs: Vec::new(), width: 0.0 };
                    run.add(piece);
                    runs.push(run);
                }
            }
        }
        Line { slot, style: self.style, text: Rc::clone(&self.text), runs: runs.into(), width, indent }
    }
}

/// A piece whose glyphs are not known yet.
struct Part {
    range: Range<usize>,
    script: Script,
    level: Level,
    is_space: bool,
}

/// Most of an invoice: nothing in it runs from right to left, and the first font has all of it.
fn plain_parts(text: &str, is_bold: bool) -> Vec<Part> {
    let script = Script { face: Some(first_face(is_bold)), is_rtl: false, is_bold };
    let mut parts = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        let end = at + word.trim_end_matches(' ').len();
        let next = at + word.len();
        for (range, is_space) in [(at..end, false), (end..next, true)] {
            if !range.is_empty() {
                parts.push(Part { range, script, level: Level::ltr(), is_space });
            }
        }
        at = next;
    }
    parts
}

/// By font and direction, and the direction of the whole.
fn parts(fonts: &mut Fonts, text: &str, base: Option<Level>, is_bold: bool) -> (Vec<Part>, Level) {
    let bidi = ParagraphBidiInfo::new(text, base);
    let mut parts = Vec::new();
    let mut before = None;
    for (at, letter) in text.grapheme_indices(true) {
        if letter.chars().all(is_unseen) {
            continue;
        }
        let face = fonts.face_for(letter, is_bold, before);
        before = face.or(before);
        let level = bidi.levels.get(at).copied().unwrap_or(bidi.paragraph_level);
        let script = Script { face, is_rtl: level.is_rtl(), is_bold };
        join(&mut parts, Part { range: at..at + letter.len(), script, level, is_space: letter == " " });
    }
    (parts, bidi.paragraph_level)
}

fn join(parts: &mut Vec<Part>, next: Part) {
    match parts.last_mut() {
        Some(last)
            if last.range.end == next.range.start
                && (last.script, last.level, last.is_space) == (next.script, next.level, next.is_space) =>
        {
            last.range.end = next.range.end;
        }
        _ => parts.push(next),
    }
}

/// In one line, with single blanks between words and one at the end, so that what is read aloud does not run together.
fn readable(text: &str) -> String {
    let printable = |c: char| match c {
        c if c.is_control() => ' ',
        // These two are no characters, and no file may say that they are.
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c => c,
    };
    let text: String = text.chars().map(printable).collect();
    let mut readable = String::with_capacity(text.len() + 1);
    for word in text.split_whitespace() {
        readable.push_str(word);
        readable.push(' ');
    }
    readable
}

fn width_of(pieces: &[Piece]) -> f32 {
    pieces.iter().map(|piece| piece.word.width).sum()
}

/// Without the blanks at its end.
fn seen_width(pieces: &[Piece]) -> f32 {
    let blanks = pieces.iter().rev().take_while(|piece| piece.is_space).count();
    width_of(pieces.get(..pieces.len() - blanks).unwrap_or_default())
}

struct Breaking {
    /// In ems.
    room: f32,
    lines: Vec<Vec<Piece>>,
    line: Vec<Piece>,
}

impl Breaking {
    fn taken(&self) -> f32 {
        width_of(&self.line)
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
    }

    /// Puts a piece of a word where the last one ended; what is wider than a line goes on in the next ones.
    fn add(&mut self, piece: &Piece, text: &str, fonts: &mut Fonts) {
        let mut piece = piece.clone();
        while self.taken() + piece.word.width > self.room {
            match self.cut(&piece, text, fonts) {
                Some((head, tail)) => {
                    self.line.push(head);
                    self.end_line();
                    piece = tail;
                }
                None if self.line.is_empty() => break,
                None => self.end_line(),
            }
        }
        self.line.push(piece);
    }

    /// As much of it as there is room for; in an empty line at least one letter. None when nothing is to be cut.
    fn cut(&self, piece: &Piece, text: &str, fonts: &mut Fonts) -> Option<(Piece, Piece)> {
        let said = text.get(piece.range.clone())?;
        let room = self.room - self.taken();
        let ends: Vec<usize> = said.grapheme_indices(true).map(|(at, _)| at).skip(1).collect();
        let fitting = ends.partition_point(|end| piece.word.width_up_to(*end) <= room);
        let mut fitting = ends.get(..fitting)?;
        if fitting.is_empty() && self.line.is_empty() {
            fitting = ends.get(..1)?;
        }
        let mut part = |range: Range<usize>| {
            let range = piece.range.start + range.start..piece.range.start + range.end;
            let word = fonts.word(text.get(range.clone()).unwrap_or_default(), piece.script);
            Piece { range, word, ..piece.clone() }
        };
        // Letters may be wider where a word is cut than they were inside it.
        while let [before @ .., end] = fitting {
            let head = part(0..*end);
            if head.word.width <= room || (before.is_empty() && self.line.is_empty()) {
                return Some((head, part(*end..said.len())));
            }
            fitting = before;
        }
        None
    }
}

/// One line, as it stands on the page.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub slot: Slot,
    pub style: Style,
    pub text: Rc<str>,
    /// From left to right.
    pub runs: Rc<[Run]>,
    /// In points, without the blank behind the last word.
    pub width: f32,
    /// How wide that blank is where it stands on the left.
    pub indent: f32,
}

/// Glyphs in a row of one font.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub face: FaceId,
    is_rtl: bool,
    pub glyphs: Vec<KrillaGlyph>,
    /// In ems.
    pub width: f32,
}

impl Run {
    fn add(&mut self, piece: &Piece) {
        let start = piece.range.start;
        self.width += piece.word.width;
        self.glyphs.extend(piece.word.glyphs.iter().map(|glyph| KrillaGlyph {
            glyph_id: GlyphId::new(glyph.id),
            text_range: start + glyph.from..start + glyph.to,
            x_advance: glyph.advance,
            x_offset: glyph.dx,
            y_offset: glyph.dy,
            y_advance: 0.0,
            location: None,
        }));
    }
}
