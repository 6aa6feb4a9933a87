//! Learns how satisfied customers were, from conversations that people judged.

use super::linear::{Settings, weights};
use crate::{
    bag::{Bag, Vocabulary},
    linear::{Classifier, shares},
    satisfaction::{Judge, LABELS, SHAPE, Seen, Turn, see},
    train::detector::mix,
};

/// A conversation and how satisfied its customer was.
#[derive(Debug, Clone)]
pub struct Judged<'a> {
    /// What was said.
    pub turns: Vec<Turn<'a>>,
    /// One of [`LABELS`], by place.
    pub label: usize,
    /// How much it counts.
    pub count: f32,
}

/// Features of fewer conversations are left out.
const LEAST: u32 = 2;
/// So many features of each view are kept.
const MOST: usize = 30_000;
/// How much the views weigh: the customer, their last words, what they were told; and the shape. By four folds of STC-3's training rows.
const VIEWS: [f32; 3] = [1.0, 1.0, 0.6];
const SHAPE_WEIGHT: f32 = 0.5;
const COST: f32 = 0.2;
/// One conversation in so many is kept from a trial, which says how sure scores are.
const HELD: u64 = 5;

/// Learns.
pub fn train(rows: &[Judged<'_>]) -> Judge {
    let seen: Vec<Seen> = rows.iter().map(|row| see(&row.turns)).collect();
    let all: Vec<usize> = (0..rows.len()).collect();
    let held = |at: &usize| {
        let text = rows[*at].turns.first().map_or("", |turn| turn.text);
        mix(text).is_multiple_of(HELD)
    };
    let (kept, learnt): (Vec<usize>, Vec<usize>) = all.iter().partition(|at| held(at));
    let trial = learn(rows, &seen, &learnt);
    let scores: Vec<([f32; 3], usize)> =
        kept.iter().map(|&at| (trial.scores(&seen[at]), rows[at].label)).collect();
    Judge { sharpness: sharpness(&scores), ..learn(rows, &seen, &all) }
}

/// The sharpness under which what happened was likeliest.
fn sharpness(scores: &[([f32; 3], usize)]) -> f32 {
    let likelihood = |sharpness: f32| -> f32 {
        let of = |(scores, label): &([f32; 3], usize)| {
            shares(&scores.map(|score| sharpness * score))[*label].max(1e-6).ln()
        };
        scores.iter().map(of).sum()
    };
    let steps = (1..=40).map(|step| step as f32 / 8.0);
    steps.max_by(|&a, &b| likelihood(a).total_cmp(&likelihood(b))).unwrap_or(1.0)
}

fn learn(rows: &[Judged<'_>], seen: &[Seen], places: &[usize]) -> Judge {
    let vocabularies: Vec<Vocabulary> = (0..VIEWS.len())
        .map(|view| {
            let vocabulary = Vocabulary::of(places.iter().map(|&at| &seen[at].views[view]), LEAST);
            common(&vocabulary, MOST)
        })
        .collect();
    let bags: Vec<Bag> = places.iter().map(|&at| bag(&vocabularies, &seen[at])).collect();
    let mut sizes = [1.0_f32; 3];
    for &at in places {
        sizes[rows[at].label] += rows[at].count;
    }
    let even = |at: usize| rows[at].count * sizes.iter().sum::<f32>() / (3.0 * sizes[rows[at].label]);
    let counts: Vec<f32> = places.iter().map(|&at| even(at)).collect();
    let examples: Vec<_> =
        bags.iter().zip(places).map(|(bag, &at)| (bag.as_slice(), rows[at].label)).collect();
    let features = vocabularies.iter().map(Vocabulary::len).sum::<usize>() + SHAPE;
    let how = Settings { cost: COST, epochs: 12, ..Settings::default() };
    let (weights, bias) = weights(&examples, &counts, LABELS.len(), features, &how);
    parts(vocabularies, &weights, bias)
}

/// Cuts the weights into the views' own.
fn parts(vocabularies: Vec<Vocabulary>, weights: &[f32], bias: Vec<f32>) -> Judge {
    let names = || LABELS.map(str::to_owned).to_vec();
    let mut judge = Judge { sharpness: 1.0, ..Judge::default() };
    let mut rest = weights;
    for (view, vocabulary) in vocabularies.into_iter().enumerate() {
        let (own, after) = rest.split_at(vocabulary.len() * LABELS.len());
        rest = after;
        let own: Vec<f32> = own.iter().map(|weight| weight * VIEWS[view]).collect();
        judge.parts[view] = Classifier::new(names(), vocabulary, &own, vec![0.0; LABELS.len()]);
    }
    let own: Vec<f32> = rest.iter().map(|weight| weight * SHAPE_WEIGHT).collect();
    let places = Vocabulary::from_rows((0..SHAPE as u32).map(|at| (at, 1.0)));
    judge.parts[3] = Classifier::new(names(), places, &own, bias);
    judge
}

/// The features that stand in most conversations.
fn common(vocabulary: &Vocabulary, most: usize) -> Vocabulary {
    let mut rows = vocabulary.rows();
    rows.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    rows.truncate(most);
    rows.sort_unstable_by_key(|row| row.0);
    Vocabulary::from_rows(rows.into_iter())
}

fn bag(vocabularies: &[Vocabulary], seen: &Seen) -> Bag {
    let (mut bag, mut from) = (Bag::new(), 0);
    for ((vocabulary, names), weight) in vocabularies.iter().zip(&seen.views).zip(VIEWS) {
        bag.extend(vocabulary.bag(names).into_iter().map(|(at, value)| (from + at, weight * value)));
        from += vocabulary.len() as u32;
    }
    bag.extend((from..).zip(seen.shape).map(|(at, value)| (at, SHAPE_WEIGHT * value)));
    bag
}
