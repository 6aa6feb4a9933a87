//! Many passages that may answer: those that share words with the question, and those that lie close in meaning.

use std::{cmp::Ordering, collections::HashSet};

use super::{
    passage::Passage,
    question::{Asked, Weighed},
    snapshot::Snapshot,
};

/// So many passages that share words are looked at closely.
const BY_WORDS: usize = 100;
/// So many that are close in meaning.
const BY_MEANING: usize = 40;

/// Sums over the terms of a question that a passage holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Matched {
    pub(super) question_words: f32,
    pub(super) question_grams: f32,
    pub(super) answer_words: f32,
    pub(super) answer_grams: f32,
    pub(super) said: f32,
    pub(super) said_grams: f32,
    pub(super) opening: f32,
    pub(super) opening_grams: f32,
    pub(super) anywhere: f32,
    pub(super) concepts: f32,
    /// Which words of the question the passage holds, a bit each.
    pub(super) present: u128,
}

/// One order for passages that nothing else tells apart.
pub(super) fn by_name(a: &Passage, b: &Passage) -> Ordering {
    a.entry.id.cmp(&b.entry.id).then(a.ordinal.cmp(&b.ordinal))
}

/// The passages that share most with the question, but for the hidden ones.
pub(super) fn candidates<'a>(
    snapshot: &'a Snapshot,
    asked: &Asked,
    hidden: &HashSet<u32>,
) -> Vec<(&'a Passage, Matched)> {
    let mut sums =
        Sums { snapshot, hidden, found: vec![u32::MAX; snapshot.passages.len()], order: Vec::new() };
    for (at, word) in asked.words.iter().enumerate() {
        sums.add(word, |matched, found| {
            matched.question_words += found.question;
            matched.answer_words += found.answer;
            matched.said += if found.said { word.weight } else { 0.0 };
            matched.opening += if found.opening { word.weight } else { 0.0 };
            matched.anywhere += word.weight;
            matched.present |= 1 << at;
        });
    }
    for gram in asked.pairs.iter().chain(&asked.triples) {
        sums.add(gram, |matched, found| {
            matched.question_grams += found.question;
            matched.answer_grams += found.answer;
            matched.said_grams += if found.said { gram.weight } else { 0.0 };
            matched.opening_grams += if found.opening { gram.weight } else { 0.0 };
        });
    }
    for concept in &asked.concepts {
        sums.add(concept, |matched, _| matched.concepts += concept.weight);
    }
    sums.best(asked)
}

/// What a passage has of a term.
struct Found {
    question: f32,
    answer: f32,
    said: bool,
    opening: bool,
}

/// BM25's constants. Questions and help pages alike do better with less held against long texts than is customary.
const K: f32 = 1.6;
const B: f32 = 0.5;

/// How much `times` occurrences are worth, with what the text's length holds against it: see [`held_against`].
fn bm25(times: f32, held_against: f32) -> f32 {
    times * (K + 1.0) / (times + held_against)
}

/// What a text's `length`, in usual lengths, holds against each word in it.
pub(super) fn held_against(length: f32) -> f32 {
    K * (1.0 - B + B * length)
}

struct Sums<'a, 'h> {
    snapshot: &'a Snapshot,
    hidden: &'h HashSet<u32>,
    /// Where in `order` a passage's sums are; `u32::MAX` for nowhere.
    found: Vec<u32>,
    order: Vec<(u32, Matched)>,
}

impl<'a> Sums<'a, '_> {
    /// What each passage that holds the term has of it.
    fn add(&mut self, term: &Weighed, add: impl Fn(&mut Matched, Found)) {
        let Some(number) = term.number else { return };
        let lengths = &self.snapshot.lengths;
        for posting in self.snapshot.terms[number as usize].postings.iter() {
            let [long_question, long_answer] = lengths[posting.passage as usize];
            let at = &mut self.found[posting.passage as usize];
            if *at == u32::MAX {
                *at = self.order.len() as u32;
                self.order.push((posting.passage, Matched::default()));
            }
            let counts = posting.counts;
            let (asked, said) = (f32::from(counts.question), f32::from(counts.answer));
            let found = Found {
                question: term.weight * bm25(asked, long_question),
                answer: term.weight * bm25(said, long_answer),
                said: counts.answer > 0,
                opening: counts.opening > 0,
            };
            add(&mut self.order[*at as usize].1, found);
        }
    }

    /// How much each passage that was found shares with the question, by its place in `order`.
    fn shared(&self, asked: &Asked) -> Vec<(f32, usize)> {
        let share = |part: f32, mass: f32| if mass > 0.0 { part / mass } else { 0.0 };
        let found = (0..).zip(&self.order).filter(|(_, (place, _))| !self.hidden.contains(place));
        let shared = found.map(|(at, (_, matched))| {
            let question = share(matched.question_words, asked.word_mass)
                + share(matched.question_grams, asked.gram_mass);
            let answer =
                share(matched.answer_words, asked.word_mass) + share(matched.answer_grams, asked.pair_mass);
            let concepts = share(matched.concepts, asked.concept_mass);
            (question.max(answer) + 0.3 * question.min(answer) + 0.3 * concepts, at)
        });
        shared.collect()
    }

    fn best(self, asked: &Asked) -> Vec<(&'a Passage, Matched)> {
        let near = self.near(asked);
        let mut shared = self.shared(asked);
        // Names are looked at only of those that may be among the best: they lie all over the memory.
        if shared.len() > BY_WORDS {
            let (_, &mut (last, _), _) =
                shared.select_nth_unstable_by(BY_WORDS - 1, |a, b| b.0.total_cmp(&a.0));
            shared.retain(|(score, _)| score.total_cmp(&last).is_ge());
        }
        let mut scored: Vec<(f32, &Passage, Matched)> = shared
            .into_iter()
            .filter_map(|(score, at)| {
                let (place, matched) = self.order[at];
                Some((score, self.snapshot.passages[place as usize].as_deref()?, matched))
            })
            .collect();
        let order = |a: &(f32, &Passage, Matched), b: &(f32, &Passage, Matched)| {
            b.0.total_cmp(&a.0).then_with(|| by_name(a.1, b.1))
        };
        if scored.len() > BY_WORDS {
            scored.select_nth_unstable_by(BY_WORDS, order);
            scored.truncate(BY_WORDS);
        }
        scored.sort_unstable_by(order);
        let by_words: Vec<_> = scored.into_iter().map(|(_, passage, matched)| (passage, matched)).collect();
        let is_new = |(passage, _): &(&Passage, Matched)| {
            !by_words.iter().any(|(known, _)| std::ptr::eq::<Passage>(*known, *passage))
        };
        let by_meaning: Vec<_> = near.into_iter().filter(is_new).collect();
        by_words.into_iter().chain(by_meaning).collect()
    }

    /// The passages that lie closest in meaning, with the words that they share.
    fn near(&self, asked: &Asked) -> Vec<(&'a Passage, Matched)> {
        // So many more that the hidden ones take no place away.
        let most = BY_MEANING + self.hidden.len();
        let ours = asked.meaning.as_ref().map(|asked| self.snapshot.directions.closest(asked, most));
        let plugged = self.snapshot.plugged.as_ref().zip(asked.sentence.as_ref());
        let theirs = plugged.map(|(plugged, asked)| plugged.closest(asked, most));
        let mut places = [ours, theirs].into_iter().flatten().flatten().collect::<Vec<u32>>();
        places.retain(|place| !self.hidden.contains(place));
        places.sort_unstable();
        places.dedup();
        let matched = |place: u32| match self.found[place as usize] {
            u32::MAX => Matched::default(),
            at => self.order[at as usize].1,
        };
        let passage = |place: u32| self.snapshot.passages[place as usize].as_deref();
        places.into_iter().filter_map(|place| Some((passage(place)?, matched(place)))).collect()
    }
}
