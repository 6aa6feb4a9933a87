//! A question finds its passages: many candidates by BM25, few hits by everything that is known of them.

use std::{cmp::Ordering, collections::HashSet};

use domain::Lang;

use super::{
    Hit, Query,
    features::{self, Features, Sort},
    model::{Model, Standing},
    passage::{Passage, Source},
    question::{self, Asked, Weighed},
    snapshot::Snapshot,
};

/// So many passages are looked at closely.
const CANDIDATES: usize = 100;

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

/// A passage that was looked at closely.
pub(super) struct Examined<'a> {
    passage: &'a Passage,
    features: Features,
    sort: Sort,
    closest: Option<Source>,
    same: Option<Source>,
    rank: f32,
}

pub(super) fn search(snapshot: &Snapshot, query: &Query<'_>, model: &Model) -> Vec<Hit> {
    let (asked, examined) = examine(snapshot, query, model);
    let best = best_of_each(examined, query.lang);
    let standings: Vec<Standing> = standings(&asked, &best);
    best.into_iter()
        .zip(standings)
        .take(query.limit)
        .map(|(examined, standing)| {
            let (probability, because) = model.probability(&standing);
            let passage = examined.passage;
            let source = examined.same.or(examined.closest);
            Hit {
                entry: passage.entry.id.clone(),
                kind: passage.entry.kind,
                category: passage.entry.category.clone(),
                lang: passage.lang,
                title: passage.title().to_owned(),
                closest: source.map_or_else(|| passage.title(), |source| passage.text(source)).to_owned(),
                section: passage.section,
                rank: examined.rank,
                probability,
                near_exact: examined.same.is_some(),
                because,
            }
        })
        .collect()
}

/// The candidates with their features, in no order.
pub(super) fn examine<'a>(
    snapshot: &'a Snapshot,
    query: &Query<'_>,
    model: &Model,
) -> (Asked, Vec<Examined<'a>>) {
    let asked = question::read(snapshot, query.text);
    let examined = candidates(snapshot, &asked)
        .into_iter()
        .map(|(passage, matched)| {
            let (features, closest) = features::examine(snapshot, &asked, passage, &matched);
            let sort = Sort::of(passage, &asked);
            let same = features::same_as(&asked, passage);
            Examined { passage, features, sort, closest, same, rank: model.rank(sort, &features) }
        })
        .collect();
    (asked, examined)
}

fn standings(asked: &Asked, best: &[Examined<'_>]) -> Vec<Standing> {
    let ranks: Vec<f32> = best.iter().map(|examined| examined.rank).collect();
    let unknown = unknown_share(asked);
    (0..best.len())
        .map(|at| Standing::new(best[at].sort, &best[at].features, &ranks, at, unknown, asked.words.len()))
        .collect()
}

/// What learning sees of a search: per entry its id and features, best first, and how each stands.
pub(crate) struct Lesson {
    pub(crate) entries: Vec<(String, Sort, Features)>,
    pub(crate) standings: Vec<Standing>,
}

/// Searches as [`search`] does, as if the entries that `hide` names were not known.
pub(crate) fn lesson(
    snapshot: &Snapshot,
    query: &Query<'_>,
    model: &Model,
    hide: impl Fn(&str) -> bool,
) -> Lesson {
    let (asked, mut examined) = examine(snapshot, query, model);
    examined.retain(|examined| !hide(examined.passage.entry.id.as_str()));
    let best = best_of_each(examined, query.lang);
    let standings = standings(&asked, &best);
    let entries = best
        .iter()
        .map(|best| (best.passage.entry.id.as_str().to_owned(), best.sort, best.features))
        .collect();
    Lesson { entries, standings }
}

/// The share of the question's weight that no passage knows.
pub(super) fn unknown_share(asked: &Asked) -> f32 {
    let unknown: f32 = asked.words.iter().filter(|word| word.number.is_none()).map(|word| word.weight).sum();
    if asked.word_mass > 0.0 { unknown / asked.word_mass } else { 1.0 }
}

/// One passage an entry, best first; equals stand in the order of their ids.
fn best_of_each(mut examined: Vec<Examined<'_>>, lang: Lang) -> Vec<Examined<'_>> {
    examined.sort_by(|a, b| {
        b.rank
            .total_cmp(&a.rank)
            .then_with(|| (b.passage.lang == lang).cmp(&(a.passage.lang == lang)))
            .then_with(|| by_name(a.passage, b.passage))
    });
    let mut seen = HashSet::new();
    examined.retain(|examined| seen.insert(examined.passage.entry.id.as_str()));
    examined
}

fn by_name(a: &Passage, b: &Passage) -> Ordering {
    a.entry.id.cmp(&b.entry.id).then(a.ordinal.cmp(&b.ordinal))
}

/// The passages that share most with the question.
fn candidates<'a>(snapshot: &'a Snapshot, asked: &Asked) -> Vec<(&'a Passage, Matched)> {
    let mut sums = Sums { snapshot, found: vec![u32::MAX; snapshot.passages.len()], order: Vec::new() };
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

/// How much `times` occurrences are worth in a text of `length` times the usual length. Questions and help
/// pages alike do better with less held against long texts than the customary constants hold.
fn bm25(times: f32, length: f32) -> f32 {
    const K: f32 = 1.6;
    const B: f32 = 0.5;
    times * (K + 1.0) / (times + K * (1.0 - B + B * length))
}

struct Sums<'a> {
    snapshot: &'a Snapshot,
    /// Where in `order` a passage's sums are; `u32::MAX` for nowhere.
    found: Vec<u32>,
    order: Vec<(u32, Matched)>,
}

impl<'a> Sums<'a> {
    /// What each passage that holds the term has of it.
    fn add(&mut self, term: &Weighed, add: impl Fn(&mut Matched, Found)) {
        let Some(number) = term.number else { return };
        let totals = self.snapshot.totals;
        let mean = |words: u64, passages: u64| (words as f32 / passages.max(1) as f32).max(1.0);
        let usual_question = mean(totals.question_words, totals.with_question);
        let usual_answer = mean(totals.answer_words, totals.with_answer);
        for posting in &*self.snapshot.terms[number as usize].postings {
            let Some(passage) = self.snapshot.passages[posting.passage as usize].as_deref() else { continue };
            let at = &mut self.found[posting.passage as usize];
            if *at == u32::MAX {
                *at = self.order.len() as u32;
                self.order.push((posting.passage, Matched::default()));
            }
            let counts = posting.counts;
            let (asked, said) = (f32::from(counts.question), f32::from(counts.answer));
            let question_length = passage.question_length as f32 / usual_question;
            let answer_length = passage.answer_length as f32 / usual_answer;
            let found = Found {
                question: term.weight * bm25(asked, question_length),
                answer: term.weight * bm25(said, answer_length),
                said: counts.answer > 0,
                opening: counts.opening > 0,
            };
            add(&mut self.order[*at as usize].1, found);
        }
    }

    fn best(self, asked: &Asked) -> Vec<(&'a Passage, Matched)> {
        let share = |part: f32, mass: f32| if mass > 0.0 { part / mass } else { 0.0 };
        let mut scored: Vec<(f32, &Passage, Matched)> = self
            .order
            .into_iter()
            .filter_map(|(place, matched)| {
                let passage = self.snapshot.passages[place as usize].as_deref()?;
                let question = share(matched.question_words, asked.word_mass)
                    + share(matched.question_grams, asked.gram_mass);
                let answer = share(matched.answer_words, asked.word_mass)
                    + share(matched.answer_grams, asked.pair_mass);
                let concepts = share(matched.concepts, asked.concept_mass);
                let score = question.max(answer) + 0.3 * question.min(answer) + 0.3 * concepts;
                Some((score, passage, matched))
            })
            .collect();
        let order = |a: &(f32, &Passage, Matched), b: &(f32, &Passage, Matched)| {
            b.0.total_cmp(&a.0).then_with(|| by_name(a.1, b.1))
        };
        if scored.len() > CANDIDATES {
            scored.select_nth_unstable_by(CANDIDATES, order);
            scored.truncate(CANDIDATES);
        }
        scored.sort_unstable_by(order);
        scored.into_iter().map(|(_, passage, matched)| (passage, matched)).collect()
    }
}
