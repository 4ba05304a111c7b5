//! Pages as a file.

use chrono::{Datelike, NaiveDate};
use krilla::{
    SerializeSettings,
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    error::KrillaError,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag},
};

use super::{
    Sheet,
    flow::{Bar, LEFT, PAGE_HEIGHT, PAGE_WIDTH, Page, Placed, WIDTH},
    fonts::Fonts,
    tags::Slot,
    text::{Begins, Ink, Line, Paragraph, Style},
};
use crate::{Error, Result};

const FOOT: Style = Style::plain(8.0).ink(Ink::Grey);
const FOOT_BASELINE: f32 = PAGE_HEIGHT - 36.0;

/// What stands on all pages, and what the file says of itself.
pub(super) struct About {
    pub title: String,
    /// Who issued it.
    pub author: String,
    pub issued_on: NaiveDate,
}

impl Sheet {
    pub(super) fn into_file(mut self, about: &About) -> Result<Vec<u8>> {
        let mut file = krilla::Document::new_with(settings()?);
        let mut drawn = vec![Vec::new(); self.parts.slots()];
        let pages = self.flow.finish();
        for (index, page) in pages.iter().enumerate() {
            let foot = foot(&mut self.fonts, about, index + 1, pages.len());
            let size = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT);
            let size = size.ok_or_else(|| Error::internal("the size of a page is none"))?;
            let mut sheet = file.start_page_with(size);
            let mut surface = sheet.surface();
            draw_bars(&mut surface, page);
            for said in page.lines.chunk_by(|one, next| one.line.slot == next.line.slot) {
                draw_part(&mut surface, &self.fonts, said, &mut drawn);
            }
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
            foot.iter().for_each(|placed| draw_line(&mut surface, &self.fonts, placed));
            surface.end_tagged();
        }
        let mut outline = Outline::new();
        let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
        outline.push_child(OutlineNode::new(about.title.clone(), top));
        file.set_outline(outline);
        file.set_metadata(metadata(about));
        file.set_tag_tree(self.parts.tree(&drawn).with_lang(Some("en".to_owned())));
        file.finish().map_err(|error| Error::internal(in_words(error)))
    }
}

/// Checked against what machines can check of PDF/UA-1, the standard for files that everybody can read.
fn settings() -> Result<SerializeSettings> {
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| Error::internal(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

/// krilla counts what is wrong with a file, but it also knows what that is.
fn in_words(error: KrillaError) -> String {
    match error {
        KrillaError::Validation(errors) => format!("{errors:?}"),
        other => other.to_string(),
    }
}

/// Nothing here is of the moment: the same invoice is the same file.
fn metadata(about: &About) -> Metadata {
    let on = about.issued_on;
    let number = |value: u32| u8::try_from(value).unwrap_or_default();
    let date = DateTime::new(u16::try_from(on.year()).unwrap_or_default());
    let date = date.month(number(on.month())).day(number(on.day()));
    Metadata::new()
        .title(about.title.clone())
        .authors(Some(about.author.clone()).filter(|author| !author.is_empty()).into_iter().collect())
        .creator("Steward".to_owned())
        .language("en".to_owned())
        .creation_date(date)
}

fn foot(fonts: &mut Fonts, about: &About, page: usize, of: usize) -> Vec<Placed> {
    let number = format!("Page {page} of {of}");
    let number = Paragraph::new(fonts, &number, Begins::LeftToRight, FOOT);
    let right = LEFT + WIDTH - number.width();
    let title = Paragraph::new(fonts, &about.title, Begins::LeftToRight, FOOT);
    let room = right - LEFT - 10.0;
    let place = |line: Line, left: f32| Placed { x: left - line.indent, baseline: FOOT_BASELINE, line };
    let title = title.lines(fonts, room, Slot::Nowhere).into_iter().take(1).map(|line| place(line, LEFT));
    let title: Vec<Placed> = title.collect();
    let number = number.lines(fonts, WIDTH, Slot::Nowhere).into_iter().map(|line| place(line, right));
    title.into_iter().chain(number).collect()
}

fn draw_bars(surface: &mut Surface, page: &Page) {
    if page.bars.is_empty() {
        return;
    }
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    for Bar { left, top, width, height, ink, border } in &page.bars {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(*left, *top, *width, *height) {
            path.push_rect(rect);
        }
        let paint = colour(*ink).into();
        match border {
            None => {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*ink)));
            }
            Some(border) => {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke { paint, width: *border, ..Stroke::default() }));
            }
        }
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.set_stroke(None);
    surface.end_tagged();
}

fn draw_part(surface: &mut Surface, fonts: &Fonts, said: &[Placed], drawn: &mut [Vec<Identifier>]) {
    let slot = said.first().map_or(Slot::Nowhere, |placed| placed.line.slot);
    let tag = match slot {
        Slot::At(_) => ContentTag::Span(SpanTag::empty()),
        Slot::Nowhere => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
    };
    let identifier = surface.start_tagged(tag);
    said.iter().for_each(|placed| draw_line(surface, fonts, placed));
    surface.end_tagged();
    if let Slot::At(slot) = slot
        && let Some(drawn) = drawn.get_mut(slot)
    {
        drawn.push(identifier);
    }
}

fn draw_line(surface: &mut Surface, fonts: &Fonts, placed: &Placed) {
    let Line { style, text, runs, .. } = &placed.line;
    surface.set_fill(Some(fill(style.ink)));
    let mut x = placed.x;
    for run in runs.iter() {
        let Some(font) = fonts.drawn(run.face) else { continue };
        let start = Point::from_xy(x, placed.baseline);
        surface.draw_glyphs(start, &run.glyphs, font, text, style.size, false);
        x += run.width * style.size;
    }
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: colour(ink).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

fn colour(ink: Ink) -> rgb::Color {
    match ink {
        Ink::Black => rgb::Color::new(24, 24, 27),
        Ink::Grey => rgb::Color::new(92, 92, 102),
        Ink::Pale => rgb::Color::new(212, 212, 216),
        Ink::Red => rgb::Color::new(185, 28, 28),
    }
}
