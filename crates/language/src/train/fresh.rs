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

/// So many steps of length are told apart.
const LENGTHS: usize = 5;
/// Each label is taken to have been seen so often at each length before anything is.
const LEAST_KNOWN: f32 = 10.0;
/// A text counts no more than so many others.
const MOST_COUNTED: f32 = 5.0;

/// How much a phrase of ours counts against a row.
const PHRASE: f32 = 1.0;

/// Learns from texts with their labels.
pub fn fresh(rows: &[(&str, &str)]) -> Fresh {
    let mut names: Vec<&str> = rows.iter().map(|row| row.1).collect();
    names.sort_unstable();
    names.dedup();
    let label = |row: &(&str, &str)| names.binary_search(&row.1).unwrap_or_default();
    let even = Shares::of(rows.iter().map(|row| (label(row), row.0)), names.len());
    let even = |row: &(&str, &str)| even.count(label(row), row.0);
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

/// How often each label is given, among texts of about the same length. Another trade praises and blames in other shares,
/// and is brief or wordy about other things, so neither must be learnt.
struct Shares {
    sizes: Vec<f32>,
    labels: usize,
}

impl Shares {
    fn of<'a>(rows: impl Iterator<Item = (usize, &'a str)>, labels: usize) -> Self {
        let mut sizes = vec![LEAST_KNOWN; LENGTHS * labels];
        for (label, text) in rows {
            sizes[length(text) * labels + label] += 1.0;
        }
        Self { sizes, labels }
    }

    /// What a text counts so that all labels count the same among texts as long as it is.
    fn count(&self, label: usize, text: &str) -> f32 {
        let as_long = &self.sizes[length(text) * self.labels..][..self.labels];
        let even = as_long.iter().sum::<f32>() / (self.labels as f32 * as_long[label]);
        even.min(MOST_COUNTED)
    }
}

/// A step of the length, each twice as long as the one before.
fn length(text: &str) -> usize {
    (text.chars().count().max(8).ilog2() as usize - 3).min(LENGTHS - 1)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn praise_and_blame_count_the_same_at_every_length() {
        let long = "词".repeat(100);
        let brief = (0..100).map(|at| (usize::from(at % 4 == 0), "很好"));
        let wordy = (0..100).map(|at| (usize::from(at % 4 != 0), long.as_str()));
        let shares = Shares::of(brief.chain(wordy), 2);
        let ratio = |text: &str| shares.count(1, text) / shares.count(0, text);
        assert!(ratio("很好") > 2.0 && ratio(&long) < 0.5, "{} {}", ratio("很好"), ratio(&long));
        assert!((shares.count(0, &"词".repeat(30)) - 1.0).abs() < 1e-6, "nothing is known of these");
    }
}
