//! Short texts that say nearly the same: by the words they share, the rare ones counting more.
//!
//! Candidates come from the lists of the rarest words of a text, and no list is looked through that is too long to
//! tell anything apart: a text is compared with at most 2,400 others by each rule, however many there are. So the work grows
//! with the knowledge and not with its square. What such a bound may have cut off is said with what was found.

use std::collections::HashMap;

use language::segment;

/// Lists of so many of a text's rarest words are looked through.
const RAREST: usize = 6;
/// A word in more texts than this tells nothing apart.
const LONGEST_LIST: usize = 400;
/// Texts with so much in common may say the same but for a number: to leave one of them out is worth saying.
const CLOSE: f32 = 0.8;
/// Fewer words than this are found everywhere and tell no entries apart.
const TELLING: usize = 6;
/// What summing in another order may change.
const ROUNDING: f32 = 1e-3;

/// Texts, indexed by their words.
#[derive(Default)]
pub(super) struct Near {
    lists: Vec<Vec<u32>>,
    texts: Vec<Vec<u32>>,
    /// How much each word says.
    weights: Vec<f32>,
    /// How much each text says.
    masses: Vec<f32>,
}

/// The texts that are most like one.
pub(super) struct Nearest {
    /// The most alike first.
    pub(super) likes: Vec<Like>,
    /// With how many it was compared.
    pub(super) compared: usize,
    /// Others that are as close may have been left out.
    pub(super) crowded: bool,
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
        let (mut near, mut numbers) = (Self::default(), HashMap::new());
        for text in texts {
            near.add(text, drop, &mut numbers);
        }
        near.weigh();
        near
    }

    fn add(&mut self, text: &str, drop: fn(&str) -> bool, numbers: &mut HashMap<String, u32>) {
        let place = self.texts.len() as u32;
        let mut words = Vec::new();
        for word in segment::terms(text) {
            if drop(&word) {
                continue;
            }
            let next = self.lists.len() as u32;
            let number = *numbers.entry(word).or_insert(next);
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

    /// How much words and texts say: a word that half of all texts have says next to nothing.
    fn weigh(&mut self) {
        let all = self.texts.len() as f32;
        let weight = |list: &Vec<u32>| ((all + 20.0) / (list.len() as f32 + 0.5)).ln().max(0.1);
        self.weights = self.lists.iter().map(weight).collect();
        let mass = |words: &Vec<u32>| words.iter().map(|&word| self.weights[word as usize]).sum();
        self.masses = self.texts.iter().map(mass).collect();
    }

    /// How many words a text has.
    pub(super) fn words(&self, at: usize) -> usize {
        self.texts[at].len()
    }

    fn common(&self, one: usize, other: usize) -> f32 {
        let both = self.texts[one].iter().filter(|word| self.texts[other].contains(word));
        both.map(|&word| self.weights[word as usize]).sum()
    }

    /// The share of the lighter text that the other has too.
    pub(super) fn contained(&self, one: usize, other: usize) -> f32 {
        let least = self.masses[one].min(self.masses[other]);
        if least > 0.0 { self.common(one, other) / least } else { 0.0 }
    }

    /// The share of the weight of two texts that they have in common.
    pub(super) fn share(&self, one: usize, other: usize) -> f32 {
        let common = self.common(one, other);
        let all = self.masses[one] + self.masses[other];
        if all > 0.0 { 2.0 * common / all } else { 0.0 }
    }

    /// The `most` texts that have most in common with one, and at least so much; `of` says which count.
    pub(super) fn nearest(&self, at: usize, least: f32, most: usize, of: impl Fn(usize) -> bool) -> Nearest {
        let (others, cut) = self.sharing(at);
        let mut compared = 0;
        let others = others.into_iter().map(|other| other as usize);
        let mut likes: Vec<Like> = others
            .filter(|&other| other != at && self.may_share(at, other, least) && of(other))
            .inspect(|_| compared += 1)
            .map(|other| Like { at: other, share: self.share(at, other) })
            .filter(|like| like.share >= least)
            .collect();
        likes.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.at.cmp(&b.at)));
        let left_out = cut || likes.get(most).is_some_and(|left_out| left_out.share >= CLOSE);
        let crowded = left_out && self.words(at) >= TELLING;
        likes.truncate(most);
        Nearest { likes, compared, crowded }
    }

    /// The texts with which it shares a rare word; and whether it has words and all of them are too common to look.
    fn sharing(&self, at: usize) -> (Vec<u32>, bool) {
        let mut words = self.texts[at].clone();
        words.sort_by_key(|&word| self.lists[word as usize].len());
        let rare = |list: &&Vec<u32>| list.len() <= LONGEST_LIST;
        let lists = words.iter().take(RAREST).map(|&word| &self.lists[word as usize]).filter(rare);
        let mut found: Vec<u32> = lists.flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        let cut = found.is_empty() && !words.is_empty();
        (found, cut)
    }

    /// Whether the weights of two texts allow for so much in common: one that says far more shares little.
    fn may_share(&self, one: usize, other: usize, least: f32) -> bool {
        let (one, other) = (self.masses[one], self.masses[other]);
        2.0 * one.min(other) >= (least - ROUNDING) * (one + other)
    }
}
