//! Several middles for each intent, since people ask for the same in more than one way.

use serde::{Deserialize, Serialize};

use crate::linear::shares;

/// How much the closest middle of an intent counts before its others. By cross-validation on BANKING77's training
/// rows and HWU64's validation rows.
const CLOSEST: f32 = 10.0;

/// The middles of all intents, as directions of plain numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Middles {
    pub(crate) dim: usize,
    /// So many of each intent.
    pub(crate) each: usize,
    /// One intent after the other.
    pub(crate) rows: Vec<f32>,
}

/// How close a direction lies to each intent, and by how much each middle draws it closer to its own.
pub(crate) struct Close {
    pub(crate) wholes: Vec<f32>,
    pub(crate) parts: Vec<f32>,
}

impl Middles {
    /// Whether these are middles of so many intents in so many dimensions.
    pub(super) fn fit(&self, intents: usize, dim: usize) -> bool {
        self.dim == dim && self.each > 0 && self.rows.len() == intents * self.each * dim
    }

    /// How close a direction lies to each intent.
    pub(crate) fn closeness(&self, direction: &[f32]) -> Vec<f32> {
        self.close(direction).wholes
    }

    /// The mean over an intent's middles, the closest counted most.
    pub(crate) fn close(&self, direction: &[f32]) -> Close {
        let cosines: Vec<f32> =
            self.rows.chunks(self.dim.max(1)).map(|middle| dot(middle, direction)).collect();
        if self.each <= 1 {
            return Close { parts: vec![1.0; cosines.len()], wholes: cosines };
        }
        let mut close = Close { wholes: Vec::new(), parts: Vec::with_capacity(cosines.len()) };
        for cosines in cosines.chunks(self.each) {
            let weights = shares(&cosines.iter().map(|cosine| CLOSEST * cosine).collect::<Vec<_>>());
            let whole: f32 = weights.iter().zip(cosines).map(|(weight, cosine)| weight * cosine).sum();
            let part = |(weight, cosine): (&f32, &f32)| weight * (1.0 + CLOSEST * (cosine - whole));
            close.parts.extend(weights.iter().zip(cosines).map(part));
            close.wholes.push(whole);
        }
        close
    }
}

/// In eight lanes, so that the processor can add eight at once.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let (tail_a, tail_b) = (a.chunks_exact(8).remainder(), b.chunks_exact(8).remainder());
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for lane in 0..8 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    lanes.iter().sum::<f32>() + tail_a.iter().zip(tail_b).map(|(a, b)| a * b).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_close_to_one_middle_is_close_to_the_intent() {
        let middles = Middles { dim: 2, each: 2, rows: vec![1.0, 0.0, 0.0, 1.0, -1.0, 0.0, 0.0, -1.0] };
        let closeness = middles.closeness(&[0.0, 1.0]);
        assert!(closeness[0] > 0.99 && closeness[1] < 0.01, "{closeness:?}");
    }

    #[test]
    fn nothing_is_close_to_none() {
        assert!(Middles::default().closeness(&[1.0]).is_empty());
    }
}
