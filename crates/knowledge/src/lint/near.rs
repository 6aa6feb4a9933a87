//! Short texts that say nearly the same: by the words they share, the rare ones counting more.
//!
//! Candidates come from the lists of the rarest words of a text, so the work grows with the knowledge and not with
//! its square.

use std::collections::HashMap;

use language::segment;

/// Lists of so many of a text's rarest words are looked through.
const RAREST: usize = 6;
/// A word in more texts than this tells nothing apart.
const LONGEST_LIST: usize = 400;

/// Texts, indexed by their words.
pub(super) struct Near {
    numbers: HashMap<String, u32>,
    lists: Vec<Vec<u32>>,
    texts: Vec<Vec<u32>>,
}

/// A text that is like another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Like {
    /// Its place in the index.
    pub(super) at: usize,
    /// From 0, nothing in common, to 1, the same words.
    pub(super) share: f32,
}

impl Near {
    /// Indexes texts under their places. What `drop` says of a word is left out.
    pub(super) fn new<'a>(texts: impl IntoIterator<Item = &'a str>, drop: fn(&str) -> bool) -> Self {
        let mut near = Self { numbers: HashMap::new(), lists: Vec::new(), texts: Vec::new() };
        for text in texts {
            near.add(text, drop);
        }
        near
    }

    fn add(&mut self, text: &str, drop: fn(&str) -> bool) {
        let place = self.texts.len() as u32;
        let mut words = Vec::new();
        for word in segment::terms(text) {
            if drop(&word) {
                continue;
            }
            let next = self.lists.len() as u32;
            let number = *self.numbers.entry(word).or_insert(next);
            if number == next {
                self.lists.push(Vec::new());
            }
            if !words.contains(&number) {
                words.push(number);
                self.lists[number as usize].push(place);
            }
        }
        self.texts.push(words);
    }

    /// How much a word says: one that half of all texts have says next to nothing.
    fn weight(&self, word: u32) -> f32 {
        let (all, has) = (self.texts.len() as f32, self.lists[word as usize].len() as f32);
        ((all + 20.0) / (has + 0.5)).ln().max(0.1)
    }

    fn mass(&self, at: usize) -> f32 {
        self.texts[at].iter().map(|&word| self.weight(word)).sum()
    }

    /// How many words a text has.
    pub(super) fn words(&self, at: usize) -> usize {
        self.texts[at].len()
    }

    fn common(&self, one: usize, other: usize) -> f32 {
        let both = self.texts[one].iter().filter(|word| self.texts[other].contains(word));
        both.map(|&word| self.weight(word)).sum()
    }

    /// The share of the lighter text that the other has too.
    pub(super) fn contained(&self, one: usize, other: usize) -> f32 {
        let least = self.mass(one).min(self.mass(other));
        if least > 0.0 { self.common(one, other) / least } else { 0.0 }
    }

    /// The share of the weight of two texts that they have in common.
    pub(super) fn share(&self, one: usize, other: usize) -> f32 {
        let common = self.common(one, other);
        let all = self.mass(one) + self.mass(other);
        if all > 0.0 { 2.0 * common / all } else { 0.0 }
    }

    /// The texts that have at least so much in common with one, the most alike first; `of` says which count.
    pub(super) fn like(&self, at: usize, least: f32, of: impl Fn(usize) -> bool) -> Vec<Like> {
        let mut words = self.texts[at].clone();
        words.sort_by_key(|&word| self.lists[word as usize].len());
        let mut seen: Vec<u32> = words
            .iter()
            .take(RAREST)
            .map(|&word| &self.lists[word as usize])
            .filter(|list| list.len() <= LONGEST_LIST)
            .flatten()
            .copied()
            .collect();
        seen.sort_unstable();
        seen.dedup();
        let mut found: Vec<Like> = seen
            .into_iter()
            .map(|other| other as usize)
            .filter(|&other| other != at && of(other))
            .map(|other| Like { at: other, share: self.share(at, other) })
            .filter(|like| like.share >= least)
            .collect();
        found.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.at.cmp(&b.at)));
        found
    }
}
