//! Conversations that people judged, as measuring and training read them.

use language::{
    satisfaction::{Role, Turn},
    train::satisfaction::Judged,
};
use serde::Deserialize;

/// A conversation with what people thought of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Dialogue {
    #[serde(default)]
    id: String,
    turns: Vec<Said>,
    satisfaction: Option<Votes>,
    #[serde(default)]
    overall: Vec<f64>,
    #[serde(default)]
    pub(crate) split: String,
}

#[derive(Debug, Deserialize)]
struct Said {
    role: String,
    text: String,
}

#[derive(Debug, Deserialize)]
struct Votes {
    mean: Option<f64>,
    label: String,
}

impl Dialogue {
    /// Its name.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// What was said.
    pub(crate) fn turns(&self) -> Vec<Turn<'_>> {
        let role = |said: &Said| if said.role == "user" { Role::Customer } else { Role::Desk };
        self.turns.iter().map(|said| Turn { role: role(said), text: &said.text }).collect()
    }

    /// The mean vote.
    pub(crate) fn mean(&self) -> Option<f64> {
        let votes = || self.overall.iter().sum::<f64>() / self.overall.len() as f64;
        let told = self.satisfaction.as_ref().and_then(|votes| votes.mean);
        told.or_else(|| (!self.overall.is_empty()).then(votes))
    }

    /// 0 negative, 1 neutral, 2 positive: as labelled, or by the mean of votes from 1 to 5.
    pub(crate) fn label(&self) -> Option<usize> {
        if let Some(votes) = &self.satisfaction {
            return language::satisfaction::LABELS.iter().position(|label| *label == votes.label);
        }
        self.mean().map(|mean| if mean <= 2.5 { 0 } else { 1 + usize::from(mean >= 3.5) })
    }

    /// As an example to learn from.
    pub(crate) fn judged(&self, count: f32) -> Option<Judged<'_>> {
        Some(Judged { turns: self.turns(), label: self.label()?, count })
    }
}
