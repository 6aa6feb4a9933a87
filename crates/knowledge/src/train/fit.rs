//! A convex fit by gradient descent with a memory (Adam), from zero, with a little L2.

use crate::library::{
    features::{NAMES, Sort},
    model::Standing,
};

/// Features by kind of passage, laid out one kind after the other.
const WIDTH: usize = NAMES.len() * Sort::ALL.len();

/// A question's candidates.
pub(super) struct List {
    pub(super) weight: f32,
    pub(super) items: Vec<(Sort, [f32; NAMES.len()], bool)>,
}

/// A hit that was right or wrong.
pub(super) struct Example {
    pub(super) weight: f32,
    pub(super) standing: Standing,
    pub(super) right: bool,
}

const STEPS: i32 = 600;

/// Weights under which relevant items are likely, by the softmax over each list: for each kind of passage its own.
/// Kinds whose weights are given keep them.
pub(super) fn listwise(lists: &[List], given: &[(Sort, Vec<f32>)]) -> Vec<Vec<f32>> {
    let mut scales = Vec::with_capacity(WIDTH);
    for kind in Sort::ALL {
        let rows = || {
            let items = lists.iter().flat_map(|list| &list.items);
            items.filter(move |(sort, ..)| *sort == kind).map(|(_, features, _)| features.as_slice())
        };
        scales.extend(self::scales(rows, NAMES.len()));
    }
    let all: f32 = lists.iter().map(|list| list.weight).sum();
    let place = |sort: Sort| sort as usize * NAMES.len()..(sort as usize + 1) * NAMES.len();
    let signs: Vec<Sign> = Sort::ALL.iter().flat_map(|_| NAMES).map(|name| sign(name)).collect();
    let kept =
        |sort: Sort| given.iter().find(|(kind, _)| *kind == sort).map(|(_, weights)| weights.as_slice());
    let mut weights = descend(&scales, &signs, 2e-3, |weights, gradient| {
        for list in lists {
            let score = |(sort, features, _): &(Sort, [f32; NAMES.len()], bool)| {
                dot(kept(*sort).unwrap_or(&weights[place(*sort)]), features)
            };
            let scores: Vec<f32> = list.items.iter().map(score).collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let raised: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
            let sum: f32 = raised.iter().sum();
            let right: f32 =
                raised.iter().zip(&list.items).filter(|(_, (.., relevant))| *relevant).map(|(r, _)| r).sum();
            let learnt = raised.iter().zip(&list.items).filter(|(_, (sort, ..))| kept(*sort).is_none());
            for (raised, (sort, features, relevant)) in learnt {
                let wanted = if *relevant { raised / right.max(1e-30) } else { 0.0 };
                let push = (raised / sum - wanted) * list.weight / all;
                for (gradient, feature) in gradient[place(*sort)].iter_mut().zip(features) {
                    *gradient += push * feature;
                }
            }
        }
    });
    for (sort, known) in given {
        weights[place(*sort)].copy_from_slice(known);
    }
    weights.chunks(NAMES.len()).map(<[f32]>::to_vec).collect()
}

fn dot(weights: &[f32], features: &[f32]) -> f32 {
    weights.iter().zip(features).map(|(weight, feature)| weight * feature).sum()
}

/// Standard deviations, so that a step and the L2 treat all features alike.
fn scales<'a, I: Iterator<Item = &'a [f32]>>(rows: impl Fn() -> I, width: usize) -> Vec<f32> {
    let count = rows().count().max(1) as f32;
    (0..width)
        .map(|at| {
            let mean = rows().map(|row| row[at]).sum::<f32>() / count;
            let spread = rows().map(|row| (row[at] - mean).powi(2)).sum::<f32>() / count;
            if spread < 1e-6 { 1.0 } else { spread.sqrt() }
        })
        .collect()
}

/// What a weight may be. Closeness never speaks against an entry: a weight that says so has learnt a data set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sign {
    For,
    Against,
    Either,
    /// Either, and not drawn to zero.
    Bias,
}

pub(super) fn sign(name: &str) -> Sign {
    match name {
        "lacking" | "elsewhere" | "stranger" | "like_missed" | "numbers" | "denial" | "unknown" => {
            Sign::Against
        }
        "length" | "phrasings" | "rank" | "first" | "told" | "bare" | "section" | "foreign" => Sign::Either,
        "present" => Sign::Bias,
        _ => Sign::For,
    }
}

/// Weights in the features' own units, drawn to zero with the force `pull`.
fn descend(
    scales: &[f32],
    signs: &[Sign],
    pull: f32,
    mut add_gradient: impl FnMut(&[f32], &mut [f32]),
) -> Vec<f32> {
    let width = scales.len();
    let (mut inner, mut mean, mut square) =
        (vec![0.0_f32; width], vec![0.0_f32; width], vec![0.0_f32; width]);
    let mut weights = vec![0.0_f32; width];
    for step in 1..=STEPS {
        let mut gradient = vec![0.0_f32; width];
        add_gradient(&weights, &mut gradient);
        let pace = 0.05 * (1.0 - step as f32 / (STEPS as f32 + 1.0));
        for at in 0..width {
            let shrink = if signs[at] == Sign::Bias { 0.0 } else { pull * inner[at] };
            let slope = gradient[at] / scales[at] + shrink;
            mean[at] = 0.9 * mean[at] + 0.1 * slope;
            square[at] = 0.99 * square[at] + 0.01 * slope * slope;
            let (m, s) = (mean[at] / (1.0 - 0.9_f32.powi(step)), square[at] / (1.0 - 0.99_f32.powi(step)));
            inner[at] -= pace * m / (s.sqrt() + 1e-8);
            inner[at] = match signs[at] {
                Sign::For => inner[at].max(0.0),
                Sign::Against => inner[at].min(0.0),
                Sign::Either | Sign::Bias => inner[at],
            };
            weights[at] = inner[at] / scales[at];
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_right_from_wrong_gets_the_weight() {
        let item = |value: f32| {
            let mut features = [0.0; NAMES.len()];
            features[2] = value;
            features
        };
        let lists: Vec<List> = (0..20)
            .map(|_| List {
                weight: 1.0,
                items: vec![(Sort::Asked, item(0.9), true), (Sort::Asked, item(0.1), false)],
            })
            .collect();
        let weights = listwise(&lists, &[]);
        assert!(weights[0][2] > 1.0);
        assert!(weights[0].iter().enumerate().all(|(at, weight)| at == 2 || weight.abs() < 1e-6));
    }

    #[test]
    fn a_kind_whose_weights_are_given_keeps_them_and_the_others_learn_beside_it() {
        let item = |at: usize, value: f32| {
            let mut features = [0.0; NAMES.len()];
            features[at] = value;
            features
        };
        let lists: Vec<List> = (0..20)
            .map(|_| List {
                weight: 1.0,
                items: vec![(Sort::Bare, item(3, 0.9), true), (Sort::Asked, item(2, 0.5), false)],
            })
            .collect();
        let given = item(2, 1.5).to_vec();
        let weights = listwise(&lists, &[(Sort::Asked, given.clone())]);
        assert_eq!(weights[Sort::Asked as usize], given);
        assert!(weights[Sort::Bare as usize][3] > 1.0);
    }
}
