//! The directions while they are learnt, and one step of learning.

use super::{
    Settings,
    batch::{Bags, Vocabulary},
};
use crate::{embed::Embedder, train::chance::Chance};

/// The directions while they are learnt, with the sum of squared steps of each.
pub(super) struct Table {
    pub(super) dim: usize,
    pub(super) rows: Vec<f32>,
    moved: Vec<f32>,
}

impl Table {
    pub(super) fn new(found_in: &[u32], texts: usize, settings: &Settings, chance: &mut Chance) -> Self {
        let mut rows = Vec::with_capacity(found_in.len() * settings.dim);
        for &count in found_in {
            rows.extend(random(settings.dim, count, texts, chance));
        }
        Self { dim: settings.dim, rows, moved: vec![1e-8; found_in.len()] }
    }

    pub(super) fn from(
        base: &Embedder,
        vocabulary: &Vocabulary,
        texts: usize,
        chance: &mut Chance,
        steady: f32,
    ) -> Self {
        let dim = base.dim();
        let mut rows = Vec::with_capacity(vocabulary.names.len() * dim);
        for (&piece, &count) in vocabulary.names.iter().zip(&vocabulary.found_in) {
            if let Some((scale, row)) = base.row(piece) {
                rows.extend(row.iter().map(|&part| scale * f32::from(part)));
            } else {
                rows.extend(random(dim, count, texts, chance));
            }
        }
        Self { dim, rows, moved: vec![steady; vocabulary.names.len()] }
    }

    pub(super) fn row(&self, at: usize) -> &[f32] {
        &self.rows[at * self.dim..][..self.dim]
    }

    /// As if no piece had moved yet.
    pub(super) fn steady(&mut self, steady: f32) {
        self.moved.fill(steady);
    }

    /// The unit sums of bags, one after the other, and the lengths that they had.
    pub(super) fn sums(&self, bags: &[&[u32]]) -> (Vec<f32>, Vec<f32>) {
        let (mut sums, mut lengths) = (vec![0.0; bags.len() * self.dim], Vec::with_capacity(bags.len()));
        for (sum, bag) in sums.chunks_mut(self.dim).zip(bags) {
            for &place in *bag {
                sum.iter_mut().zip(self.row(place as usize)).for_each(|(sum, part)| *sum += part);
            }
            let length = sum.iter().map(|part| part * part).sum::<f32>().sqrt().max(1e-6);
            for part in sum.iter_mut() {
                *part /= length;
            }
            lengths.push(length);
        }
        (sums, lengths)
    }

    /// One step; the loss before it.
    pub(super) fn learn(&mut self, pairs: &[Bags], settings: &Settings, pace: f32) -> f32 {
        let (dim, size) = (self.dim, pairs.len());
        let left: Vec<&[u32]> = pairs.iter().map(|pair| pair.a.as_slice()).collect();
        let right: Vec<&[u32]> = pairs.iter().map(|pair| pair.b.as_slice()).collect();
        let this = &*self;
        let ((a, a_lengths), (b, b_lengths)) = std::thread::scope(|scope| {
            let a = scope.spawn(|| this.sums(&left));
            let b = this.sums(&right);
            (a.join().unwrap_or_default(), b)
        });
        let (pull, loss) = pull(pairs, &a, &b, dim, settings.temperature);
        let (da, db) = std::thread::scope(|scope| {
            let da =
                scope.spawn(|| towards(&a, &a_lengths, &b, dim, |row, column| pull[row * size + column]));
            let db = towards(&b, &b_lengths, &a, dim, |row, column| pull[column * size + row]);
            (da.join().unwrap_or_default(), db)
        });
        for (slopes, bags) in [(&da, &left), (&db, &right)] {
            for (slope, bag) in slopes.chunks(dim).zip(bags) {
                self.step(slope, bag, pace);
            }
        }
        loss
    }

    /// Steps get shorter for pieces that have moved far (Adagrad, one number a row).
    pub(super) fn step(&mut self, slope: &[f32], bag: &[u32], pace: f32) {
        let square: f32 = slope.iter().map(|part| part * part).sum();
        for &place in bag {
            let at = place as usize;
            self.moved[at] += square;
            let step = pace / self.moved[at].sqrt();
            let row = &mut self.rows[at * self.dim..][..self.dim];
            row.iter_mut().zip(slope).for_each(|(part, slope)| *part -= step * slope);
        }
    }
}

/// A direction by chance, as long as the piece is rare: matching by rarity is where learning starts.
pub(in crate::train) fn random(dim: usize, found_in: u32, texts: usize, chance: &mut Chance) -> Vec<f32> {
    let rarity = (texts as f32 / found_in as f32).ln().max(0.1) / (dim as f32).sqrt();
    (0..dim).map(|_| 0.2 * rarity * chance.normal()).collect()
}

/// How much each pair of texts should move apart, by row of `a` and column of `b`; and the loss.
fn pull(pairs: &[Bags], a: &[f32], b: &[f32], dim: usize, temperature: f32) -> (Vec<f32>, f32) {
    let size = pairs.len();
    let mut scores = vec![0.0_f32; size * size];
    let half = size.div_ceil(2);
    std::thread::scope(|scope| {
        for (part, rows) in scores.chunks_mut(half * size).zip(a.chunks(half * dim)) {
            scope.spawn(move || {
                for (scores, row) in part.chunks_mut(size).zip(rows.chunks(dim)) {
                    for (score, column) in scores.iter_mut().zip(b.chunks(dim)) {
                        *score = dot(row, column) / temperature;
                    }
                }
            });
        }
    });
    for row in 0..size {
        for column in 0..size {
            if row != column && pairs[row].group == pairs[column].group {
                scores[row * size + column] = f32::MIN;
            }
        }
    }
    let mut pull = vec![0.0; size * size];
    let mut loss = 0.0;
    let share = 0.5 / size as f32;
    let mut softmax = |place: &dyn Fn(usize) -> usize, own: usize| {
        let most = (0..size).map(|at| scores[place(at)]).fold(f32::MIN, f32::max);
        let sum: f32 = (0..size).map(|at| (scores[place(at)] - most).exp()).sum();
        for at in 0..size {
            pull[place(at)] += share * (scores[place(at)] - most).exp() / sum;
        }
        pull[place(own)] -= share;
        loss -= share * (scores[place(own)] - most - sum.ln());
    };
    for own in 0..size {
        softmax(&|at| own * size + at, own);
        softmax(&|at| at * size + own, own);
    }
    for pull in &mut pull {
        *pull /= temperature;
    }
    (pull, loss)
}

/// The slope of the loss for each row's sum, through the division by its length.
fn towards(
    own: &[f32],
    lengths: &[f32],
    others: &[f32],
    dim: usize,
    pull: impl Fn(usize, usize) -> f32,
) -> Vec<f32> {
    let mut slopes = vec![0.0; own.len()];
    for (row, (slope, own)) in slopes.chunks_mut(dim).zip(own.chunks(dim)).enumerate() {
        for (column, other) in others.chunks(dim).enumerate() {
            let pull = pull(row, column);
            if pull.abs() > 1e-7 {
                slope.iter_mut().zip(other).for_each(|(slope, part)| *slope += pull * part);
            }
        }
        let along = dot(slope, own);
        slope.iter_mut().zip(own).for_each(|(slope, part)| *slope = (*slope - along * part) / lengths[row]);
    }
    slopes
}

/// In eight lanes, so that the processor can add eight at once.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for lane in 0..8 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    lanes.iter().sum()
}
