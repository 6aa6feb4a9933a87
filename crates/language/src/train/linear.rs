//! Learns a linear classifier: one against the rest for each class, by dual coordinate descent
//! (Hsieh et al. 2008, squared hinge), all classes of an example in one step.

use super::chance::Chance;
use crate::linear::Linear;
#[cfg(test)]
use crate::{
    bag::{Bag, Names, Vocabulary, names},
    linear::Classifier,
};

/// How to learn.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What an error costs, against large weights.
    pub cost: f32,
    /// Passes over the examples.
    pub epochs: usize,
    /// Features of fewer texts are left out.
    pub least: u32,
    /// Chance, which is an argument.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { cost: 0.5, epochs: 8, least: 2, seed: 7 }
    }
}

/// A classifier of texts by the names beside them.
#[cfg(test)]
pub(crate) fn classifier(rows: &[(&str, &str)], settings: &Settings) -> Classifier {
    let mut classes: Vec<&str> = rows.iter().map(|row| row.1).collect();
    classes.sort_unstable();
    classes.dedup();
    let texts: Vec<Names> = rows.iter().map(|row| names(row.0)).collect();
    let vocabulary = Vocabulary::of(texts.iter(), settings.least);
    let bags: Vec<Bag> = texts.iter().map(|names| vocabulary.bag(names)).collect();
    let labels: Vec<usize> =
        rows.iter().map(|row| classes.binary_search(&row.1).unwrap_or_default()).collect();
    let examples: Vec<(&[(u32, f32)], usize)> =
        bags.iter().map(Vec::as_slice).zip(labels.iter().copied()).collect();
    let (weights, bias) = weights(&examples, &[], classes.len(), vocabulary.len(), settings);
    Classifier::new(classes.into_iter().map(str::to_owned).collect(), vocabulary, &weights, bias)
}

/// The weights for `features` features, of bags each with the place of its class.
pub(crate) fn fit(
    examples: &[(&[(u32, f32)], usize)],
    classes: usize,
    features: usize,
    settings: &Settings,
) -> Linear {
    fit_weighed(examples, &[], classes, features, settings)
}

/// The same where examples count more or less: `counts` for each, 1 for those that it lacks.
/// With one class, examples of place 0 are on its side and all others against it.
pub(crate) fn fit_weighed(
    examples: &[(&[(u32, f32)], usize)],
    counts: &[f32],
    classes: usize,
    features: usize,
    settings: &Settings,
) -> Linear {
    let (weights, bias) = weights(examples, counts, classes, features, settings);
    Linear::pack(classes, &weights, bias)
}

/// The same before it is packed: `classes` numbers a feature, and the biases.
pub(crate) fn weights(
    examples: &[(&[(u32, f32)], usize)],
    counts: &[f32],
    classes: usize,
    features: usize,
    settings: &Settings,
) -> (Vec<f32>, Vec<f32>) {
    let mut weights = vec![0.0_f32; features * classes];
    let mut bias = vec![0.0_f32; classes];
    let mut pulls = vec![0.0_f32; examples.len() * classes];
    let slack = |at: usize| 0.5 / (settings.cost * counts.get(at).copied().unwrap_or(1.0));
    let length = |(bag, _): &(&[(u32, f32)], usize)| bag.iter().map(|(_, value)| value * value).sum::<f32>();
    let lengths: Vec<f32> =
        examples.iter().enumerate().map(|(at, example)| length(example) + 1.0 + slack(at)).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let (mut chance, mut steps) = (Chance(settings.seed), vec![0.0_f32; classes]);
    for _ in 0..settings.epochs {
        chance.shuffle(&mut order);
        for &at in &order {
            let (bag, own) = examples[at];
            let scores = scores(&weights, &bias, bag);
            let (pulls, slack) = (&mut pulls[at * classes..][..classes], slack(at));
            for class in 0..classes {
                let side = if class == own { 1.0 } else { -1.0 };
                let slope = side * scores[class] - 1.0 + slack * pulls[class];
                let pull = (pulls[class] - slope / lengths[at]).max(0.0);
                steps[class] = side * (pull - pulls[class]);
                pulls[class] = pull;
            }
            step(&mut weights, &mut bias, bag, &steps);
        }
    }
    (weights, bias)
}

fn scores(weights: &[f32], bias: &[f32], bag: &[(u32, f32)]) -> Vec<f32> {
    let mut scores = bias.to_vec();
    for &(at, value) in bag {
        let row = &weights[at as usize * bias.len()..][..bias.len()];
        scores.iter_mut().zip(row).for_each(|(score, weight)| *score += value * weight);
    }
    scores
}

fn step(weights: &mut [f32], bias: &mut [f32], bag: &[(u32, f32)], steps: &[f32]) {
    for &(at, value) in bag {
        let row = &mut weights[at as usize * steps.len()..][..steps.len()];
        row.iter_mut().zip(steps).for_each(|(weight, step)| *weight += value * step);
    }
    bias.iter_mut().zip(steps).for_each(|(bias, step)| *bias += step);
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &[(&str, &str)] = &[
        ("怎么退货", "return"),
        ("我要退货", "return"),
        ("how do I send it back", "return"),
        ("怎么开发票", "invoice"),
        ("发票抬头写错了", "invoice"),
        ("I need an invoice", "invoice"),
    ];

    #[test]
    fn what_was_learnt_is_known_and_what_resembles_it_is_guessed() {
        let model = classifier(ROWS, &Settings { least: 1, ..Settings::default() });
        let best = |text: &str| {
            let scores = model.scores(text);
            let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
            model.names[best.unwrap_or_default()].clone()
        };
        for (text, name) in ROWS {
            assert_eq!(best(text), *name, "{text}");
        }
        assert_eq!(best("想退货"), "return");
        assert_eq!(best("invoice please"), "invoice");
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let bytes = |seed| classifier(ROWS, &Settings { seed, least: 1, ..Settings::default() }).to_bytes();
        assert_eq!(bytes(7), bytes(7));
    }

    #[test]
    fn nothing_to_learn_from_is_no_accident() {
        let model = classifier(&[], &Settings::default());
        assert!(model.scores("anything").is_empty());
    }
}
