//! Trial models: each lacks a part of the examples and some intents altogether, and is asked about them.

use super::{
    Settings,
    core::{Row, learn},
};
use crate::{
    embed::Embedder,
    intent::{NOT_OURS, Signals},
    train::detector::mix,
};

/// So many trial models.
const TRIALS: u64 = 3;
/// One intent in so many is kept from a trial, to stand for what is none of ours.
const ONE_INTENT_IN: u64 = 6;
/// With fewer examples than this, holding some back says nothing.
const FEW: usize = 60;

/// What a trial model said of a text that it had not seen.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) signals: Signals,
    pub(super) was: Was,
}

/// What the text was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Was {
    /// What the model took it for.
    Right,
    /// Another intent that the model knew.
    Other,
    /// An intent that the model could not know.
    Kept,
    /// An example of none of ours.
    Strange,
}

/// Holds trials, one after the other, while the whole model learns beside them.
pub(super) fn run(base: &Embedder, rows: &[Row<'_>], settings: &Settings) -> Vec<Seen> {
    if !are_enough(rows) {
        return Vec::new();
    }
    (0..TRIALS).flat_map(|trial| one(base, rows, trial, settings)).collect()
}

/// Whether holding some of these back says anything.
pub(super) fn are_enough(rows: &[Row<'_>]) -> bool {
    rows.iter().filter(|row| !row.is_name).count() >= FEW
}

fn one(base: &Embedder, rows: &[Row<'_>], trial: u64, settings: &Settings) -> Vec<Seen> {
    let kept = |row: &Row<'_>| row.intent != NOT_OURS && mix(row.intent) % ONE_INTENT_IN == trial;
    let held = |row: &Row<'_>| !row.is_name && mix(&row.text) % TRIALS == trial;
    let learnt: Vec<usize> = (0..rows.len()).filter(|&at| !kept(&rows[at]) && !held(&rows[at])).collect();
    let core = learn(base, rows, &learnt, settings);
    let asked = rows.iter().filter(|row| held(row));
    asked
        .filter_map(|row| {
            let signals = core.signals(&row.look)?;
            let was = match row.intent {
                NOT_OURS => Was::Strange,
                intent if intent == core.names[signals.best] => Was::Right,
                intent if core.names.iter().any(|name| name == intent) => Was::Other,
                _ => Was::Kept,
            };
            Some(Seen { signals, was })
        })
        .collect()
}
