//! Where the lines between the rungs lie. Calibrated from data, never a number somebody liked.

use domain::Kind;
use knowledge::Hit;
use serde::{Deserialize, Serialize};

/// From so many ways to ask on, an entry is well described.
pub(crate) const MANY_WAYS: usize = 3;

/// The thresholds of the ladder, on the probability that an entry answers the question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Names this state; it stands in every trace.
    pub version: String,
    /// An entry's answer is given verbatim from here on.
    pub answer_above: f32,
    /// The same for an entry whose question is written in fewer than [`MANY_WAYS`] ways: less is known of it.
    pub answer_few_above: f32,
    /// An answer is composed from an article from here on.
    pub compose_above: f32,
    /// An entry may be among the "did you mean" choices from here on.
    pub suggest_above: f32,
    /// Choices are offered if one of them is meant with at least this probability, the sum of theirs.
    pub offer_above: f32,
    /// How the numbers were found.
    #[serde(default)]
    pub calibrated_on: String,
}

impl Policy {
    /// The policy that ships, from `models/policy.json`.
    ///
    /// # Panics
    /// Never in a build that passed its tests: the file is part of the program.
    pub fn shipped() -> Self {
        serde_json::from_str(include_str!("../models/policy.json")).expect("the shipped policy is valid")
    }

    /// The probability from which on this hit is an answer.
    pub(crate) fn line(&self, hit: &Hit) -> f32 {
        match hit.kind {
            Kind::Article => self.compose_above,
            Kind::Answer if hit.phrasings >= MANY_WAYS => self.answer_above,
            Kind::Answer => self.answer_few_above,
        }
    }

    /// Whether the best of these hits is an answer.
    pub(crate) fn answers(&self, hits: &[Hit]) -> bool {
        hits.first().is_some_and(|best| best.near_exact || best.probability >= self.line(best))
    }

    /// The thresholds by name, for the trace.
    pub fn thresholds(&self) -> Vec<(String, f32)> {
        [
            ("answer_above", self.answer_above),
            ("answer_few_above", self.answer_few_above),
            ("compose_above", self.compose_above),
            ("suggest_above", self.suggest_above),
            ("offer_above", self.offer_above),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_ladder_has_its_rungs_in_order() {
        let policy = Policy::shipped();
        assert!(
            0.0 < policy.suggest_above
                && policy.suggest_above < policy.answer_above
                && policy.answer_above < 1.0
        );
        assert!(policy.suggest_above < policy.answer_few_above && policy.answer_few_above < 1.0);
        assert!(policy.suggest_above < policy.compose_above && policy.compose_above < 1.0);
        assert!(policy.suggest_above <= policy.offer_above && policy.offer_above < 1.0);
        assert!(!policy.calibrated_on.is_empty(), "say how the numbers were found");
    }
}
