//! One step of learning from a sentence model: each text is drawn to the direction that the model gave it, and set
//! among the directions of the batch as near and as far as the model sets it.

use super::{
    lessons::Class,
    table::{Table, dot},
};

/// How sharply near and far are told apart among the model's directions.
const SHARPNESS: f32 = 20.0;

impl Table {
    /// One step; how close texts were to their directions before it.
    pub(super) fn follow(&mut self, lessons: &[usize], class: &Class, pace: f32) -> f32 {
        let (dim, size) = (self.dim, lessons.len());
        let bags: Vec<&[u32]> = lessons.iter().map(|&at| class.bags[at].0.as_slice()).collect();
        let told: Vec<f32> = lessons.iter().flat_map(|&at| class.direction(at).iter().copied()).collect();
        let (half, this) = (size.div_ceil(2), &*self);
        let parts: Vec<(Vec<f32>, f32)> = std::thread::scope(|scope| {
            let part = |(at, bags)| {
                let told = &told;
                scope.spawn(move || this.slopes(bags, at * half, told))
            };
            let parts: Vec<_> = bags.chunks(half).enumerate().map(part).collect();
            parts.into_iter().map(|part| part.join().unwrap_or_default()).collect()
        });
        for ((slopes, _), bags) in parts.iter().zip(bags.chunks(half)) {
            for (slope, bag) in slopes.chunks(dim).zip(bags) {
                self.step(slope, bag, pace);
            }
        }
        parts.iter().map(|(_, closeness)| closeness).sum::<f32>() / size as f32
    }

    /// The slopes of texts whose directions begin at `from` among those of the batch, and the sum of their cosines.
    fn slopes(&self, bags: &[&[u32]], from: usize, told: &[f32]) -> (Vec<f32>, f32) {
        let (own, lengths) = self.sums(bags);
        let (mut slopes, mut closeness) = (vec![0.0; own.len()], 0.0);
        let rows = slopes.chunks_mut(self.dim).zip(own.chunks(self.dim)).zip(lengths);
        for (((slope, own), length), wanted) in rows.zip(told.chunks(self.dim).skip(from)) {
            slope_of(slope, own, wanted, told);
            let along = dot(slope, own);
            slope.iter_mut().zip(own).for_each(|(slope, part)| *slope = (*slope - along * part) / length);
            closeness += dot(own, wanted);
        }
        (slopes, closeness)
    }
}

/// Adds up where one text should move, before its length is looked at.
fn slope_of(slope: &mut [f32], own: &[f32], wanted: &[f32], told: &[f32]) {
    let share = 1.0 / (told.len() / wanted.len()) as f32;
    let (has, should) = (shares(own, told), shares(wanted, told));
    for ((has, should), other) in has.iter().zip(should).zip(told.chunks(wanted.len())) {
        let pull = share * SHARPNESS * (has - should);
        if pull.abs() > 1e-7 {
            slope.iter_mut().zip(other).for_each(|(slope, part)| *slope += pull * part);
        }
    }
    slope.iter_mut().zip(wanted).for_each(|(slope, part)| *slope -= share * part);
}

/// How near a direction is to each of the batch, as shares of one (a softmax).
fn shares(direction: &[f32], told: &[f32]) -> Vec<f32> {
    let mut shares: Vec<f32> =
        told.chunks(direction.len()).map(|other| SHARPNESS * dot(direction, other)).collect();
    let most = shares.iter().copied().fold(f32::MIN, f32::max);
    for share in &mut shares {
        *share = (*share - most).exp();
    }
    let sum: f32 = shares.iter().sum();
    for share in &mut shares {
        *share /= sum;
    }
    shares
}
