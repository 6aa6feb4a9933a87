//! The middles of intents among the vectors of a plugged model, which itself stays as it is.

use super::middles::{Learning, Lessons, unit};
use crate::{intent::Middles, train::chance::Chance};

const EPOCHS: usize = 12;
/// Middles of each intent, and how many examples each must have. From BANKING77's training rows by cross-validation, and
/// CLINC150's and HWU64's validation rows: eight are better on the first and worse on the second.
const EACH: usize = 4;
const EXAMPLES: usize = 8;
/// The share of numbers that a vector lacks each time it is seen.
const DROPOUT: f32 = 0.3;
/// How sharply near and far are told apart while learning.
const SHARPNESS: f32 = 30.0;

/// Of vectors of one length that is their plugged model's, each 1 long, with the places of their classes.
pub(super) fn learn(vectors: &[&[f32]], labels: &[usize], classes: usize, seed: u64) -> Middles {
    let mut chance = Chance(seed);
    let directions = vectors.iter().map(|vector| vector.to_vec()).collect();
    let each = (vectors.len() / (EXAMPLES * classes).max(1)).clamp(1, EACH);
    let mut learning = Learning::new(&Lessons { directions, labels, classes }, each, SHARPNESS, &mut chance);
    let mut order: Vec<usize> = (0..vectors.len()).collect();
    for epoch in 0..EPOCHS {
        chance.shuffle(&mut order);
        let pace = (1.0 - epoch as f32 / EPOCHS as f32).max(0.05);
        for &at in &order {
            learning.step(&thin(vectors[at], &mut chance), labels[at], pace);
        }
    }
    learning.middles
}

fn thin(vector: &[f32], chance: &mut Chance) -> Vec<f32> {
    let kept = |part: &f32| if chance.share() < DROPOUT { 0.0 } else { *part };
    let mut thinned: Vec<f32> = vector.iter().map(kept).collect();
    unit(&mut thinned);
    thinned
}
