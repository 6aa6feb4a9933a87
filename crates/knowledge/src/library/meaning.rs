//! Where passages point: one direction each, in one table, so that a search can look at all of them.

use language::embed::{Embedder, Meaning};

use super::words::Words;

/// How much an answer counts beside the ways to ask for it.
const ANSWER: f32 = 0.5;

/// What a text means.
pub(super) fn of(embedder: &Embedder, apart: &Words) -> Option<Meaning> {
    embedder.embed_cut(&apart.normal, &apart.terms)
}

/// What a single word means.
pub(super) fn of_word(embedder: &Embedder, word: &str) -> Option<Meaning> {
    embedder.embed_cut(word, &[word.to_owned()])
}

/// Where a passage points as a whole: between its ways to ask, a little towards its answer.
pub(super) fn of_passage<'a>(
    asked: impl Iterator<Item = &'a Meaning>,
    answer: Option<&'a Meaning>,
) -> Option<Meaning> {
    Meaning::between(asked.map(|asked| (asked, 1.0)).chain(answer.map(|answer| (answer, ANSWER))))
}

/// The directions of all passages by their place. Who has none is at nobody's side.
#[derive(Clone)]
pub(super) struct Directions {
    dim: usize,
    parts: Vec<i8>,
    scales: Vec<f32>,
}

impl Directions {
    pub(super) const fn new(dim: usize) -> Self {
        Self { dim: if dim == 0 { 1 } else { dim }, parts: Vec::new(), scales: Vec::new() }
    }

    pub(super) fn set(&mut self, place: u32, meaning: Option<&Meaning>) {
        let (at, dim) = (place as usize, self.dim);
        if self.scales.len() <= at {
            self.scales.resize(at + 1, 0.0);
            self.parts.resize((at + 1) * dim, 0);
        }
        self.scales[at] = meaning.map_or(0.0, Meaning::scale);
        if let Some(meaning) = meaning {
            self.parts[at * dim..][..dim].copy_from_slice(meaning.parts());
        }
    }

    /// The `most` places that lie closest, in no order.
    pub(super) fn closest(&self, asked: &Meaning, most: usize) -> Vec<u32> {
        let rows = self.parts.chunks_exact(self.dim);
        let mut near: Vec<(f32, u32)> = rows
            .zip(&self.scales)
            .enumerate()
            .filter(|(_, (_, scale))| **scale > 0.0)
            .map(|(at, (row, scale))| (scale * asked.product(row) as f32, at as u32))
            .collect();
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if near.len() > most {
            near.select_nth_unstable_by(most, order);
            near.truncate(most);
        }
        near.into_iter().map(|(_, place)| place).collect()
    }
}
