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

/// Directions of the texts of one passage, in one piece: its ways to ask in their order, then its answer.
pub(super) struct Meanings {
    /// 0 where a text means nothing.
    scales: Box<[f32]>,
    parts: Box<[i8]>,
}

impl Meanings {
    pub(super) fn of(asked: &[Option<Meaning>], answer: Option<&Meaning>) -> Self {
        let all = || asked.iter().map(Option::as_ref).chain([answer]);
        let dim = all().flatten().next().map_or(0, |known| known.parts().len());
        let parts = all().flat_map(|known| {
            let parts = known.map_or(&[][..], Meaning::parts);
            parts.iter().copied().chain(std::iter::repeat_n(0, dim - parts.len()))
        });
        Self {
            parts: parts.collect(),
            scales: all().map(|known| known.map_or(0.0, Meaning::scale)).collect(),
        }
    }

    /// Bytes that they hold.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.scales.len() * size_of::<f32>() + self.parts.len()
    }

    /// How close a way to ask is; `None` where it means nothing.
    pub(super) fn closeness(&self, way: usize, asked: &Meaning) -> Option<f32> {
        let scale = *self.scales.get(way)?;
        let dim = self.parts.len() / self.scales.len();
        let parts = &self.parts[way * dim..][..dim];
        (scale > 0.0).then(|| asked.scale() * scale * asked.product(parts) as f32)
    }

    /// The same of the answer.
    pub(super) fn closeness_of_answer(&self, asked: &Meaning) -> Option<f32> {
        self.closeness(self.scales.len() - 1, asked)
    }

    /// What a way to ask means.
    pub(super) fn of_way(&self, way: usize) -> Option<Meaning> {
        let scale = *self.scales.get(way).filter(|scale| **scale > 0.0)?;
        let dim = self.parts.len() / self.scales.len();
        Some(Meaning::of_parts(scale, &self.parts[way * dim..][..dim]))
    }
}

/// Looking at all passages, only so many numbers of each are compared …
const ROUGH: usize = 64;
/// … and for each that is wanted, so many are compared in full.
const LOOKED_AT: usize = 10;

/// The directions of all passages by their place. Who has none is at nobody's side.
#[derive(Clone)]
pub(super) struct Directions {
    dim: usize,
    /// The first numbers of each, side by side: a search goes through all of them.
    rough: Vec<i8>,
    /// The others.
    rest: Vec<i8>,
    scales: Vec<f32>,
}

impl Directions {
    pub(super) const fn new(dim: usize) -> Self {
        // A model without numbers has no rows; chunks of none cannot be taken.
        let dim = if dim < ROUGH { ROUGH } else { dim };
        Self { dim, rough: Vec::new(), rest: Vec::new(), scales: Vec::new() }
    }

    /// Bytes that they hold.
    pub(super) fn bytes(&self) -> usize {
        self.rough.capacity() + self.rest.capacity() + self.scales.capacity() * size_of::<f32>()
    }

    pub(super) fn set(&mut self, place: u32, meaning: Option<&Meaning>) {
        let (at, dim, rest) = (place as usize, self.dim, self.dim - ROUGH);
        if self.scales.len() <= at {
            self.reserve(at + 1);
            self.scales.resize(at + 1, 0.0);
            self.rest.resize((at + 1) * rest, 0);
            self.rough.resize((at + 1) * ROUGH, 0);
        }
        let known = meaning.filter(|meaning| meaning.parts().len() == dim);
        self.scales[at] = known.map_or(0.0, Meaning::scale);
        if let Some(meaning) = known {
            let (rough, parts) = meaning.parts().split_at(ROUGH);
            self.rough[at * ROUGH..][..ROUGH].copy_from_slice(rough);
            self.rest[at * rest..][..rest].copy_from_slice(parts);
        }
    }

    /// Room for so many: an eighth more than there is, since twice as much would lie about unused.
    fn reserve(&mut self, places: usize) {
        if self.scales.capacity() < places {
            let more = (places / 8).max(places - self.scales.len()).max(64);
            self.scales.reserve_exact(more);
            self.rest.reserve_exact(more * (self.dim - ROUGH));
            self.rough.reserve_exact(more * ROUGH);
        }
    }

    /// Room for so many in all, where it is known beforehand.
    pub(super) fn make_room(&mut self, places: usize) {
        let more = places.saturating_sub(self.scales.len());
        self.scales.reserve_exact(more);
        self.rest.reserve_exact(more * (self.dim - ROUGH));
        self.rough.reserve_exact(more * ROUGH);
    }

    /// Of these texts, one after the other.
    pub(super) fn of(embedder: &Embedder, texts: &[&str]) -> Self {
        let mut directions = Self::new(embedder.dim());
        for (place, text) in (0_u32..).zip(texts) {
            directions.set(place, embedder.embed(text).as_ref());
        }
        directions
    }

    /// Whether something is known of a place.
    pub(super) fn holds(&self, place: u32) -> bool {
        self.scales.get(place as usize).is_some_and(|scale| *scale > 0.0)
    }

    /// How close a place is; 0 where nothing is known of it.
    pub(super) fn closeness(&self, place: u32, asked: &Meaning) -> f32 {
        asked.scale() * self.scales[place as usize] * self.product(place, asked) as f32
    }

    fn product(&self, place: u32, asked: &Meaning) -> i32 {
        let (at, rest) = (place as usize, self.dim - ROUGH);
        let (rough, others) = (&self.rough[at * ROUGH..][..ROUGH], &self.rest[at * rest..][..rest]);
        asked.product(rough) + asked.product_after(ROUGH, others)
    }

    /// How close the closest is, 0 at least.
    pub(super) fn nearest(&self, asked: &Meaning) -> f32 {
        self.closest(asked, 1).first().map_or(0.0, |&place| self.closeness(place, asked).max(0.0))
    }

    /// The `most` places that lie closest, in no order.
    pub(super) fn closest(&self, asked: &Meaning, most: usize) -> Vec<u32> {
        let rows = self.rough.chunks_exact(ROUGH).zip(&self.scales).zip(0_u32..);
        let known = rows.filter(|((_, scale), _)| **scale > 0.0);
        let rough = known.map(|((row, scale), place)| (scale * asked.product(row) as f32, place));
        let near = nearest(rough.collect(), most * LOOKED_AT);
        let exact = near
            .into_iter()
            .map(|(_, place)| (self.scales[place as usize] * self.product(place, asked) as f32, place));
        nearest(exact.collect(), most).into_iter().map(|(_, place)| place).collect()
    }
}

/// The `most` closest, in no order; of equals those with the lower place.
fn nearest(mut near: Vec<(f32, u32)>, most: usize) -> Vec<(f32, u32)> {
    if near.len() > most {
        near.select_nth_unstable_by(most, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        near.truncate(most);
    }
    near
}
