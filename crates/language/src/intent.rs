//! What a customer wants, of the things that this company can be asked, or that it is none of them.
//!
//! Three views are added: a linear one over words, letters, meaning and how far single pieces reach; how close the text lies to the middle
//! of each intent, in directions that were tuned to tell these intents apart, and in those of a plugged model where
//! there is one; and how close to the nearest example, in the directions that ship. What the sum is worth is learnt on
//! examples, and on whole intents, that a trial model had not seen.

use std::sync::Arc;

use crate::{
    bag::{Bag, Vocabulary, names_cut},
    embed::{Embedder, Meaning, Piece, pieces},
    linear::Linear,
    normal::normalise,
    segment,
    sentences::Sentences,
};

mod kept;
mod middles;
mod nearest;
mod reach;
mod trust;

pub(crate) use middles::{Middles, dot};
pub(crate) use nearest::Nearest;
pub(crate) use reach::Reach;
pub(crate) use trust::{Trust, sigmoid};

/// The name that examples of none of the intents carry.
pub const NOT_OURS: &str = "oos";

/// How much of the sum the linear view is, against closeness, with examples enough. From CLINC150's validation rows.
const LINEAR_SHARE: f32 = 8.0;
/// With so many examples an intent it is half of that: words alone need more of them. From ten and fifty examples an intent
/// of nine sets, the others asked.
const EXAMPLES_FOR_HALF: f32 = 20.0;
/// The cosine as a score: how sharply near and far are told apart.
pub(crate) const SHARPNESS: f32 = 10.0;
/// How much of closeness a plugged model tells, where there is one. From CLINC150's and HWU64's validation rows, and
/// BANKING77's training rows by cross-validation.
const PLUGGED_SHARE: f32 = 0.75;
/// How much the meaning weighs in the linear view, beside words and letters. From CLINC150's and HWU64's validation rows.
const MEANING_SHARE: f32 = 0.5;
/// How much the vector of a plugged sentence model weighs there. From HWU64's validation rows.
const SENTENCE_SHARE: f32 = 1.0;
/// How much of what speaks for "none of ours" counts against an intent. From CLINC150's validation rows.
const STRANGENESS: f32 = 0.8;

/// The intents of a company, ready to be recognised. Made by [`crate::train::intent`].
#[derive(Clone)]
pub struct Intents {
    pub(crate) core: Core,
    pub(crate) trust: Trust,
}

/// The views, without what they are worth.
#[derive(Clone)]
pub(crate) struct Core {
    /// The intents by name, sorted; [`NOT_OURS`] among them if there were examples of it.
    pub(crate) names: Vec<String>,
    pub(crate) sight: Sight,
    pub(crate) linear: Linear,
    /// How much the linear view counts; see [`linear_share`].
    pub(crate) linear_share: f32,
    pub(crate) tuned: Tuned,
    /// The examples themselves; none where there are few.
    pub(crate) nearest: Nearest,
    /// The middles in the directions of a plugged model; of nothing without one.
    pub(crate) plugged: Middles,
}

/// How much the linear view counts where intents have so many examples in the mean.
pub(crate) fn linear_share(examples: f32) -> f32 {
    LINEAR_SHARE * examples / (examples + EXAMPLES_FOR_HALF)
}

/// Directions tuned to tell the intents apart.
#[derive(Clone)]
pub(crate) struct Tuned {
    pub(crate) embedder: Embedder,
    pub(crate) middles: Middles,
}

/// How a text is looked at: which features count, and what it means.
#[derive(Clone)]
pub(crate) struct Sight {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) base: Embedder,
    pub(crate) reach: Reach,
    /// A plugged model, if there is one.
    pub(crate) sentences: Option<Arc<dyn Sentences>>,
}

/// A text, cut once for all that look at it.
pub(crate) struct Look {
    pub(crate) normal: String,
    pub(crate) terms: Vec<String>,
    pub(crate) pieces: Vec<Piece>,
    /// What a plugged model makes of it, at the length 1; empty without one, or when it failed.
    pub(crate) sentence: Vec<f32>,
}

impl Look {
    pub(crate) fn at(text: &str) -> Self {
        let normal = normalise(segment::head(text));
        let terms = segment::terms_of(&normal);
        let pieces = pieces(&normal, &terms);
        Self { normal, terms, pieces, sentence: Vec::new() }
    }
}

/// A vector of a plugged model at the length 1; of nothing where it is none.
pub(crate) fn whole(mut vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    if !length.is_finite() || length < 1e-6 {
        return Vec::new();
    }
    for part in &mut vector {
        *part /= length;
    }
    vector
}

/// What a text is taken for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess<'a> {
    /// The likeliest intent, which is never [`NOT_OURS`].
    pub intent: &'a str,
    /// The probability that the customer wants this.
    pub confidence: f32,
    /// Whether that is enough, by the threshold that was found on the examples.
    pub is_ours: bool,
}

/// What the views say of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signals {
    /// The place of the best intent.
    pub(crate) best: usize,
    /// Its score, less what speaks for none of ours.
    pub(crate) score: f32,
    /// How far it is ahead of the next.
    pub(crate) lead: f32,
    /// How close the text lies to the middle of the closest intent: what strangers lack most.
    pub(crate) near: f32,
}

impl Intents {
    /// The likeliest intent; `None` where there are none.
    pub fn guess(&self, text: &str) -> Option<Guess<'_>> {
        self.guess_all(&[text]).pop().flatten()
    }

    /// The same for each of these texts. A plugged model is asked once; where it fails, the built-in views must do.
    pub fn guess_all(&self, texts: &[&str]) -> Vec<Option<Guess<'_>>> {
        let model = self.core.sight.sentences.as_ref();
        let told = model.and_then(|model| model.ask_all(texts).ok()).unwrap_or_default();
        let told = told.into_iter().chain(std::iter::repeat(Vec::new()));
        texts.iter().zip(told).map(|(text, told)| self.guess_of(text, told)).collect()
    }

    fn guess_of(&self, text: &str, told: Vec<f32>) -> Option<Guess<'_>> {
        let look = Look { sentence: whole(told), ..Look::at(text) };
        let signals = self.core.signals(&look)?;
        let confidence = self.trust.confidence(&signals);
        let is_ours = self.trust.is_ours(&signals);
        Some(Guess { intent: &self.core.names[signals.best], confidence, is_ours })
    }

    /// The probability from which on an intent is believed.
    pub fn threshold(&self) -> f32 {
        self.trust.threshold
    }

    /// The intents that can be recognised, sorted by name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.core.names.iter().map(String::as_str).filter(|name| *name != NOT_OURS)
    }
}

impl Core {
    pub(crate) fn signals(&self, look: &Look) -> Option<Signals> {
        let mut closeness = self.tuned.closeness(look, self.names.len());
        let plugged = self.plugged_closeness(look);
        let built_in = if plugged.is_empty() { 1.0 } else { 1.0 - PLUGGED_SHARE };
        for close in &mut closeness {
            *close *= built_in * SHARPNESS;
        }
        let by_plugged = closeness.iter_mut().zip(&plugged);
        by_plugged.for_each(|(close, plugged)| *close += PLUGGED_SHARE * SHARPNESS * plugged);
        let meaning = self.sight.base.embed_pieces(&look.pieces);
        let linear = self.linear.scores(&self.sight.bag(look, meaning.as_ref()));
        let share = built_in * self.linear_share;
        let mut scores: Vec<f32> =
            linear.iter().zip(&closeness).map(|(linear, close)| share * linear + close).collect();
        if let Some(meaning) = &meaning {
            self.nearest.hear(meaning, &mut scores, &mut closeness, built_in * SHARPNESS);
        }
        self.weigh(&scores, &closeness)
    }

    /// How close the vector of a plugged model lies to each intent; empty without one.
    pub(crate) fn plugged_closeness(&self, look: &Look) -> Vec<f32> {
        let is_known = !look.sentence.is_empty() && look.sentence.len() == self.plugged.dim;
        if is_known { self.plugged.closeness(&look.sentence) } else { Vec::new() }
    }

    fn weigh(&self, scores: &[f32], closeness: &[f32]) -> Option<Signals> {
        let strange = self.names.iter().position(|name| name == NOT_OURS);
        let mut ours: Vec<(usize, f32)> = scores.iter().copied().enumerate().collect();
        ours.retain(|&(at, _)| Some(at) != strange);
        ours.sort_unstable_by(|a, b| b.1.total_cmp(&a.1));
        let &(best, score) = ours.first()?;
        let against = |of: &[f32]| strange.map_or(0.0, |at| STRANGENESS * of[at]);
        let lead = ours.get(1).map_or(SHARPNESS, |next| score - next.1);
        let near = ours.iter().map(|&(at, _)| closeness[at]).fold(f32::MIN, f32::max) - against(closeness);
        Some(Signals { best, score: score - against(scores), lead, near })
    }
}

impl Tuned {
    /// How close a text lies to each intent: to none where no piece of it is known.
    pub(crate) fn closeness(&self, look: &Look, intents: usize) -> Vec<f32> {
        let Some(meaning) = self.embedder.embed_pieces(&look.pieces) else {
            return vec![0.0; intents];
        };
        let direction: Vec<f32> =
            meaning.parts().iter().map(|&part| meaning.scale() * f32::from(part)).collect();
        self.middles.closeness(&direction)
    }
}

impl Sight {
    /// A text's features, its meaning and how far its pieces reach after them as features of their own.
    pub(crate) fn bag(&self, look: &Look, meaning: Option<&Meaning>) -> Bag {
        let mut bag = self.vocabulary.bag(&names_cut(&look.normal, &look.terms));
        let from = self.vocabulary.len() as u32;
        if let Some(meaning) = meaning {
            let factor = MEANING_SHARE * meaning.scale();
            let parts = meaning.parts().iter().zip(from..);
            bag.extend(parts.map(|(&part, at)| (at, factor * f32::from(part))));
        }
        let from = from + self.base.dim() as u32;
        let reach = self.base.reach(&look.pieces);
        bag.extend((from..).zip(self.reach.values(&reach)));
        let from = from + 2 * self.base.dim() as u32;
        let parts = look.sentence.iter().zip(from..);
        bag.extend(parts.map(|(&part, at)| (at, SENTENCE_SHARE * part)));
        bag
    }

    /// How many features there are, of texts whose vectors by a plugged model are so long.
    pub(crate) fn features(&self, sentence: usize) -> usize {
        self.vocabulary.len() + 3 * self.base.dim() + sentence
    }
}
