//! Learns the labels of one file of texts: feelings in a trade of its own, as `frontdesk eval sentiment --train` does.

use super::{
    detector::{clauses, telling},
    linear::{Settings, fit_weighed},
    phrases::{self, Phrase},
};
use crate::{
    bag::{Bag, Vocabulary},
    embed::shipped,
    mood::Fresh,
    tone::{Tone, hear},
};

/// How much a clause of a text counts as a row of its own.
const CLAUSE: f32 = 0.3;
/// Features of fewer texts are left out.
const LEAST: u32 = 2;

/// How much a phrase of ours counts against a row.
const PHRASE: f32 = 1.0;

/// Learns from texts with their labels.
pub fn fresh(rows: &[(&str, &str)]) -> Fresh {
    let mut names: Vec<&str> = rows.iter().map(|row| row.1).collect();
    names.sort_unstable();
    names.dedup();
    let label = |row: &(&str, &str)| names.binary_search(&row.1).unwrap_or_default();
    let mut sizes = vec![0.0_f32; names.len()];
    for row in rows {
        sizes[label(row)] += 1.0;
    }
    // Another trade praises and blames in other shares, so the share must not be learnt.
    let even = |row| rows.len() as f32 / (names.len() as f32 * sizes[label(row)]);
    let ours = ours(rows, &names);
    let phrases = ours.iter().map(|phrase| (phrase.text.as_str(), phrase.label));
    let counts = rows.iter().map(even).chain(phrases.clone().map(|_| PHRASE));
    let all: Vec<(&str, usize, f32)> = rows
        .iter()
        .copied()
        .chain(phrases)
        .zip(counts)
        .map(|(row, count)| (row.0, label(&row), count))
        .collect();
    let mut model = learn(&all, names.len());
    model.names = names.into_iter().map(str::to_owned).collect();
    model
}

/// Learns from texts, each with the place of its label and what it counts.
fn learn(all: &[(&str, usize, f32)], labels: usize) -> Fresh {
    let tones: Vec<Tone> = all.iter().map(|row| hear(row.0)).collect();
    let plain = Vocabulary::of(tones.iter().map(|tone| &tone.names), LEAST);
    let vocabulary = if labels == 2 {
        telling(&plain, tones.iter().zip(all).map(|(tone, row)| (&tone.names, row.1 == 0, 1.0)))
    } else {
        plain
    };
    let mut model = Fresh { vocabulary, base: shipped(), ..Fresh::default() };
    let mut bags: Vec<(Bag, usize, f32)> = Vec::new();
    for (&(text, at, count), tone) in all.iter().zip(&tones) {
        bags.push((model.bag(tone), at, count));
        bags.extend(clauses(text).iter().map(|part| (model.bag(&hear(part)), at, CLAUSE * count)));
    }
    let examples: Vec<_> = bags.iter().map(|(bag, at, _)| (bag.as_slice(), *at)).collect();
    let counts: Vec<f32> = bags.iter().map(|bag| bag.2).collect();
    let how = Settings { cost: 0.1, ..Settings::default() };
    model.linear = fit_weighed(&examples, &counts, labels, model.features(), &how);
    model
}

/// Our phrases in the language of the rows, where their labels are feelings: what any trade says of praise and blame,
/// so that a word which these rows lack is not unknown for that.
fn ours(rows: &[(&str, &str)], names: &[&str]) -> Vec<Phrase> {
    if !["positive", "negative"].iter().all(|label| names.contains(label)) {
        return Vec::new();
    }
    let chinese = rows.iter().filter(|row| row.0.contains(crate::is_han)).count();
    let mut phrases = if 2 * chinese > rows.len() { phrases::zh() } else { phrases::en() };
    phrases.retain(|phrase| names.contains(&phrase.label));
    phrases
}
