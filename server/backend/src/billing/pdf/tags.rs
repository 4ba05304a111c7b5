//! What is what: screen readers follow this, whatever the pages look like.

use std::{collections::HashMap, num::NonZeroU16};

use krilla::tagging::{Identifier, Node, Tag, TagGroup, TagKind, TagTree};

/// Where what was drawn of a part is noted, by its place in [`Parts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    At(usize),
    /// Said already, as the head of a table on its second page, or no part of the invoice, as a page's number.
    Nowhere,
}

#[derive(Debug)]
pub(super) enum Part {
    Said(TagKind, Slot),
    Group(TagKind, Vec<Part>),
}

impl Part {
    pub fn group(kind: impl Into<TagKind>, parts: Vec<Self>) -> Self {
        Self::Group(kind.into(), parts)
    }

    fn node(self, drawn: &[Vec<Identifier>], spoken: &mut HashMap<usize, String>) -> Node {
        let (kind, children) = match self {
            Self::Said(kind, Slot::Nowhere) => (kind, Vec::new()),
            Self::Said(mut kind, Slot::At(slot)) => {
                if let Some(text) = spoken.remove(&slot) {
                    kind.set_actual_text(Some(text));
                }
                let drawn = drawn.get(slot).into_iter().flatten();
                (kind, drawn.map(|identifier| Node::Leaf(*identifier)).collect())
            }
            Self::Group(kind, parts) => {
                (kind, parts.into_iter().map(|part| part.node(drawn, spoken)).collect())
            }
        };
        TagGroup::with_children(kind, children).into()
    }
}

/// All parts of an invoice, in the order in which they are read.
#[derive(Debug, Default)]
pub(super) struct Parts {
    all: Vec<Part>,
    slots: usize,
    spoken: HashMap<usize, String>,
}

impl Parts {
    /// A part that is yet to be put where it belongs.
    pub fn slot(&mut self) -> Slot {
        self.slots += 1;
        Slot::At(self.slots - 1)
    }

    pub fn add(&mut self, part: Part) {
        self.all.push(part);
    }

    pub fn paragraph(&mut self) -> Slot {
        let slot = self.slot();
        self.add(Part::Said(Tag::P.into(), slot));
        slot
    }

    pub fn heading(&mut self, level: NonZeroU16, title: &str) -> Slot {
        let slot = self.slot();
        self.add(Part::Said(Tag::Hn(level, Some(title.to_owned())).into(), slot));
        slot
    }

    /// What it says in the order in which it is spoken, where that is not the order in which it is drawn.
    pub fn speak(&mut self, slot: Slot, text: Option<String>) {
        if let (Slot::At(slot), Some(text)) = (slot, text) {
            self.spoken.insert(slot, text);
        }
    }

    pub fn slots(&self) -> usize {
        self.slots
    }

    pub fn tree(self, drawn: &[Vec<Identifier>]) -> TagTree {
        let Self { all, mut spoken, .. } = self;
        TagTree::from(all.into_iter().map(|part| part.node(drawn, &mut spoken)).collect::<Vec<_>>())
    }
}
