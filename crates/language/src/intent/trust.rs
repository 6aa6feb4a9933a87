//! What a score is worth: the probability that an intent is meant, and from which one on it is believed.

use serde::{Deserialize, Serialize};

use super::Signals;

/// Learnt from examples that a trial model had not seen; see [`crate::train::intent`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Trust {
    /// That it is one of ours at all, by the score and the nearness: slopes and start.
    pub(crate) ours: [f32; 3],
    /// That it is this one if it is one of ours, by the score and the lead: slopes and start.
    pub(crate) this: [f32; 3],
    /// Believed from this probability on.
    pub(crate) threshold: f32,
}

impl Default for Trust {
    /// For examples too few to hold any back: what BANKING77, CLINC150 and HWU64 gave with ten an intent.
    fn default() -> Self {
        Self { ours: [0.3, 0.6, -4.3], this: [0.25, 0.75, -1.5], threshold: 0.35 }
    }
}

impl Trust {
    pub(crate) fn confidence(&self, signals: &Signals) -> f32 {
        let [score, near, start] = self.ours;
        let ours = sigmoid(score * signals.score + near * signals.near + start);
        let [score, lead, start] = self.this;
        ours * sigmoid(score * signals.score + lead * signals.lead + start)
    }

    pub(crate) fn is_ours(&self, signals: &Signals) -> bool {
        self.confidence(signals) >= self.threshold
    }
}

pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
