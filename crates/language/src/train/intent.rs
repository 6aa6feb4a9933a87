//! Learns to tell a company's intents apart, in seconds, from examples of each.
//!
//! Trial models that each lack a part of the examples, and some intents altogether, show what a score is worth:
//! on what they have not seen, and on what they cannot know.

use std::sync::Arc;

use crate::{
    embed::Embedder,
    intent::Intents,
    sentences::{NoVectors, Sentences},
};

mod centres;
mod core;
mod trials;
mod worth;

/// Something a customer said, and what was meant.
#[derive(Debug, Clone)]
pub struct Example {
    /// The words.
    pub text: String,
    /// The intent, or [`crate::intent::NOT_OURS`].
    pub intent: String,
}

/// How to learn.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The share of rightly understood messages that may be turned away, so that strangers are.
    pub turned_away: f32,
    /// The share of messages that are expected to be none of ours.
    pub strangers: f32,
    /// Chance, which is an argument: the same seed gives the same model on the same machine.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { turned_away: 0.01, strangers: 0.15, seed: 7 }
    }
}

/// Learns the intents. `base` says what words mean beforehand.
pub fn train(base: &Embedder, examples: &[Example], settings: &Settings) -> Intents {
    learn(base, None, &core::read(examples), settings)
}

/// The same with what a plugged model makes of each example. Takes as long as that model needs for all of them.
pub fn train_with(
    base: &Embedder,
    model: Arc<dyn Sentences>,
    examples: &[Example],
    settings: &Settings,
) -> Result<Intents, NoVectors> {
    let texts: Vec<&str> = examples.iter().map(|example| example.text.as_str()).collect();
    let mut rows = core::read(examples);
    for (row, vector) in rows.iter_mut().zip(model.encode(&texts)?) {
        row.look.sentence = vector;
    }
    Ok(learn(base, Some(model), &rows, settings))
}

fn learn(
    base: &Embedder,
    model: Option<Arc<dyn Sentences>>,
    rows: &[core::Row<'_>],
    settings: &Settings,
) -> Intents {
    let all: Vec<usize> = (0..rows.len()).collect();
    let (core, seen) = std::thread::scope(|scope| {
        let trials = scope.spawn(|| trials::run(base, rows, settings));
        let mut core = core::learn(base, rows, &all, settings);
        core.sight.sentences = model;
        (core, trials.join().unwrap_or_default())
    });
    Intents { core, trust: worth::weigh(&seen, settings) }
}
