//! A linear classifier: a score per class, each the sum of what a text's features weigh for it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::bag::{Bag, Names, Vocabulary, step};

pub(crate) mod run;

/// Weights of features for classes, in whole numbers of eight bits with a scale per feature. Most features say nothing
/// of most classes: only weights that are not 0 are kept, with a bit for each class that has one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Linear {
    pub(crate) classes: usize,
    /// For each feature a bit for each class.
    #[serde(with = "run")]
    has: Vec<u8>,
    /// Where the weights of each feature begin, and where those of the last one end. A feature that has as many as
    /// there are classes has one for each, 0 or not.
    starts: Vec<u32>,
    #[serde(with = "run")]
    weights: Vec<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// Whether it has what it needs for so many features and classes.
    pub(crate) fn fits(&self, classes: usize, features: usize) -> bool {
        let whole = self.starts.len() == features + 1 && self.starts.is_sorted();
        let ends = self.starts.last().is_some_and(|&end| end as usize == self.weights.len());
        let marked = self.scales.len() == features && self.has.len() == features * classes.div_ceil(8);
        self.classes == classes && self.bias.len() == classes && whole && ends && marked
    }

    /// Packs weights, `classes` numbers for each feature.
    pub(crate) fn pack(classes: usize, weights: &[f32], bias: Vec<f32>) -> Self {
        let mut packed = Self { classes, starts: vec![0], bias, ..Self::default() };
        for row in weights.chunks(classes.max(1)) {
            let most = row.iter().fold(0.0_f32, |most, weight| most.max(weight.abs())).max(1e-12);
            let scale = most / 127.0;
            let row: Vec<i8> = row.iter().map(|weight| (weight / scale).round() as i8).collect();
            packed.scales.push(scale);
            packed.push(&row);
        }
        packed.weights.shrink_to_fit();
        packed
    }

    fn push(&mut self, row: &[i8]) {
        let bits =
            |weights: &[i8]| weights.iter().rev().fold(0, |bits, &weight| bits << 1 | u8::from(weight != 0));
        self.has.extend(row.chunks(8).map(bits));
        let known = row.iter().filter(|weight| **weight != 0);
        if known.clone().count() * 2 > row.len() {
            self.weights.extend(row);
        } else {
            self.weights.extend(known);
        }
        self.starts.push(self.weights.len() as u32);
    }

    /// A score per class. Features that are not known count nothing.
    pub(crate) fn scores(&self, bag: &[(u32, f32)]) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for &(at, value) in bag {
            let at = at as usize;
            let (Some(&scale), Some(&[from, to])) = (self.scales.get(at), self.starts.get(at..at + 2)) else {
                continue;
            };
            let (row, factor) =
                (self.weights.get(from as usize..to as usize).unwrap_or_default(), value * scale);
            if row.len() == self.classes {
                scores.iter_mut().zip(row).for_each(|(score, &weight)| *score += factor * f32::from(weight));
            } else {
                self.known(at)
                    .zip(row)
                    .for_each(|(class, &weight)| scores[class] += factor * f32::from(weight));
            }
        }
        scores
    }

    /// The classes that a feature has a weight for.
    fn known(&self, at: usize) -> impl Iterator<Item = usize> {
        let bytes = self.classes.div_ceil(8);
        let has = self.has.get(at * bytes..(at + 1) * bytes).unwrap_or_default();
        let classes = self.classes;
        has.iter().enumerate().flat_map(move |(byte, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(byte * 8 + bit as usize).filter(|class| *class < classes)
            })
        })
    }
}

const MAGIC: &[u8; 4] = b"fdl2";

/// A classifier of texts that ships as a file: features with weights, and the classes' names. It is read where the
/// program was loaded to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Classifier {
    pub(crate) names: Vec<String>,
    vocabulary: Vocabulary,
    bias: Vec<f32>,
    /// For each feature a weight for each class, in steps, the lower byte first.
    weights: Cow<'static, [[u8; 2]]>,
    step: f32,
}

/// A file that is no classifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAClassifier;

impl Classifier {
    /// Of classes by name, and for each feature a weight for each of them.
    pub(crate) fn new(names: Vec<String>, vocabulary: Vocabulary, weights: &[f32], bias: Vec<f32>) -> Self {
        let step = step(weights.iter().copied(), i16::MAX.into());
        let steps = |weight: &f32| ((weight / step).round() as i16).to_le_bytes();
        let weights = weights.iter().map(steps).collect();
        Self { names, vocabulary, bias, weights, step }
    }

    /// A text's bag of the features that count here.
    pub(crate) fn bag(&self, names: &Names) -> Bag {
        self.vocabulary.bag(names)
    }

    /// A score per class, above 0 where the class is likely.
    #[cfg(test)]
    pub(crate) fn scores(&self, text: &str) -> Vec<f32> {
        self.scores_of(&crate::bag::names(text))
    }

    /// The same for a text that is cut already.
    pub(crate) fn scores_of(&self, names: &Names) -> Vec<f32> {
        self.scores_in(&self.bag(names))
    }

    /// The same for a bag of this classifier's features. Features that are not known count nothing.
    pub(crate) fn scores_in(&self, bag: &[(u32, f32)]) -> Vec<f32> {
        let mut scores = self.bias.clone();
        let classes = scores.len();
        for &(at, value) in bag {
            let from = at as usize * classes;
            let row = self.weights.get(from..from + classes).unwrap_or_default();
            let weight = |&steps| self.step * f32::from(i16::from_le_bytes(steps));
            scores.iter_mut().zip(row).for_each(|(score, steps)| *score += value * weight(steps));
        }
        scores
    }

    /// The classifier's file: the classes' names and biases, then all features' names, rarities and weights.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let classes = self.names.join("\n");
        let (names, rarities, step) = self.vocabulary.parts();
        let mut bytes = MAGIC.to_vec();
        bytes.extend((classes.len() as u32).to_le_bytes());
        bytes.extend(classes.as_bytes());
        bytes.extend((names.len() as u32).to_le_bytes());
        bytes.extend(self.bias.iter().chain([&step, &self.step]).flat_map(|number| number.to_le_bytes()));
        bytes.extend(names.as_flattened());
        bytes.extend(rarities.as_flattened());
        bytes.extend(self.weights.as_flattened());
        bytes
    }

    /// Reads a classifier's file.
    pub(crate) fn from_bytes(bytes: &'static [u8]) -> Result<Self, NotAClassifier> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(NotAClassifier)?;
        let length = number(&mut rest)? as usize;
        let names = std::str::from_utf8(take(&mut rest, length)?).map_err(|_| NotAClassifier)?;
        let names: Vec<String> = names.lines().map(str::to_owned).collect();
        let features = number(&mut rest)? as usize;
        let mut real = || Ok(f32::from_bits(number(&mut rest)?));
        let bias = names.iter().map(|_| real()).collect::<Result<_, _>>()?;
        let (rarity, step) = (real()?, real()?);
        if features.checked_mul(6 + 2 * names.len()) != Some(rest.len()) {
            return Err(NotAClassifier);
        }
        let (features, rest) = rest.split_at(6 * features);
        let (known, rarities) = features.split_at(features.len() / 6 * 4);
        let (known, rarities, weights) = (known.as_chunks().0, rarities.as_chunks().0, rest.as_chunks().0);
        if !known.is_sorted_by(|&a, &b| u32::from_le_bytes(a) < u32::from_le_bytes(b)) {
            return Err(NotAClassifier);
        }
        let vocabulary = Vocabulary::of_parts(known.into(), rarities.into(), rarity);
        Ok(Self { names, vocabulary, bias, weights: weights.into(), step })
    }
}

pub(crate) fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], NotAClassifier> {
    let (taken, after) = rest.split_at_checked(length).ok_or(NotAClassifier)?;
    *rest = after;
    Ok(taken)
}

pub(crate) fn number(rest: &mut &[u8]) -> Result<u32, NotAClassifier> {
    let four = take(rest, 4)?.try_into().map_err(|_| NotAClassifier)?;
    Ok(u32::from_le_bytes(four))
}

/// Scores as shares that sum to 1.
pub(crate) fn shares(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let raised: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f32 = raised.iter().sum();
    raised.into_iter().map(|share| share / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::linear::{Settings, classifier};

    fn moods() -> Classifier {
        let rows =
            [("很好 喜欢", "glad"), ("great, love it", "glad"), ("太差 失望", "sad"), ("awful, bad", "sad")];
        classifier(&rows, &Settings { least: 1, ..Settings::default() })
    }

    #[test]
    fn a_classifier_survives_its_file() {
        let again = Classifier::from_bytes(moods().to_bytes().leak()).unwrap();
        assert_eq!(again.names, ["glad", "sad"]);
        assert_eq!(again.scores("喜欢 bad"), moods().scores("喜欢 bad"));
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let whole: &'static [u8] = moods().to_bytes().leak();
        for short in 0..whole.len() {
            assert_eq!(Classifier::from_bytes(&whole[..short]).err(), Some(NotAClassifier), "{short} bytes");
        }
    }

    #[test]
    fn a_feature_nobody_knows_counts_nothing() {
        let linear = Linear::pack(2, &[1.0, -1.0], vec![0.5, 0.25]);
        assert_eq!(linear.scores(&[(7, 1.0)]), [0.5, 0.25]);
        assert_eq!(linear.scores(&[(0, 2.0)]), [2.5, -1.75]);
    }

    #[test]
    fn a_feature_that_says_nothing_of_most_classes_keeps_few_weights() {
        let mut weights = vec![0.0; 20];
        (weights[3], weights[18]) = (127.0, -1.0);
        weights.extend([2.0; 20]);
        let linear = Linear::pack(20, &weights, vec![0.0; 20]);
        assert!(linear.fits(20, 2) && linear.weights.len() == 22, "{linear:?}");
        for at in 0..2 {
            let expected = &weights[at * 20..][..20];
            assert_eq!(linear.scores(&[(at as u32, 1.0)]), expected);
        }
        assert!(!Linear { starts: vec![0, 1], ..linear }.fits(20, 2));
    }

    #[test]
    fn shares_sum_to_one() {
        assert_eq!(shares(&[1.0, 1.0]), [0.5, 0.5]);
        assert!(shares(&[900.0, -900.0])[0] > 0.999);
    }
}
