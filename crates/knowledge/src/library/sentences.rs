//! Vectors of a plugged sentence model, kept beside our own directions.
//!
//! The ranking has learnt what our own closeness is worth. A plugged model's is brought to the same scale first:
//! what is closer than so many strangers by the one is as close as what is closer than as many by the other.

use std::{collections::HashMap, sync::Arc};

use domain::Lang;
use language::{embed::Meaning, sentences::Sentences};
use sha2::{Digest, Sha256};

use super::{
    meaning::{self, Directions},
    passage::Passage,
    question::Asked,
    snapshot::Snapshot,
    trust::Trust,
};

/// Under what a text's vector is kept: the same everywhere and forever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextName([u8; 16]);

impl TextName {
    /// The name of a text.
    pub fn of(text: &str) -> Self {
        let hash = Sha256::digest(text.trim().as_bytes());
        let mut name = [0; 16];
        name.copy_from_slice(&hash[..16]);
        Self(name)
    }

    /// What [`TextName::bytes`] told; `None` of anything else.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Its bytes, for a store.
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Vectors by what they are of; all of one model.
pub(super) type Vectors = HashMap<TextName, Meaning>;

/// A model with vectors of the texts that there are.
#[derive(Clone)]
pub(super) struct Plugged {
    pub(super) model: Arc<dyn Sentences>,
    pub(super) vectors: Arc<Vectors>,
    directions: Directions,
    scale: Scale,
    trust: Trust,
}

impl Plugged {
    /// Vectors of these passages, on the scale of their own directions.
    pub(super) fn new(model: Arc<dyn Sentences>, vectors: Arc<Vectors>, snapshot: &Snapshot) -> Self {
        let dim = vectors.values().next().map_or(0, |vector| vector.parts().len());
        let scale = Scale::between(snapshot, &vectors);
        let trust = Trust::tried(&vectors);
        let mut plugged = Self { model, vectors, directions: Directions::new(dim), scale, trust };
        for passage in snapshot.passages.iter().flatten() {
            plugged.put(passage.place, Some(passage));
        }
        plugged
    }

    /// A passage takes a place, or leaves it.
    pub(super) fn put(&mut self, place: u32, passage: Option<&Passage>) {
        let direction = passage.and_then(|passage| {
            let asked = passage.phrasings.iter().filter_map(|way| self.vectors.get(&way.name));
            meaning::of_passage(asked, self.vectors.get(&passage.answer_name))
        });
        self.directions.set(place, direction.as_ref());
    }

    /// What a question means; `None` where the model fails, and then our own directions must do.
    pub(super) fn read(&self, text: &str) -> Option<Meaning> {
        let blank = text.trim().is_empty();
        if blank { None } else { Meaning::of(&self.model.ask(text).ok()?) }
    }

    /// The `most` places that lie closest, in no order.
    pub(super) fn closest(&self, asked: &Meaning, most: usize) -> Vec<u32> {
        self.directions.closest(asked, most)
    }

    /// How close a text of this language is, from our own closeness to the model's as far as it is trusted.
    pub(super) fn close(&self, asked: &Asked, name: &TextName, lang: Lang, ours: f32) -> f32 {
        let vector = asked.sentence.as_ref().zip(self.vectors.get(name));
        let vector = vector.filter(|(asked, vector)| vector.parts().len() == asked.parts().len());
        vector.map_or(ours, |(meaning, vector)| self.weigh(asked, lang, ours, meaning.closeness(vector)))
    }

    /// The same for a passage as a whole.
    pub(super) fn close_to(&self, asked: &Asked, passage: &Passage, ours: f32) -> f32 {
        let known = asked.sentence.as_ref().filter(|_| self.directions.holds(passage.place));
        known.map_or(ours, |meaning| {
            self.weigh(asked, passage.lang, ours, self.directions.closeness(passage.place, meaning))
        })
    }

    fn weigh(&self, asked: &Asked, lang: Lang, ours: f32, theirs: f32) -> f32 {
        let theirs = self.scale.ours(theirs).max(0.0);
        ours + self.trust.between(asked.lang, lang) * (theirs - ours)
    }
}

/// So many texts of the knowledge are compared with each other.
const COMPARED: usize = 300;
/// At so many strangers of a thousand both closenesses are put side by side.
const KNOTS: [f32; 9] = [0.0, 100.0, 300.0, 500.0, 700.0, 900.0, 970.0, 990.0, 998.0];

/// Pairs of a closeness of the plugged model and ours, rising.
#[derive(Debug, Clone, PartialEq)]
struct Scale(Vec<(f32, f32)>);

impl Scale {
    fn between(snapshot: &Snapshot, vectors: &Vectors) -> Self {
        let mut texts: Vec<(&TextName, Meaning, &Meaning)> = snapshot
            .passages
            .iter()
            .flatten()
            .filter_map(|passage| {
                let way = passage.phrasings.first()?;
                let ours = snapshot.meanings[passage.place as usize].as_ref()?.of_way(0)?;
                Some((&way.name, ours, vectors.get(&way.name)?))
            })
            .collect();
        // In an order of their own: the same texts give the same scale.
        texts.sort_by_key(|(name, ..)| **name);
        texts.dedup_by_key(|(name, ..)| **name);
        texts.truncate(COMPARED);
        let pairs = texts.iter().enumerate().flat_map(|(at, a)| texts[at + 1..].iter().map(move |b| (a, b)));
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for (a, b) in pairs {
            ours.push(a.1.closeness(&b.1));
            theirs.push(a.2.closeness(b.2));
        }
        Self::of(ours, theirs)
    }

    fn of(mut ours: Vec<f32>, mut theirs: Vec<f32>) -> Self {
        ours.sort_by(f32::total_cmp);
        theirs.sort_by(f32::total_cmp);
        let at = |sorted: &[f32], knot: f32| sorted[((sorted.len() - 1) as f32 * knot / 1_000.0) as usize];
        let mut knots = vec![(-1.0, -1.0)];
        if ours.len() >= KNOTS.len() {
            knots.extend(KNOTS.iter().map(|&knot| (at(&theirs, knot), at(&ours, knot))));
        }
        knots.push((1.0, 1.0));
        Self(knots)
    }

    /// The closeness of ours that says as much as this one of the plugged model.
    fn ours(&self, theirs: f32) -> f32 {
        let upper = self.0.partition_point(|knot| knot.0 <= theirs).clamp(1, self.0.len() - 1);
        let (below, above) = (self.0[upper - 1], self.0[upper]);
        let share = ((theirs - below.0) / (above.0 - below.0).max(1e-6)).clamp(0.0, 1.0);
        below.1 + share * (above.1 - below.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_closer_than_as_many_strangers_is_as_close() {
        let ours: Vec<f32> = (0..100).map(|at| at as f32 / 200.0).collect();
        // Their strangers lie high and close together.
        let theirs: Vec<f32> = (0..100).map(|at| 0.7 + at as f32 / 1_000.0).collect();
        let scale = Scale::of(ours, theirs);
        assert!((scale.ours(0.75) - 0.25).abs() < 0.02);
        assert!(scale.ours(0.6) < 0.0 && (scale.ours(1.0) - 1.0).abs() < 1e-6);
        let steps: Vec<f32> = (-10..=10).map(|at| scale.ours(at as f32 / 10.0)).collect();
        assert!(steps.is_sorted(), "closer stays closer: {steps:?}");
    }

    #[test]
    fn few_strangers_tell_nothing_and_the_scale_is_left() {
        let scale = Scale::of(vec![0.1], vec![0.9]);
        assert!((scale.ours(0.5) - 0.5).abs() < 1e-6);
    }
}
