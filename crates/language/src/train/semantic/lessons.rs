//! What a sentence model says of texts, as directions that ours are drawn to.

use super::{
    Pair,
    batch::{Vocabulary, cut_all},
    project::project,
};
use crate::train::chance::Chance;

/// Texts to learn, and what a sentence model should read for each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lessons {
    /// What the model reads.
    pub read: Vec<String>,
    /// Texts to learn, each with the place in `read` of what means the same.
    pub learnt: Vec<(String, u32)>,
}

/// Lessons that a sentence model has read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taught {
    /// Texts to learn, each with the place of its vector.
    pub learnt: Vec<(String, u32)>,
    /// The vectors, one after the other.
    pub vectors: Vec<f32>,
    /// Numbers per vector.
    pub dim: usize,
}

impl Lessons {
    /// With the vectors of what was read, in its order; `None` if one is missing or of another length.
    pub fn with(self, vectors: &[Vec<f32>]) -> Option<Taught> {
        let dim = vectors.first()?.len();
        let whole = dim > 0 && vectors.len() == self.read.len() && vectors.iter().all(|one| one.len() == dim);
        whole.then(|| Taught { learnt: self.learnt, vectors: vectors.concat(), dim })
    }
}

/// Lessons as places in the table.
pub(super) struct Class {
    /// The places of a text's pieces, and the place of its direction.
    pub(super) bags: Vec<(Vec<u32>, u32)>,
    directions: Vec<f32>,
    dim: usize,
}

impl Class {
    pub(super) fn new(taught: &Taught, vocabulary: &Vocabulary, dim: usize) -> Self {
        let text = |text: &String| Pair { a: text.clone(), b: String::new(), group: 0 };
        let cut = cut_all(&taught.learnt.iter().map(|(learnt, _)| text(learnt)).collect::<Vec<_>>());
        let known = cut.into_iter().zip(&taught.learnt).map(|((pieces, ..), &(_, at))| {
            (pieces.iter().filter_map(|piece| vocabulary.places.get(piece).copied()).collect::<Vec<_>>(), at)
        });
        let bags = known.filter(|(bag, _)| !bag.is_empty()).collect();
        Self { bags, directions: project(&taught.vectors, taught.dim, dim), dim }
    }

    /// Where the text of a lesson should point.
    pub(super) fn direction(&self, lesson: usize) -> &[f32] {
        &self.directions[self.bags[lesson].1 as usize * self.dim..][..self.dim]
    }

    /// A share of the lessons in batches, in no order.
    pub(super) fn batches(&self, share: f32, size: usize, chance: &mut Chance) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.bags.len()).collect();
        chance.shuffle(&mut order);
        order.truncate((self.bags.len() as f32 * share) as usize);
        order.chunks(size).filter(|batch| batch.len() > 1).map(<[usize]>::to_vec).collect()
    }
}
