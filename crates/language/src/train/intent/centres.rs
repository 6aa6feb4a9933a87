//! Tunes directions of pieces so that examples lie close to the middle of their own intent and far from others'.
//!
//! A softmax over the cosines, by steps that get shorter for what has moved far (Adagrad, one number a row).

use std::collections::HashMap;

use crate::{
    embed::{Embedder, Piece},
    intent::{SHARPNESS, Tuned},
    linear::shares,
    train::{chance::Chance, semantic::random},
};

const EPOCHS: usize = 12;
/// The share of pieces that a text lacks each time it is seen.
const DROPOUT: f32 = 0.2;
/// The length of a first step, of pieces and of centres.
const PACE: f32 = 0.2;
const CENTRE_PACE: f32 = 0.3;
/// How slowly what has not moved yet moves.
const STEADY: f32 = 0.01;
const CENTRE_STEADY: f32 = 1e-4;
/// A pull weaker than this moves nothing.
const FAINT: f32 = 1e-4;

struct Model {
    dim: usize,
    rows: Vec<f32>,
    moved: Vec<f32>,
    centres: Vec<f32>,
    centres_moved: Vec<f32>,
}

/// The tuned directions, and the middle of each class, one after the other.
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
    let mut model = Model::new(base.dim(), rows, &bags, labels, classes);
    let mut order: Vec<usize> = (0..bags.len()).collect();
    for epoch in 0..EPOCHS {
        chance.shuffle(&mut order);
        let pace = (1.0 - epoch as f32 / EPOCHS as f32).max(0.05);
        for &at in &order {
            let bag: Vec<u32> = bags[at].iter().copied().filter(|_| chance.share() >= DROPOUT).collect();
            model.learn(&bag, labels[at], pace);
        }
    }
    Tuned { embedder: base.with_own(&names, &model.rows), centres: model.centres }
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

impl Model {
    fn new(dim: usize, rows: Vec<f32>, bags: &[Vec<u32>], labels: &[usize], classes: usize) -> Self {
        let moved = vec![STEADY; rows.len() / dim.max(1)];
        let centres_moved = vec![CENTRE_STEADY; classes];
        let mut model = Self { dim, rows, moved, centres: vec![0.0; classes * dim], centres_moved };
        for (bag, &label) in bags.iter().zip(labels) {
            let (meaning, _) = model.meaning(bag);
            let centre = &mut model.centres[label * dim..][..dim];
            centre.iter_mut().zip(&meaning).for_each(|(centre, part)| *centre += part);
        }
        for centre in model.centres.chunks_mut(dim.max(1)) {
            let length = centre.iter().map(|part| part * part).sum::<f32>().sqrt().max(1e-6);
            for part in centre {
                *part /= length;
            }
        }
        model
    }

    /// The direction of a bag, and the length that its sum had.
    fn meaning(&self, bag: &[u32]) -> (Vec<f32>, f32) {
        let mut sum = vec![0.0; self.dim];
        for &place in bag {
            let row = &self.rows[place as usize * self.dim..][..self.dim];
            sum.iter_mut().zip(row).for_each(|(sum, part)| *sum += part);
        }
        let length = sum.iter().map(|part| part * part).sum::<f32>().sqrt().max(1e-6);
        for part in &mut sum {
            *part /= length;
        }
        (sum, length)
    }

    /// One step for one text.
    fn learn(&mut self, bag: &[u32], label: usize, pace: f32) {
        let (meaning, length) = self.meaning(bag);
        let scores: Vec<f32> =
            self.centres.chunks(self.dim.max(1)).map(|centre| SHARPNESS * dot(centre, &meaning)).collect();
        let mut pulls = shares(&scores);
        if let Some(own) = pulls.get_mut(label) {
            *own -= 1.0;
        }
        let mut slope = self.pull_centres(&pulls, &meaning, pace);
        let along = dot(&slope, &meaning);
        slope.iter_mut().zip(&meaning).for_each(|(slope, part)| *slope = (*slope - along * part) / length);
        self.pull_rows(bag, &slope, pace);
    }

    /// Moves the centres; what the text feels of it.
    fn pull_centres(&mut self, pulls: &[f32], meaning: &[f32], pace: f32) -> Vec<f32> {
        let mut slope = vec![0.0; self.dim];
        for (class, pull) in pulls.iter().map(|pull| pull * SHARPNESS).enumerate() {
            if pull.abs() < FAINT {
                continue;
            }
            let centre = &mut self.centres[class * self.dim..][..self.dim];
            slope.iter_mut().zip(&*centre).for_each(|(slope, part)| *slope += pull * part);
            self.centres_moved[class] += pull * pull;
            let step = CENTRE_PACE * pace * pull / self.centres_moved[class].sqrt();
            centre.iter_mut().zip(meaning).for_each(|(centre, part)| *centre -= step * part);
        }
        slope
    }

    fn pull_rows(&mut self, bag: &[u32], slope: &[f32], pace: f32) {
        let square: f32 = slope.iter().map(|part| part * part).sum();
        for &place in bag {
            let at = place as usize;
            self.moved[at] += square;
            let step = PACE * pace / self.moved[at].sqrt();
            let row = &mut self.rows[at * self.dim..][..self.dim];
            row.iter_mut().zip(slope).for_each(|(part, slope)| *part -= step * slope);
        }
    }
}

/// In eight lanes, so that the processor can add eight at once.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for lane in 0..8 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    lanes.iter().sum()
}
