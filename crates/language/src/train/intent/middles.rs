//! Learns the middles of intents: a softmax over how close a text lies to each, by steps that get shorter for a
//! middle that has moved far (Adagrad, one number a middle).

use crate::{
    intent::{Middles, dot},
    linear::shares,
    train::chance::Chance,
};

/// The length of a first step.
const PACE: f32 = 0.3;
/// How slowly what has not moved yet moves.
const STEADY: f32 = 1e-4;
/// A pull weaker than this moves nothing.
const FAINT: f32 = 1e-4;
/// How much of one example there is in each middle at the beginning, beside the mean of all.
const APART: f32 = 0.7;

/// Middles while they are learnt.
pub(super) struct Learning {
    pub(super) middles: Middles,
    moved: Vec<f32>,
    sharpness: f32,
}

/// Directions of the length 1, each with the place of its class.
pub(super) struct Lessons<'a> {
    pub(super) directions: Vec<Vec<f32>>,
    pub(super) labels: &'a [usize],
    pub(super) classes: usize,
}

impl Lessons<'_> {
    fn of(&self, class: usize) -> impl Iterator<Item = &Vec<f32>> {
        self.directions.iter().zip(self.labels).filter(move |(_, label)| **label == class).map(|(of, _)| of)
    }
}

impl Learning {
    /// Each begins at the mean of its intent's examples; where there are several, on the way to one of them.
    pub(super) fn new(lessons: &Lessons<'_>, each: usize, sharpness: f32, chance: &mut Chance) -> Self {
        let dim = lessons.directions.first().map_or(0, Vec::len);
        let mut rows = Vec::with_capacity(lessons.classes * each * dim);
        for class in 0..lessons.classes {
            let own: Vec<&Vec<f32>> = lessons.of(class).collect();
            let mean = mean(&own, dim);
            for _ in 0..each {
                let mut middle = mean.clone();
                if each > 1 && !own.is_empty() {
                    add(&mut middle, APART, own[chance.below(own.len())]);
                    unit(&mut middle);
                }
                rows.extend(middle);
            }
        }
        let moved = vec![STEADY; lessons.classes * each];
        Self { middles: Middles { dim, each, rows }, moved, sharpness }
    }

    /// One step for one text; what its direction feels of it.
    pub(super) fn step(&mut self, direction: &[f32], label: usize, pace: f32) -> Vec<f32> {
        let close = self.middles.close(direction);
        let scores: Vec<f32> = close.wholes.iter().map(|whole| self.sharpness * whole).collect();
        let mut pulls = shares(&scores);
        if let Some(own) = pulls.get_mut(label) {
            *own -= 1.0;
        }
        let Middles { dim, each, ref mut rows } = self.middles;
        let mut slope = vec![0.0; direction.len()];
        for (at, part) in close.parts.iter().enumerate() {
            let pull = self.sharpness * pulls[at / each] * part;
            if pull.abs() < FAINT {
                continue;
            }
            let middle = &mut rows[at * dim..][..dim];
            add(&mut slope, pull, middle);
            self.moved[at] += pull * pull;
            add(middle, -PACE * pace * pull / self.moved[at].sqrt(), direction);
        }
        slope
    }
}

fn mean(directions: &[&Vec<f32>], dim: usize) -> Vec<f32> {
    let mut mean = vec![0.0; dim];
    for direction in directions {
        add(&mut mean, 1.0, direction);
    }
    unit(&mut mean);
    mean
}

pub(super) fn add(sum: &mut [f32], weight: f32, row: &[f32]) {
    sum.iter_mut().zip(row).for_each(|(sum, part)| *sum += weight * part);
}

/// Brings it to the length 1; the length that it had.
pub(super) fn unit(row: &mut [f32]) -> f32 {
    let length = dot(row, row).sqrt().max(1e-6);
    for part in row {
        *part /= length;
    }
    length
}
