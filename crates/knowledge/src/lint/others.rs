//! What else the library finds for a title or a claim: asked once, however many pairs of texts want to know.

use std::{cell::RefCell, collections::HashMap, ops::Range};

use super::shop::Shop;

/// The library takes another entry for the answer rather than not; less is not kept.
pub(super) const PROBABLE: f32 = 0.5;
/// The place of a title, where claims have theirs in the answer.
const TITLE: usize = usize::MAX;

/// So many questions are put to the library for pairs of texts in one check-up. Knowledge makes for about one an entry,
/// and each takes longer the larger the knowledge is: without an end to them the work would grow with its square again.
const MOST: usize = 50_000;

/// The numbers of entries that probably answer, and how probably.
type Found = Vec<(usize, f32)>;

/// What was found, by text and place.
#[derive(Default)]
pub(super) struct Others {
    found: RefCell<HashMap<(usize, usize), Found>>,
}

impl Shop<'_> {
    /// Whether the library holds `other` for an answer to the title of a text.
    pub(super) fn answers_title(&self, text: usize, other: usize, least: f32) -> bool {
        self.answers(text, TITLE..TITLE, other, least)
    }

    /// Whether it holds it for an answer to a part of what a text says; `least` is at least [`PROBABLE`].
    pub(super) fn answers(&self, text: usize, part: Range<usize>, other: usize, least: f32) -> bool {
        let other = self.texts[other].number;
        let mut found = self.others.found.borrow_mut();
        if self.tally.questions() >= MOST && !found.contains_key(&(text, part.start)) {
            self.tally.unasked();
            return false;
        }
        let found = found.entry((text, part.start)).or_insert_with(|| self.ask(text, part));
        found.iter().any(|&(number, probability)| number == other && probability >= least)
    }

    fn ask(&self, text: usize, part: Range<usize>) -> Found {
        (self.rest)();
        self.tally.asked();
        let of = &self.texts[text];
        let asked = if part.start == TITLE { of.title() } else { &of.answer()[part] };
        let found = self.library.others(asked, of.lang, &of.entry.id);
        let probable = found.into_iter().filter(|(_, probability)| *probability >= PROBABLE);
        let number = |id: &str| self.by_id.get(id).map(|places| self.texts[places[0]].number);
        probable.filter_map(|(id, probability)| Some((number(&id)?, probability))).collect()
    }
}
