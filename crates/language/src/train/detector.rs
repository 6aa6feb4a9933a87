//! Learns a detector: a linear view, and a logistic curve over scores of rows that a trial had not seen.

use crate::{
    bag::{Bag, Names, Vocabulary},
    detector::Detector,
    embed::{Meaning, shipped},
    linear::Classifier,
    tone::{Tone, hear},
    train::{
        intent::worth::logistic,
        linear::{Settings, weights},
    },
};

/// A text, whether it is so, and how much that counts.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) text: String,
    pub(crate) is: bool,
    pub(crate) count: f32,
    /// Customers write so: only such rows say what a score is worth.
    pub(crate) usual: bool,
}

impl Row {
    /// As customers write.
    pub(crate) fn usual(text: &str, is: bool, count: f32) -> Self {
        Self { text: text.to_owned(), is, count, usual: true }
    }
}

/// How to learn a detector.
#[derive(Debug, Clone)]
pub(crate) struct How {
    pub(crate) learn: Settings,
    /// The share of features that carry most and are kept; the others are left out, and the rest learns again.
    pub(crate) most: usize,
    /// How much the clauses of a text count as rows of their own; they teach short texts by long ones.
    pub(crate) clauses: f32,
    /// How much meaning weighs; 0 leaves it out.
    pub(crate) meaning: f32,
}

impl Default for How {
    fn default() -> Self {
        Self {
            learn: Settings { cost: 0.3, ..Settings::default() },
            most: 60_000,
            clauses: 0.0,
            meaning: 0.0,
        }
    }
}

/// One row in so many is kept from the trial.
const HELD: u64 = 5;

/// A row, cut once for all that learns from it.
struct Cut {
    tone: Tone,
    meaning: Option<Meaning>,
    clauses: Vec<(Names, Option<Meaning>)>,
}

impl Cut {
    fn of(row: &Row, how: &How) -> Self {
        let meaning = |tone: &Tone| if how.meaning > 0.0 { tone.meaning().cloned() } else { None };
        let tone = hear(&row.text);
        let parts = if how.clauses > 0.0 { clauses(&row.text) } else { Vec::new() };
        let clause = |part: &str| {
            let tone = hear(part);
            let meaning = meaning(&tone);
            (tone.names, meaning)
        };
        Self { meaning: meaning(&tone), clauses: parts.into_iter().map(clause).collect(), tone }
    }
}

/// Learns. The line is one half; callers that need another set it on rows of their own.
pub(crate) fn detector(rows: &[Row], how: &How) -> Detector {
    let cut: Vec<Cut> = rows.iter().map(|row| Cut::of(row, how)).collect();
    let all: Vec<usize> = (0..rows.len()).collect();
    let (held, seen): (Vec<usize>, Vec<usize>) =
        all.iter().partition(|&&at| mix(&rows[at].text).is_multiple_of(HELD));
    let trial = learn(rows, &cut, &seen, how);
    let usual = held.iter().filter(|&&at| rows[at].usual);
    let scores: Vec<([f32; 2], bool, f32)> =
        usual.map(|&at| ([trial.score(&cut[at].tone), 1.0], rows[at].is, rows[at].count)).collect();
    let trust = if scores.is_empty() { [1.0, 0.0] } else { logistic(&scores) };
    Detector { trust, line: 0.5, ..learn(rows, &cut, &all, how) }
}

fn learn(rows: &[Row], cut: &[Cut], places: &[usize], how: &How) -> Detector {
    let plain = Vocabulary::of(places.iter().map(|&at| &cut[at].tone.names), how.learn.least);
    let vocabulary =
        telling(&plain, places.iter().map(|&at| (&cut[at].tone.names, rows[at].is, rows[at].count)));
    let (weighed, bias) = fit(rows, cut, places, &vocabulary, how);
    let kept = strongest(&vocabulary, &weighed, how.most);
    let (vocabulary, (weighed, bias)) = if kept.len() < vocabulary.len() {
        let vocabulary = Vocabulary::from_rows(kept.into_iter());
        let again = fit(rows, cut, places, &vocabulary, how);
        (vocabulary, again)
    } else {
        (vocabulary, (weighed, bias))
    };
    let (words, along) = weighed.split_at(vocabulary.len());
    let along = along.iter().map(|weight| weight * how.meaning).collect();
    let classifier = Classifier::new(vec!["yes".to_owned()], vocabulary, words, bias);
    Detector { classifier, along, ..Detector::default() }
}

/// The same features, weighed by how differently the two sides use them (Wang and Manning 2012), not by rarity alone.
pub(crate) fn telling<'a>(
    vocabulary: &Vocabulary,
    rows: impl Iterator<Item = (&'a Names, bool, f32)>,
) -> Vocabulary {
    /// What a feature that both sides use alike keeps.
    const ALIKE: f32 = 0.2;
    let mut found = vec![[1.0_f32; 2]; vocabulary.len()];
    let mut sums = [1.0_f32; 2];
    for (names, is, count) in rows {
        for (at, _) in vocabulary.bag(names) {
            found[at as usize][usize::from(is)] += count;
            sums[usize::from(is)] += count;
        }
    }
    let weigh = |(at, (name, rarity)): (usize, (u32, f32))| {
        let [no, yes] = found[at];
        let ratio = ((yes / sums[1]) / (no / sums[0])).ln().abs();
        (name, rarity * (ALIKE + ratio.sqrt()))
    };
    Vocabulary::from_rows(vocabulary.rows().into_iter().enumerate().map(weigh))
}

/// The features that move scores most.
fn strongest(vocabulary: &Vocabulary, weighed: &[f32], most: usize) -> Vec<(u32, f32)> {
    let rows = vocabulary.rows();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let strength = |at: usize| weighed[at].abs() * rows[at].1;
    order.sort_by(|&a, &b| strength(b).total_cmp(&strength(a)));
    order.truncate(most);
    order.sort_unstable();
    order.into_iter().map(|at| rows[at]).collect()
}

fn fit(
    rows: &[Row],
    cut: &[Cut],
    places: &[usize],
    vocabulary: &Vocabulary,
    how: &How,
) -> (Vec<f32>, Vec<f32>) {
    let mut bags: Vec<(Bag, usize, f32)> = Vec::new();
    for &at in places {
        let (row, cut, side) = (&rows[at], &cut[at], usize::from(!rows[at].is));
        let bag = |names, meaning: &Option<Meaning>| bag(vocabulary, names, meaning.as_ref(), how.meaning);
        bags.push((bag(&cut.tone.names, &cut.meaning), side, row.count));
        let parts = cut.clauses.iter().map(|(names, meaning)| bag(names, meaning));
        bags.extend(parts.map(|bag| (bag, side, how.clauses * row.count)));
    }
    let examples: Vec<(&[(u32, f32)], usize)> =
        bags.iter().map(|(bag, at, _)| (bag.as_slice(), *at)).collect();
    let counts: Vec<f32> = bags.iter().map(|bag| bag.2).collect();
    let directions = if how.meaning > 0.0 { shipped().dim() } else { 0 };
    weights(&examples, &counts, 1, vocabulary.len() + directions, &how.learn)
}

/// A text's features, its meaning after them as features of their own.
fn bag(vocabulary: &Vocabulary, names: &Names, meaning: Option<&Meaning>, share: f32) -> Bag {
    let mut bag = vocabulary.bag(names);
    if let Some(meaning) = meaning {
        let (from, factor) = (vocabulary.len() as u32, share * meaning.scale());
        bag.extend(meaning.parts().iter().zip(from..).map(|(&part, at)| (at, factor * f32::from(part))));
    }
    bag
}

/// A long text's first clauses; none of a text that is one.
pub(crate) fn clauses(text: &str) -> Vec<&str> {
    const MOST: usize = 6;
    const SHORTEST: usize = 4;
    let ends = ['，', '。', '！', '？', '；', ',', '.', '!', '?', ';', '\n'];
    let parts = text.split(ends).filter(|part| part.trim().chars().count() >= SHORTEST);
    let found: Vec<&str> = parts.take(MOST).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// A number from a text, evenly spread and the same everywhere.
pub(crate) fn mix(text: &str) -> u64 {
    let hash = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    (hash ^ hash >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32
}
