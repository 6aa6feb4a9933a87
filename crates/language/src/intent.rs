//! What a customer wants, of the things that this company can be asked, or that it is none of them.
//!
//! Two views are added: a linear one over words, letters and meaning, and how close the text lies to the middle
//! of each intent, in directions that were tuned to tell these intents apart. What the sum is worth is
//! learnt on examples, and on whole intents, that a trial model had not seen.

use std::sync::Arc;

use crate::{
    bag::{Bag, Vocabulary, names_cut},
    embed::Embedder,
    linear::Linear,
    normal::normalise,
    segment,
    sentences::Sentences,
};

mod trust;

pub(crate) use trust::{Trust, sigmoid};

/// The name that examples of none of the intents carry.
pub const NOT_OURS: &str = "oos";

/// How much of the sum the linear view is, against closeness. From CLINC150's validation rows.
const LINEAR_SHARE: f32 = 8.0;
/// The cosine as a score: how sharply near and far are told apart.
pub(crate) const SHARPNESS: f32 = 10.0;
/// How much the meaning weighs in the linear view, beside words and letters. From CLINC150's and HWU64's validation rows.
const MEANING_SHARE: f32 = 0.5;
/// How much the vector of a plugged sentence model weighs there. From CLINC150's and HWU64's validation rows.
const SENTENCE_SHARE: f32 = 1.5;
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
    pub(crate) tuned: Tuned,
}

/// Directions tuned to tell the intents apart.
#[derive(Clone)]
pub(crate) struct Tuned {
    pub(crate) embedder: Embedder,
    /// The middle of each intent, one direction after the other.
    pub(crate) centres: Vec<f32>,
}

/// How a text is looked at: which features count, and what it means.
#[derive(Clone)]
pub(crate) struct Sight {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) base: Embedder,
    /// A plugged model, if there is one.
    pub(crate) sentences: Option<Arc<dyn Sentences>>,
}

/// A text, cut once for all that look at it.
pub(crate) struct Look {
    pub(crate) normal: String,
    pub(crate) terms: Vec<String>,
    /// What a plugged model makes of it; empty without one, or when it failed.
    pub(crate) sentence: Vec<f32>,
}

impl Look {
    pub(crate) fn at(text: &str) -> Self {
        let normal = normalise(segment::head(text));
        let terms = segment::terms_of(&normal);
        Self { normal, terms, sentence: Vec::new() }
    }
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
        let mut look = Look::at(text);
        if let Some(model) = &self.core.sight.sentences {
            look.sentence = model.ask(text).unwrap_or_default();
        }
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
        let mut scores = self.linear.scores(&self.sight.bag(look));
        for score in &mut scores {
            *score *= LINEAR_SHARE;
        }
        let closeness = self.closeness(look);
        scores.iter_mut().zip(&closeness).for_each(|(score, close)| *score += close);
        self.weigh(&scores, &closeness)
    }

    /// How close a text lies to the middle of each intent.
    fn closeness(&self, look: &Look) -> Vec<f32> {
        let Tuned { embedder, centres } = &self.tuned;
        let Some(meaning) = embedder.embed_cut(&look.normal, &look.terms) else {
            return vec![0.0; self.names.len()];
        };
        centres.chunks(embedder.dim().max(1)).map(|centre| SHARPNESS * meaning.along(centre)).collect()
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

impl Sight {
    /// A text's features, its meaning after them as features of their own.
    pub(crate) fn bag(&self, look: &Look) -> Bag {
        let mut bag = self.vocabulary.bag(&names_cut(&look.normal, &look.terms));
        let from = self.vocabulary.len() as u32;
        if let Some(meaning) = self.base.embed_cut(&look.normal, &look.terms) {
            let factor = MEANING_SHARE * meaning.scale();
            let parts = meaning.parts().iter().zip(from..);
            bag.extend(parts.map(|(&part, at)| (at, factor * f32::from(part))));
        }
        let from = from + self.base.dim() as u32;
        let length = look.sentence.iter().map(|part| part * part).sum::<f32>().sqrt().max(1e-6);
        let parts = look.sentence.iter().zip(from..);
        bag.extend(parts.map(|(&part, at)| (at, SENTENCE_SHARE * part / length)));
        bag
    }

    /// How many features there are, of texts whose vectors by a plugged model are so long.
    pub(crate) fn features(&self, sentence: usize) -> usize {
        self.vocabulary.len() + self.base.dim() + sentence
    }
}
