//! What a text is made of for matching: words, grams and concepts, each a 64-bit name.

use language::{normal, segment};

use super::expand;

/// The name of a term. Words, grams and concepts never share one.
pub(super) type Key = u64;

/// The kinds of terms.
#[derive(Clone, Copy)]
pub(super) enum Space {
    Word = 1,
    Gram = 2,
    Concept = 3,
    Elsewhere = 4,
}

/// FNV-1a, finished by a mixing step: the same everywhere and forever, as stored numbers must be.
pub(super) fn key(space: Space, bytes: &[u8]) -> Key {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64 ^ space as u64;
    for &byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ hash >> 32
}

/// A text, taken apart.
#[derive(Default)]
pub(super) struct Words {
    pub(super) normal: String,
    pub(super) terms: Vec<String>,
    /// The words in the order in which they stand, repeats included.
    pub(super) single: Vec<Key>,
    /// Which of them hold digits.
    pub(super) numbers: Vec<Key>,
    /// Pairs of Chinese characters.
    pub(super) pairs: Vec<Key>,
    /// Triples of Latin letters. Looked up in questions only: in long answers all of them occur.
    pub(super) triples: Vec<Key>,
    pub(super) concepts: Vec<Key>,
    /// What other businesses are asked about.
    pub(super) elsewhere: Vec<Key>,
    pub(super) negated: bool,
    pub(super) asks: u16,
}

pub(super) fn take_apart(text: &str) -> Words {
    let normal = normal::normalise(segment::head(text));
    let terms = segment::terms_of(&normal);
    let mut apart =
        Words { negated: expand::negates(&terms, &normal), asks: expand::asks(&normal), ..Words::default() };
    for term in &terms {
        let name = key(Space::Word, term.as_bytes());
        apart.single.push(name);
        if term.bytes().any(|b| b.is_ascii_digit()) {
            apart.numbers.push(name);
        }
    }
    for gram in segment::grams_of(&normal) {
        let name = key(Space::Gram, &gram.to_le_bytes());
        // The last character of a Chinese gram is beyond the alphabets.
        if gram & 0x1F_FFFF >= 0x2E80 {
            apart.pairs.push(name);
        } else {
            apart.triples.push(name);
        }
    }
    apart.concepts = expand::concepts(&normal, &terms);
    apart.elsewhere = expand::elsewhere(&normal, &terms);
    (apart.normal, apart.terms) = (normal, terms);
    apart
}

impl Words {
    /// What an answer is looked up by.
    pub(super) fn in_answers(&self) -> impl Iterator<Item = Key> {
        self.single.iter().chain(&self.pairs).chain(&self.concepts).chain(&self.elsewhere).copied()
    }

    /// What a question is looked up by.
    pub(super) fn in_questions(&self) -> impl Iterator<Item = Key> {
        self.in_answers().chain(self.triples.iter().copied())
    }
}

/// Keeps the first of each, in order.
pub(super) fn distinct<T: Copy + Eq + std::hash::Hash>(items: &[T]) -> Vec<T> {
    let mut seen = std::collections::HashSet::with_capacity(items.len());
    items.iter().copied().filter(|item| seen.insert(*item)).collect()
}
