//! The examples themselves, in the built-in directions: who says nearly what an example says wants what it wants.

use serde::{Deserialize, Serialize};

use crate::{embed::Meaning, linear::run};

/// How much the nearest example counts beside the middle of its intent: in telling intents apart, and in telling
/// strangers. From CLINC150's and HWU64's validation rows, SMP2017's dev rows, and MultiDoGO media's from ten examples
/// an intent, which taught the directions nothing.
const NEAREST_SHARE: f32 = 0.5;
const STRANGERS_SHARE: f32 = 1.0;
/// Of so many intents, the likeliest by all else, the examples are looked at.
const LOOKED_AT: usize = 6;
/// So many examples of each intent are kept; of more, some here and there.
const KEPT: usize = 200;

/// What examples mean, in whole numbers, one intent after the other.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Nearest {
    dim: usize,
    /// Where the examples of each intent begin, and where those of the last one end.
    starts: Vec<u32>,
    scales: Vec<f32>,
    #[serde(with = "run")]
    rows: Vec<i8>,
}

impl Nearest {
    /// Of what examples mean, by the place of their intent.
    pub(crate) fn of(meanings: &[(usize, Meaning)], intents: usize) -> Self {
        let mut nearest = Self { starts: vec![0], ..Self::default() };
        for intent in 0..intents {
            let own: Vec<&Meaning> =
                meanings.iter().filter(|(of, _)| *of == intent).map(|(_, meaning)| meaning).collect();
            for meaning in own.iter().step_by(own.len().div_ceil(KEPT).max(1)) {
                nearest.dim = meaning.parts().len();
                nearest.scales.push(meaning.scale());
                nearest.rows.extend(meaning.parts());
            }
            nearest.starts.push(nearest.scales.len() as u32);
        }
        nearest
    }

    /// Whether these are examples of so many intents in so many dimensions, or there are none at all.
    pub(super) fn fit(&self, intents: usize, dim: usize) -> bool {
        let whole = self.rows.len() == self.scales.len() * self.dim;
        let ends = self.starts.last().is_some_and(|&end| end as usize == self.scales.len());
        let known = self.starts.len() == intents + 1 && self.starts.is_sorted() && ends;
        whole && known && (self.dim == dim || self.rows.is_empty())
    }

    /// Adds to how close a text lies to the likeliest intents how close it lies to the nearest example of each. The
    /// others, which are not looked at, count as the farthest of these.
    pub(super) fn hear(&self, meaning: &Meaning, scores: &mut [f32], closeness: &mut [f32], sharpness: f32) {
        if self.rows.is_empty() {
            return;
        }
        let mut likeliest: Vec<usize> = (0..scores.len()).collect();
        likeliest.sort_unstable_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        likeliest.truncate(LOOKED_AT);
        let near: Vec<f32> = likeliest.iter().map(|&intent| self.closest(intent, meaning)).collect();
        let farthest = near.iter().copied().fold(1.0_f32, f32::min);
        let mut add = |intent: usize, near: f32| {
            scores[intent] += NEAREST_SHARE * sharpness * near;
            closeness[intent] += STRANGERS_SHARE * sharpness * near;
        };
        (0..self.starts.len() - 1).for_each(|intent| add(intent, farthest));
        likeliest.iter().zip(&near).for_each(|(&intent, near)| add(intent, near - farthest));
    }

    fn closest(&self, intent: usize, meaning: &Meaning) -> f32 {
        let (from, to) = (self.starts[intent] as usize, self.starts[intent + 1] as usize);
        let rows = self.rows[from * self.dim..to * self.dim].chunks(self.dim.max(1));
        let products = rows.zip(&self.scales[from..to]);
        products.map(|(row, scale)| scale * meaning.scale() * meaning.product(row) as f32).fold(0.0, f32::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(parts: [f32; 2]) -> Meaning {
        Meaning::of(&parts).expect("a direction")
    }

    #[test]
    fn what_an_example_says_speaks_for_its_intent_and_for_no_stranger() {
        let examples = [
            (0, meaning([1.0, 0.0])),
            (1, meaning([0.0, 1.0])),
            (1, meaning([0.6, 0.8])),
            (0, meaning([1.0, 0.1])),
        ];
        let nearest = Nearest::of(&examples, 2);
        assert!(nearest.fit(2, 2) && !nearest.fit(3, 2) && !nearest.fit(2, 5));
        let heard = |text: [f32; 2]| {
            let (mut scores, mut closeness) = ([0.0; 2], [0.0; 2]);
            nearest.hear(&meaning(text), &mut scores, &mut closeness, 10.0);
            (scores, closeness)
        };
        let (scores, closeness) = heard([0.6, 0.8]);
        assert!(scores[1] > scores[0] && (closeness[1] - 10.0).abs() < 0.1, "{scores:?} {closeness:?}");
        let (_, strange) = heard([-1.0, -1.0]);
        assert!(strange.iter().all(|near| near.abs() < 0.1), "{strange:?}");
    }

    #[test]
    fn of_very_many_examples_some_are_kept() {
        let many: Vec<(usize, Meaning)> = (0..5 * KEPT).map(|_| (0, meaning([1.0, 0.0]))).collect();
        let nearest = Nearest::of(&many, 1);
        assert_eq!(nearest.scales.len(), KEPT);
    }

    #[test]
    fn without_examples_nothing_is_heard() {
        let (mut scores, mut closeness) = ([1.0], [2.0]);
        Nearest::default().hear(&meaning([1.0, 0.0]), &mut scores, &mut closeness, 10.0);
        assert_eq!((scores, closeness), ([1.0], [2.0]));
    }
}
