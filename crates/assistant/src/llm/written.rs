//! What came of asking: the sentences that passed, those that did not, and every call.

use std::collections::BTreeMap;

use domain::{Check, EntryId, Lang, ModelCall, SourceLink};
use language::entail::{asks, says_nothing};

use super::{Passage, Sentence};

/// Why a sentence is cut that was said already.
const REPEATED: &str = "repeated";

/// Something for whoever watches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Words that passed every check.
    Words(String),
    /// All words so far are void.
    Void,
}

/// A sentence that passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its words, with what separates them from those before.
    pub text: String,
    /// The passages it rests on, by place.
    pub cited: Vec<usize>,
}

/// What came of asking the models.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// What may be said, in order; nothing if the next rung must answer.
    pub kept: Vec<Kept>,
    /// What was cut: why, and the sentence.
    pub removed: Vec<(&'static str, String)>,
    /// Every call, in order.
    pub calls: Vec<ModelCall>,
    /// Models that were not asked, since they failed before and rest.
    pub resting: Vec<String>,
    /// The budget that was used up, if one was.
    pub overdrawn: Option<&'static str>,
    /// Courtesies and questions that came before anything was stated: alone they are no answer.
    pub(super) held: Vec<Kept>,
}

impl Written {
    /// Whether a model says the same again and again.
    pub(super) fn goes_round(&self) -> bool {
        const OFTEN: usize = 3;
        self.removed.iter().filter(|(reason, _)| *reason == REPEATED).count() >= OFTEN
    }

    /// Takes a sentence that passed; what may be shown now.
    pub(super) fn take(
        &mut self,
        sentence: &Sentence,
        words: &str,
        cited: Vec<usize>,
        lang: Lang,
    ) -> Vec<String> {
        // A model that goes in circles is heard once.
        if self.kept.iter().chain(&self.held).any(|kept| kept.text.trim() == words.trim()) {
            self.removed.push((REPEATED, words.to_owned()));
            return Vec::new();
        }
        let text = format!("{}{words}", self.gap(sentence, lang));
        self.held.push(Kept { text, cited });
        if self.kept.is_empty() && (says_nothing(words) || asks(words)) {
            return Vec::new();
        }
        let shown = self.held.iter().map(|kept| kept.text.clone()).collect();
        self.kept.append(&mut self.held);
        shown
    }

    /// What separates a sentence from those before.
    fn gap(&self, sentence: &Sentence, lang: Lang) -> &'static str {
        match (self.kept.is_empty() && self.held.is_empty(), sentence.on_new_line) {
            (true, _) => "",
            (_, true) => "\n",
            (_, false) => lang.pick("", " "),
        }
    }

    /// The whole answer.
    pub fn text(&self) -> String {
        self.kept.iter().map(|kept| kept.text.as_str()).collect()
    }

    /// Passages that were cited, in the order in which they first were.
    fn cited(&self) -> Vec<usize> {
        let mut places = Vec::new();
        for place in self.kept.iter().flat_map(|kept| &kept.cited) {
            if !places.contains(place) {
                places.push(*place);
            }
        }
        places
    }

    /// The entries that the answer cites.
    pub fn entries(&self, passages: &[Passage]) -> Vec<EntryId> {
        let mut entries: Vec<EntryId> = Vec::new();
        for passage in self.cited().into_iter().filter_map(|place| passages.get(place)) {
            if !entries.contains(&passage.entry) {
                entries.push(passage.entry.clone());
            }
        }
        entries
    }

    /// The links that customers get.
    pub fn sources(&self, passages: &[Passage]) -> Vec<SourceLink> {
        let cited = self.cited().into_iter().filter_map(|place| passages.get(place));
        cited.map(|passage| passage.source.clone()).collect()
    }

    /// The checks as a trace tells them: one for each reason.
    pub fn checks(&self) -> Vec<Check> {
        let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (reason, sentence) in &self.removed {
            by_reason.entry(reason).or_default().push(sentence.clone());
        }
        let spent =
            self.overdrawn.map(|which| Check { name: format!("budget_{which}"), removed: Vec::new() });
        let resting = (!self.resting.is_empty())
            .then(|| Check { name: "model_resting".to_owned(), removed: Vec::new() });
        let cut = by_reason.into_iter().map(|(name, removed)| Check { name: name.to_owned(), removed });
        spent.into_iter().chain(resting).chain(cut).collect()
    }
}
