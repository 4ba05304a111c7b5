//! The letters: which font has which, and where each stands in a word. No font is asked of the machine, so that an invoice looks the
//! same wherever it is made.

use std::{collections::HashMap, ops::Range, rc::Rc};

use krilla::text::Font;
use rustybuzz::{BufferClusterLevel, Direction, ShapePlan, UnicodeBuffer, ttf_parser};
use unicode_segmentation::UnicodeSegmentation;

use crate::{Error, Result};

/// Licensed under the SIL Open Font License, beside them.
const FILES: [&[u8]; 10] = [
    include_bytes!("../../../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("../../../fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansHebrew-Bold.ttf"),
    include_bytes!("../../../fonts/NotoSansArmenian-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansGeorgian-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansThai-Regular.ttf"),
];

/// In the order in which they are asked for a letter. What is not there in bold is shown as it is.
const REGULAR: [FaceId; 7] = [FaceId(0), FaceId(2), FaceId(4), FaceId(6), FaceId(7), FaceId(8), FaceId(9)];
const BOLD: [FaceId; 7] = [FaceId(1), FaceId(3), FaceId(5), FaceId(6), FaceId(7), FaceId(8), FaceId(9)];

const REPLACEMENT: char = '\u{fffd}';

/// A place in [`FILES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct FaceId(usize);

struct Face {
    drawn: Font,
    shaped: rustybuzz::Face<'static>,
}

/// All measures are in ems.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub id: u32,
    pub advance: f32,
    pub dx: f32,
    pub dy: f32,
    /// What it stands for, in the word.
    pub from: usize,
    pub to: usize,
}

/// The glyphs of a word, from left to right.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub glyphs: Vec<Glyph>,
    pub width: f32,
}

impl Word {
    fn new(glyphs: Vec<Glyph>) -> Self {
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        Self { glyphs, width }
    }

    /// How wide the beginning is of what it says.
    pub fn width_up_to(&self, end: usize) -> f32 {
        self.glyphs.iter().filter(|glyph| glyph.from < end).map(|glyph| glyph.advance).sum()
    }
}

/// How a piece of text is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Script {
    /// None when no font has it.
    pub face: Option<FaceId>,
    pub is_rtl: bool,
    pub is_bold: bool,
}

pub(super) struct Fonts {
    faces: Vec<Face>,
    // What has been found out once: letters and words come again and again in a long invoice.
    /// Which faces have a letter, a bit for each.
    having: HashMap<char, u16>,
    plans: HashMap<(FaceId, bool, rustybuzz::Script), ShapePlan>,
    words: HashMap<Script, HashMap<Box<str>, Rc<Word>>>,
}

impl Fonts {
    pub fn new() -> Result<Self> {
        let face = |file: &'static [u8]| {
            let drawn = Font::new(file.into(), 0)?;
            Some(Face { drawn, shaped: rustybuzz::Face::from_slice(file, 0)? })
        };
        let faces: Option<Vec<Face>> = FILES.into_iter().map(face).collect();
        let faces = faces.ok_or_else(|| Error::internal("a font of invoices cannot be read"))?;
        Ok(Self { faces, having: HashMap::new(), plans: HashMap::new(), words: HashMap::new() })
    }

    pub fn drawn(&self, face: FaceId) -> Option<Font> {
        self.faces.get(face.0).map(|face| face.drawn.clone())
    }

    /// Which font has a letter with all that belongs to it. Signs stay in the font of what they follow.
    pub fn face_for(&mut self, letter: &str, is_bold: bool, before: Option<FaceId>) -> Option<FaceId> {
        let having = letter.chars().filter(|c| !is_unseen(*c)).fold(u16::MAX, |all, c| all & self.having(c));
        let has_all = |id: &FaceId| having & (1 << id.0) != 0;
        let is_sign = !letter.chars().any(char::is_alphanumeric);
        let first = before.filter(|before| is_sign && has_all(before));
        first.or_else(|| order(is_bold).into_iter().find(has_all))
    }

    fn having(&mut self, c: char) -> u16 {
        let Self { faces, having, .. } = self;
        *having.entry(c).or_insert_with(|| {
            let has = |face: &Face| u16::from(face.shaped.glyph_index(c).is_some());
            faces.iter().enumerate().fold(0, |all, (place, face)| all | has(face) << place)
        })
    }

    pub fn word(&mut self, text: &str, script: Script) -> Rc<Word> {
        if let Some(word) = self.words.get(&script).and_then(|words| words.get(text)) {
            return Rc::clone(word);
        }
        let word = match script.face {
            Some(id) => self.shape(text, id, script.is_rtl),
            None => self.replaced(text, script),
        };
        let word = Rc::new(word);
        self.words.entry(script).or_default().insert(text.into(), Rc::clone(&word));
        word
    }

    fn shape(&mut self, text: &str, id: FaceId, is_rtl: bool) -> Word {
        let Self { faces, plans, .. } = self;
        let Some(face) = faces.get(id.0) else { return Word::default() };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        // Each glyph stands for as little as possible, or what is copied out of the file comes in another order.
        buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
        buffer.guess_segment_properties();
        let direction = if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        buffer.set_direction(direction);
        let script = buffer.script();
        let plan = plans
            .entry((id, is_rtl, script))
            .or_insert_with(|| ShapePlan::new(&face.shaped, direction, Some(script), None, &[]));
        let shaped = rustybuzz::shape_with_plan(&face.shaped, plan, buffer);
        let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        let em = face.drawn.units_per_em();
        let ems = |units: i32| units as f32 / em;
        let all = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        // What is unseen and newer than the shaper has none, and a tagged file must not show what a font does not have.
        let there = all.filter(|(info, _)| info.glyph_id != 0);
        let glyphs = there.map(|(info, at)| {
            let from = info.cluster as usize;
            let next = starts.get(starts.partition_point(|start| *start <= from));
            Glyph {
                id: info.glyph_id,
                advance: ems(at.x_advance),
                dx: ems(at.x_offset),
                dy: ems(at.y_offset),
                from,
                to: next.copied().unwrap_or(text.len()),
            }
        });
        Word::new(glyphs.collect())
    }

    /// A sign that something is missing for each letter; who copies it out of the file gets the letter.
    fn replaced(&self, text: &str, script: Script) -> Word {
        let Some(face) = self.faces.get(first_face(script.is_bold).0) else { return Word::default() };
        let id = face.shaped.glyph_index(REPLACEMENT).unwrap_or(ttf_parser::GlyphId(0));
        let advance = face.shaped.glyph_hor_advance(id).unwrap_or_default();
        let advance = f32::from(advance) / face.drawn.units_per_em();
        let glyph = |(from, letter): (usize, &str)| Glyph {
            id: id.0.into(),
            advance,
            dx: 0.0,
            dy: 0.0,
            from,
            to: from + letter.len(),
        };
        let mut glyphs: Vec<Glyph> = text.grapheme_indices(true).map(glyph).collect();
        if script.is_rtl {
            glyphs.reverse();
        }
        Word::new(glyphs)
    }
}

fn order(is_bold: bool) -> [FaceId; 7] {
    if is_bold { BOLD } else { REGULAR }
}

/// It has all that is plain, and shows what no font has.
pub(super) fn first_face(is_bold: bool) -> FaceId {
    let [first, ..] = order(is_bold);
    first
}

/// Unicode's default ignorable code points: they steer how others are shown and are not shown themselves.
pub(super) fn is_unseen(c: char) -> bool {
    const UNSEEN: [Range<u32>; 11] = [
        0xad..0xae,
        0x34f..0x350,
        0x61c..0x61d,
        0x115f..0x1161,
        0x17b4..0x17b6,
        0x180b..0x1810,
        0x200b..0x2010,
        0x202a..0x202f,
        0x2060..0x2070,
        0xfe00..0xfe10,
        0xfeff..0xff00,
    ];
    let code = u32::from(c);
    UNSEEN.iter().any(|range| range.contains(&code)) || (0xe0000..0xe1000).contains(&code)
}
