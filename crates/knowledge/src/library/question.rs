//! The customer's question, taken apart and weighed against the words of a snapshot.

use domain::Lang;
use language::{detect, embed::Meaning, normal};

use super::{
    background, meaning,
    snapshot::{Snapshot, Term},
    words::{self, Key, take_apart},
};

/// Of a longer question only the beginning is read: whoever pastes a novel asks in its first lines.
const LONGEST: usize = 2_000;
const MOST_WORDS: usize = 96;
const MOST_GRAMS: usize = 160;
const MOST_CONCEPTS: usize = 24;
/// Texts a word's general rarity counts for, beside the passages that there are.
const PRIOR: f32 = 100.0;

/// A term of the question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed {
    /// Its number, if the knowledge has the word at all.
    pub(super) number: Option<u32>,
    /// How much it says.
    pub(super) weight: f32,
}

/// A question, ready to compare.
pub(super) struct Asked {
    pub(super) words: Vec<Weighed>,
    pub(super) pairs: Vec<Weighed>,
    pub(super) triples: Vec<Weighed>,
    pub(super) concepts: Vec<Weighed>,
    /// Names of what other businesses are asked about, by the numbers of those that this knowledge holds.
    pub(super) elsewhere: Vec<Option<u32>>,
    /// By number of a term, whether the question has it.
    pub(super) known: Vec<bool>,
    pub(super) numbers: Vec<Option<u32>>,
    pub(super) core: String,
    /// The language that it is asked in, where one can tell.
    pub(super) lang: Option<Lang>,
    pub(super) negated: bool,
    pub(super) asks: u16,
    pub(super) word_mass: f32,
    pub(super) pair_mass: f32,
    pub(super) gram_mass: f32,
    pub(super) concept_mass: f32,
    pub(super) meaning: Option<Meaning>,
    /// What each of its words means, in their order.
    pub(super) word_meanings: Vec<Option<Meaning>>,
    /// What the plugged model says that it means, if there is one and it answers.
    pub(super) sentence: Option<Meaning>,
}

pub(super) fn read(snapshot: &Snapshot, text: &str) -> Asked {
    let text = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]);
    let apart = take_apart(text);
    let words = weigh(snapshot, &apart.single, MOST_WORDS);
    let pairs = weigh(snapshot, &apart.pairs, MOST_GRAMS);
    let triples = weigh(snapshot, &apart.triples, MOST_GRAMS);
    let concepts = weigh(snapshot, &apart.concepts, MOST_CONCEPTS);
    Asked {
        known: known(snapshot, [&words, &pairs, &triples, &concepts]),
        numbers: words::distinct(&apart.numbers).into_iter().map(|key| snapshot.number(key)).collect(),
        elsewhere: words::distinct(&apart.elsewhere).into_iter().map(|key| snapshot.number(key)).collect(),
        core: normal::core(text),
        lang: match detect::detect(text) {
            detect::Language::Zh => Some(Lang::Zh),
            detect::Language::En => Some(Lang::En),
            _ => None,
        },
        negated: apart.negated,
        asks: apart.asks,
        word_mass: mass(&words),
        pair_mass: mass(&pairs),
        gram_mass: mass(&pairs) + mass(&triples),
        concept_mass: mass(&concepts),
        meaning: meaning::of(&snapshot.embedder, &apart),
        word_meanings: distinct_words(&apart)
            .into_iter()
            .take(MOST_WORDS)
            .map(|word| meaning::of_word(&snapshot.embedder, word))
            .collect(),
        sentence: snapshot.plugged.as_ref().and_then(|plugged| plugged.read(text)),
        words,
        pairs,
        triples,
        concepts,
    }
}

/// The words in the order in which [`weigh`] has them.
fn distinct_words(apart: &words::Words) -> Vec<&str> {
    let mut seen = std::collections::HashSet::new();
    let words = apart.terms.iter().zip(&apart.single).filter(|(_, key)| seen.insert(**key));
    words.map(|(word, _)| word.as_str()).collect()
}

fn weigh(snapshot: &Snapshot, keys: &[Key], most: usize) -> Vec<Weighed> {
    let mut distinct = words::distinct(keys);
    distinct.truncate(most);
    distinct
        .into_iter()
        .map(|key| {
            let number = snapshot.number(key);
            let weight =
                number.map_or_else(|| rarity(snapshot, 0, background::share(key)), |n| snapshot.weight(n));
            Weighed { number, weight }
        })
        .collect()
}

fn known(snapshot: &Snapshot, terms: [&Vec<Weighed>; 4]) -> Vec<bool> {
    let mut known = vec![false; snapshot.terms.len()];
    let numbers = terms.into_iter().flatten().filter_map(|term| term.number);
    numbers.for_each(|number| known[number as usize] = true);
    known
}

fn mass(terms: &[Weighed]) -> f32 {
    terms.iter().map(|term| term.weight).sum()
}

/// Inverse document frequency, steadied by how usual the word is anywhere.
fn rarity(snapshot: &Snapshot, found: usize, usual: f32) -> f32 {
    let all = snapshot.totals.passages as f32;
    ((all + PRIOR + 1.0) / (found as f32 + PRIOR * usual + 0.5)).ln().max(0.05)
}

impl Snapshot {
    /// How much a term says.
    pub(super) fn weight(&self, number: u32) -> f32 {
        self.weights.get(number as usize).copied().unwrap_or(0.0)
    }

    /// Weighs all terms anew, after a change.
    pub(super) fn weigh(&mut self) {
        let rarity = |term: &Term| rarity(self, term.postings.len(), term.usual);
        self.weights = self.terms.iter().map(rarity).collect();
    }
}
