//! How far single pieces of a text reach along each direction of meaning: one word that says what is wanted is drowned
//! in the sum of all, and stands out here.

use serde::{Deserialize, Serialize};

/// How much it weighs in the linear view, beside words, letters and meaning. From HWU64's and CLINC150's validation rows,
/// and BANKING77's and SMP2017's training rows by cross-validation.
const REACH_SHARE: f32 = 0.5;

/// What is usual: only what differs from it says anything.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Reach {
    usual: Vec<f32>,
    factor: f32,
}

impl Reach {
    /// Of what [`crate::embed::Embedder::reach`] says of examples.
    pub(crate) fn of(all: &[Vec<f32>]) -> Self {
        let count = all.len().max(1) as f32;
        let mut usual = vec![0.0_f32; all.first().map_or(0, Vec::len)];
        for reach in all {
            usual.iter_mut().zip(reach).for_each(|(usual, part)| *usual += part / count);
        }
        let length = |reach: &Vec<f32>| {
            usual.iter().zip(reach).map(|(usual, part)| (part - usual).powi(2)).sum::<f32>().sqrt()
        };
        let mean = all.iter().map(length).sum::<f32>() / count;
        Self { factor: REACH_SHARE / mean.max(1e-6), usual }
    }

    /// Whether this is of so many directions, or of none.
    pub(super) fn fits(&self, dim: usize) -> bool {
        self.usual.is_empty() || self.usual.len() == 2 * dim
    }

    /// What a text's pieces reach, as features.
    pub(super) fn values(&self, reach: &[f32]) -> impl Iterator<Item = f32> {
        reach.iter().zip(&self.usual).map(|(part, usual)| self.factor * (part - usual))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_says_nothing() {
        let reach = Reach::of(&[vec![1.0, 4.0], vec![3.0, 4.0]]);
        assert_eq!(reach.values(&[2.0, 4.0]).collect::<Vec<_>>(), [0.0, 0.0]);
        assert_eq!(reach.values(&[4.0, 4.0]).collect::<Vec<_>>(), [2.0 * REACH_SHARE, 0.0]);
        assert!(reach.fits(1) && !reach.fits(2));
    }

    #[test]
    fn of_no_examples_nothing_is_said() {
        assert_eq!(Reach::of(&[]).values(&[1.0, 2.0]).count(), 0);
    }
}
