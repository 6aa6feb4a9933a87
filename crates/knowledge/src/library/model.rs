//! The weights: how features become an order and a probability. Learnt by [`crate::train`], shipped as
//! `models/rank.json`, described in `models/rank.md`.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use serde::{Deserialize, Serialize};

use super::{
    features::{Features, NAMES, Sort},
    forest::Forest,
};

/// Weights by kind of passage and name.
pub(crate) type Tables = BTreeMap<String, BTreeMap<String, f32>>;

/// Weights, as they stand in the file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weights {
    /// The order: by kind of passage, a sum of features.
    pub(crate) rank: Tables,
    /// The probability: its odds as a sum of trees over the values of [`STANDING`].
    pub(crate) probability: Forest,
}

impl Weights {
    /// Every word counts the same, and nothing is probable: where learning starts.
    pub(crate) fn flat() -> Self {
        let even: BTreeMap<String, f32> = NAMES.iter().map(|&name| (name.to_owned(), 1.0)).collect();
        let rank = Sort::ALL.iter().map(|sort| (sort.name().to_owned(), even.clone())).collect();
        Self { rank, probability: Forest::default() }
    }
}

/// Weights in the order of the features.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Model {
    rank: [[f32; NAMES.len()]; Sort::ALL.len()],
    probability: Forest,
}

/// The model that ships with the product.
pub(crate) fn shipped() -> Arc<Model> {
    static SHIPPED: LazyLock<Arc<Model>> = LazyLock::new(|| {
        let weights = read(include_str!("../../models/rank.json"));
        Arc::new(Model::from(&weights.unwrap_or_default()))
    });
    Arc::clone(&SHIPPED)
}

/// Weights from the text of a file; refused if they were learnt for other values than are looked at here.
pub(crate) fn read(json: &str) -> Result<Weights, serde_json::Error> {
    let weights: Weights = serde_json::from_str(json)?;
    if weights.probability.values != STANDING {
        let told = "the trees look at other values than this program does; run `frontdesk train rank`";
        return Err(serde::de::Error::custom(told));
    }
    Ok(weights)
}

/// What the probability looks at, in the order of [`Standing`].
pub(crate) const STANDING: &[&str] = &[
    "rank",
    "margin",
    "odds",
    "first",
    "covered",
    "covering",
    "overlap",
    "shape_covered",
    "shape_covering",
    "shape",
    "run",
    "same",
    "second",
    "anywhere",
    "concepts",
    "concepts_back",
    "meaning",
    "meaning_margin",
    "meaning_centre",
    "meaning_answer",
    "like_covered",
    "like_covering",
    "like",
    "like_missed",
    "lacking",
    "elsewhere",
    "stranger",
    "stranger_margin",
    "unknown",
    "said",
    "length",
    "asks",
    "numbers",
    "denial",
    "phrasings",
    "told",
    "bare",
    "section",
    "foreign",
];

/// How a hit stands among the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing {
    pub(crate) sort: Sort,
    pub(crate) values: [f32; STANDING.len()],
}

/// What is known of the question whoever answers it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Strangeness {
    /// The share of its weight that no passage knows.
    pub(crate) unknown: f32,
    /// How close it is to the closest question for other kinds of business.
    pub(crate) stranger: f32,
    /// How many words it has.
    pub(crate) words: usize,
}

impl Standing {
    /// Of the hit at `at` of a list of `ranks`, best first.
    pub(crate) fn new(
        sort: Sort,
        features: &Features,
        ranks: &[f32],
        at: usize,
        question: &Strangeness,
        meaning_margin: f32,
    ) -> Self {
        let rank = ranks[at];
        // The first is measured against the second, the others against the first; who is alone, against nothing.
        let rival = if at == 0 { ranks.get(1).copied().unwrap_or(0.0).max(0.0) } else { ranks[0] };
        let f = features;
        let is = |kind: Sort| f32::from(u8::from(sort.in_general() == kind));
        let values = [
            rank,
            (rank - rival).clamp(-4.0, 4.0),
            odds(ranks, at),
            f32::from(u8::from(at == 0)),
            f.covered,
            f.covering,
            f.overlap,
            f.shape_covered,
            f.shape_covering,
            f.shape,
            f.run,
            f.same,
            f.second,
            f.anywhere,
            f.concepts,
            f.concepts_back,
            f.meaning,
            meaning_margin,
            f.meaning_centre,
            f.meaning_answer,
            f.like_covered,
            f.like_covering,
            f.like,
            f.like_missed,
            f.lacking,
            f.elsewhere,
            question.stranger,
            f.meaning - question.stranger,
            question.unknown,
            f.said,
            (1.0 + question.words as f32).ln(),
            f.asks,
            f.numbers,
            f.denial,
            f.phrasings,
            is(Sort::Told),
            is(Sort::Bare),
            is(Sort::Section),
            is(Sort::Foreign),
        ];
        Self { sort, values }
    }
}

/// How the hit's share of all candidates' chances compares with the rest, as a logarithm.
fn odds(ranks: &[f32], at: usize) -> f32 {
    let others: f32 = ranks
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != at)
        .map(|(_, rank)| (rank - ranks[at]).exp())
        .sum();
    // As if there always were one entry more, of no merit: who is alone is not therefore right.
    -(others + (-ranks[at]).exp()).ln().clamp(-8.0, 8.0)
}

impl From<&Weights> for Model {
    fn from(weights: &Weights) -> Self {
        let named = |map: &Tables, sort: Sort, name: &str| {
            map.get(sort.name()).and_then(|weights| weights.get(name)).copied().unwrap_or(0.0)
        };
        Self {
            rank: Sort::ALL.map(|sort| std::array::from_fn(|at| named(&weights.rank, sort, NAMES[at]))),
            probability: weights.probability.clone(),
        }
    }
}

impl Model {
    pub(crate) fn rank(&self, sort: Sort, features: &Features) -> f32 {
        self.rank[sort as usize].iter().zip(features.values()).map(|(weight, value)| weight * value).sum()
    }

    /// The probability, and what it was made of: what spoke loudest for and against.
    pub(crate) fn probability(&self, standing: &Standing) -> (f32, Vec<(&'static str, f32)>) {
        let parts = self.probability.weigh(&standing.values);
        let names = STANDING.iter().copied().chain(["present"]);
        let mut because: Vec<(&'static str, f32)> = names.zip(parts).collect();
        let sum: f32 = because.iter().map(|(_, part)| part).sum();
        because.retain(|(_, part)| *part != 0.0);
        because.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
        because.truncate(8);
        (1.0 / (1.0 + (-sum).exp()), because)
    }
}
