//! The weights: how features become an order and a probability. Learnt by [`crate::train`], shipped as
//! `models/rank.json`, described in `models/rank.md`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::features::{Features, NAMES};

/// Weights by name, as they stand in the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weights {
    /// The order: a sum of features.
    pub(crate) rank: BTreeMap<String, f32>,
    /// The probability: a logistic function of a sum.
    pub(crate) probability: BTreeMap<String, f32>,
    /// What is added to that sum.
    pub(crate) bias: f32,
}

/// Weights in the order of the features.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Model {
    rank: [f32; NAMES.len()],
    probability: [f32; STANDING.len()],
    bias: f32,
}

static SHIPPED: LazyLock<Model> = LazyLock::new(|| {
    let weights: Option<Weights> = serde_json::from_str(include_str!("../../models/rank.json")).ok();
    Model::from(&weights.unwrap_or_else(|| Weights {
        rank: BTreeMap::new(),
        probability: BTreeMap::new(),
        bias: 0.0,
    }))
});

/// The model that ships with the product.
pub(crate) fn shipped() -> &'static Model {
    &SHIPPED
}

/// What the probability looks at, in the order of [`Standing`].
pub(crate) const STANDING: &[&str] = &[
    "rank",
    "margin",
    "first",
    "covered",
    "covering",
    "overlap",
    "shape",
    "run",
    "same",
    "second",
    "anywhere",
    "concepts",
    "concepts_back",
    "lacking",
    "unknown",
    "said",
    "length",
    "bare",
    "asks",
    "numbers",
    "denial",
];

/// How a hit stands among the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing(pub(crate) [f32; STANDING.len()]);

impl Standing {
    /// Of the hit at `at` of a list of `ranks`, best first.
    pub(crate) fn new(features: &Features, ranks: &[f32], at: usize, unknown: f32, words: usize) -> Self {
        let rank = ranks[at];
        // The first is measured against the second, the others against the first; who is alone, against nothing.
        let rival = if at == 0 { ranks.get(1).copied().unwrap_or(0.0).max(0.0) } else { ranks[0] };
        let f = features;
        let bare = f32::from(u8::from(f.shape == 0.0 && f.covered == 0.0 && f.bare_said > 0.0));
        Self([
            rank,
            (rank - rival).clamp(-4.0, 4.0),
            f32::from(u8::from(at == 0)),
            f.covered,
            f.covering,
            f.overlap,
            f.shape,
            f.run,
            f.same,
            f.second,
            f.anywhere,
            f.concepts,
            f.concepts_back,
            f.lacking,
            unknown,
            f.said,
            (1.0 + words as f32).ln(),
            bare,
            f.asks,
            f.numbers,
            f.denial,
        ])
    }
}

impl From<&Weights> for Model {
    fn from(weights: &Weights) -> Self {
        let named = |map: &BTreeMap<String, f32>, name: &str| map.get(name).copied().unwrap_or(0.0);
        Self {
            rank: std::array::from_fn(|at| named(&weights.rank, NAMES[at])),
            probability: std::array::from_fn(|at| named(&weights.probability, STANDING[at])),
            bias: weights.bias,
        }
    }
}

impl Model {
    pub(crate) fn rank(&self, features: &Features) -> f32 {
        self.rank.iter().zip(features.values()).map(|(weight, value)| weight * value).sum()
    }

    /// The probability, and what it was made of: what spoke loudest for and against.
    pub(crate) fn probability(&self, standing: &Standing) -> (f32, Vec<(&'static str, f32)>) {
        let mut because: Vec<(&'static str, f32)> = STANDING
            .iter()
            .zip(self.probability)
            .zip(standing.0)
            .map(|((&name, weight), value)| (name, weight * value))
            .collect();
        let sum: f32 = because.iter().map(|(_, part)| part).sum::<f32>() + self.bias;
        because.retain(|(_, part)| *part != 0.0);
        because.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
        because.truncate(8);
        (1.0 / (1.0 + (-sum).exp()), because)
    }
}
