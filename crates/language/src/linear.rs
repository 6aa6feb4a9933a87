//! A linear classifier: a score per class, each the sum of what a text's features weigh for it.

use serde::{Deserialize, Serialize};

use crate::bag::{Bag, Names, Vocabulary};

/// Weights of features for classes, in whole numbers of eight bits with a scale per feature.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Linear {
    pub(crate) classes: usize,
    weights: Vec<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// Whether it has a weight for each of so many features and classes.
    pub(crate) fn fits(&self, classes: usize, features: usize) -> bool {
        let features_fit = self.scales.len() == features && self.weights.len() == features * classes;
        self.classes == classes && self.bias.len() == classes && features_fit
    }

    /// Packs weights, `classes` numbers for each feature.
    pub(crate) fn pack(classes: usize, weights: &[f32], bias: Vec<f32>) -> Self {
        let mut packed = Self { classes, weights: Vec::with_capacity(weights.len()), scales: vec![], bias };
        for row in weights.chunks(classes.max(1)) {
            let most = row.iter().fold(0.0_f32, |most, weight| most.max(weight.abs())).max(1e-12);
            let scale = most / 127.0;
            packed.scales.push(scale);
            packed.weights.extend(row.iter().map(|weight| (weight / scale).round() as i8));
        }
        packed
    }

    /// A score per class. Features that are not known count nothing.
    pub(crate) fn scores(&self, bag: &[(u32, f32)]) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for &(at, value) in bag {
            let (Some(&scale), from) = (self.scales.get(at as usize), at as usize * self.classes) else {
                continue;
            };
            let factor = value * scale;
            let row = &self.weights[from..from + self.classes];
            scores.iter_mut().zip(row).for_each(|(score, &weight)| *score += factor * f32::from(weight));
        }
        scores
    }
}

const MAGIC: &[u8; 4] = b"fdl1";

/// A classifier of texts that ships as a file: features with weights, and the classes' names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Classifier {
    pub(crate) names: Vec<String>,
    vocabulary: Vocabulary,
    linear: Linear,
}

/// A file that is no classifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAClassifier;

impl Classifier {
    pub(crate) fn new(names: Vec<String>, vocabulary: Vocabulary, linear: Linear) -> Self {
        Self { names, vocabulary, linear }
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
        self.linear.scores(&self.bag(names))
    }

    /// The same for a bag of this classifier's features.
    pub(crate) fn scores_in(&self, bag: &[(u32, f32)]) -> Vec<f32> {
        self.linear.scores(bag)
    }

    /// The classifier's file: names, then biases, then for each feature its name, rarity, scale and weights.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let names = self.names.join("\n");
        let rows = self.vocabulary.rows();
        let mut bytes = MAGIC.to_vec();
        bytes.extend((names.len() as u32).to_le_bytes());
        bytes.extend(names.as_bytes());
        bytes.extend((rows.len() as u32).to_le_bytes());
        bytes.extend(self.linear.bias.iter().flat_map(|bias| bias.to_le_bytes()));
        for (at, (name, rarity)) in rows.into_iter().enumerate() {
            bytes.extend(name.to_le_bytes());
            bytes.extend(rarity.to_le_bytes());
            bytes.extend(self.linear.scales[at].to_le_bytes());
            let classes = self.linear.classes;
            let row = &self.linear.weights[at * classes..][..classes];
            bytes.extend(row.iter().map(|weight| weight.cast_unsigned()));
        }
        bytes
    }

    /// Reads a classifier's file.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, NotAClassifier> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(NotAClassifier)?;
        let length = number(&mut rest)? as usize;
        let names = take(&mut rest, length)?;
        let names = std::str::from_utf8(names).map_err(|_| NotAClassifier)?;
        let names: Vec<String> = names.lines().map(str::to_owned).collect();
        let (classes, features) = (names.len(), number(&mut rest)? as usize);
        let mut linear = Linear { classes, ..Linear::default() };
        for _ in 0..classes {
            linear.bias.push(f32::from_bits(number(&mut rest)?));
        }
        if features.checked_mul(12 + classes) != Some(rest.len()) {
            return Err(NotAClassifier);
        }
        let mut rows = Vec::with_capacity(features);
        for _ in 0..features {
            rows.push((number(&mut rest)?, f32::from_bits(number(&mut rest)?)));
            linear.scales.push(f32::from_bits(number(&mut rest)?));
            linear.weights.extend(take(&mut rest, classes)?.iter().map(|byte| byte.cast_signed()));
        }
        if !rows.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(NotAClassifier);
        }
        Ok(Self { names, vocabulary: Vocabulary::from_rows(rows.into_iter()), linear })
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
        let bytes = moods().to_bytes();
        let again = Classifier::from_bytes(&bytes).unwrap();
        assert_eq!(again.names, ["glad", "sad"]);
        assert_eq!(again.scores("喜欢 bad"), moods().scores("喜欢 bad"));
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let whole = moods().to_bytes();
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
    fn shares_sum_to_one() {
        assert_eq!(shares(&[1.0, 1.0]), [0.5, 0.5]);
        assert!(shares(&[900.0, -900.0])[0] > 0.999);
    }
}
