//! Tunes directions of pieces so that examples lie close to a middle of their own intent and far from others'.
//!
//! Steps get shorter for what has moved far (Adagrad, one number a row).

use std::collections::HashMap;

use super::middles::{Learning, Lessons, add, unit};
use crate::{
    embed::{Embedder, Piece},
    intent::{SHARPNESS, Tuned, dot},
    train::{chance::Chance, semantic::random},
};

const EPOCHS: usize = 12;
/// The share of pieces that a text lacks each time it is seen.
const DROPOUT: f32 = 0.4;
/// The length of a first step. This and the dropout are from validation rows of five sets and three seeds: steps of half
/// the length leave more of what directions knew before.
const PACE: f32 = 0.1;
/// How slowly what has not moved yet moves.
const STEADY: f32 = 0.01;

/// From so many texts on, a piece that only one of them has and that the base does not know is not kept: it says what its
/// text says. On SMP2017's dev rows (two of three pieces are such) and HWU64's validation rows what passes the threshold
/// stayed the same.
const MANY: usize = 1_000;

/// Directions of pieces while they are learnt.
struct Table {
    dim: usize,
    rows: Vec<f32>,
    moved: Vec<f32>,
}

/// The tuned directions, and the middles of each class.
pub(super) fn learn(
    base: &Embedder,
    texts: &[&[Piece]],
    labels: &[usize],
    classes: usize,
    seed: u64,
) -> Tuned {
    let mut chance = Chance(seed);
    let (names, found_in) = vocabulary(texts);
    let places: HashMap<Piece, u32> = names.iter().copied().zip(0..).collect();
    let bags: Vec<Vec<u32>> = texts
        .iter()
        .map(|text| text.iter().filter_map(|piece| places.get(piece).copied()).collect())
        .collect();
    let rows = rows(base, &names, &found_in, texts.len(), &mut chance);
    let mut table = Table { dim: base.dim(), rows, moved: vec![STEADY; names.len()] };
    let directions = bags.iter().map(|bag| table.direction(bag).0).collect();
    let mut learning = Learning::new(&Lessons { directions, labels, classes }, 1, SHARPNESS, &mut chance);
    let mut order: Vec<usize> = (0..bags.len()).collect();
    for epoch in 0..EPOCHS {
        chance.shuffle(&mut order);
        let pace = (1.0 - epoch as f32 / EPOCHS as f32).max(0.05);
        for &at in &order {
            let bag: Vec<u32> = bags[at].iter().copied().filter(|_| chance.share() >= DROPOUT).collect();
            table.learn(&bag, labels[at], pace, &mut learning);
        }
    }
    let is_kept = |at: &usize| texts.len() < MANY || found_in[*at] > 1 || base.row(names[*at]).is_some();
    let kept: Vec<usize> = (0..names.len()).filter(is_kept).collect();
    let rows: Vec<f32> = kept.iter().flat_map(|&at| table.row(at as u32).to_vec()).collect();
    let names: Vec<Piece> = kept.into_iter().map(|at| names[at]).collect();
    Tuned { embedder: base.with_own(&names, &rows), middles: learning.middles }
}

/// The pieces of all texts, sorted, and in how many texts each stands.
fn vocabulary(texts: &[&[Piece]]) -> (Vec<Piece>, Vec<u32>) {
    let mut found_in = HashMap::<Piece, u32>::new();
    for &piece in texts.iter().copied().flatten() {
        *found_in.entry(piece).or_default() += 1;
    }
    let mut sorted: Vec<(Piece, u32)> = found_in.into_iter().collect();
    sorted.sort_unstable();
    sorted.into_iter().unzip()
}

/// Where pieces start: where the base has them, else anywhere.
fn rows(base: &Embedder, names: &[Piece], found_in: &[u32], texts: usize, chance: &mut Chance) -> Vec<f32> {
    let mut rows = Vec::with_capacity(names.len() * base.dim());
    for (&piece, &count) in names.iter().zip(found_in) {
        match base.row(piece) {
            Some((scale, row)) => rows.extend(row.iter().map(|&part| scale * f32::from(part))),
            None => rows.extend(random(base.dim(), count, texts, chance)),
        }
    }
    rows
}

impl Table {
    fn row(&mut self, place: u32) -> &mut [f32] {
        &mut self.rows[place as usize * self.dim..][..self.dim]
    }

    /// The direction of a bag, and the length that its sum had.
    fn direction(&mut self, bag: &[u32]) -> (Vec<f32>, f32) {
        let mut sum = vec![0.0; self.dim];
        for &place in bag {
            add(&mut sum, 1.0, self.row(place));
        }
        let length = unit(&mut sum);
        (sum, length)
    }

    /// One step for one text: of the middles, and of its pieces through the division by the length of their sum.
    fn learn(&mut self, bag: &[u32], label: usize, pace: f32, learning: &mut Learning) {
        let (direction, length) = self.direction(bag);
        let mut slope = learning.step(&direction, label, pace);
        let along = dot(&slope, &direction);
        slope.iter_mut().zip(&direction).for_each(|(slope, part)| *slope = (*slope - along * part) / length);
        self.pull(bag, &slope, pace);
    }

    fn pull(&mut self, bag: &[u32], slope: &[f32], pace: f32) {
        let square = dot(slope, slope);
        for &place in bag {
            let moved = &mut self.moved[place as usize];
            *moved += square;
            let step = PACE * pace / moved.sqrt();
            add(self.row(place), -step, slope);
        }
    }
}
