//! Learns the labels of one file of texts: feelings in a trade of its own, as `frontdesk eval sentiment --train` does.

use super::{
    detector::{clauses, telling},
    linear::{Settings, fit_weighed},
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

/// Learns from texts with their labels.
pub fn fresh(rows: &[(&str, &str)]) -> Fresh {
    let mut names: Vec<&str> = rows.iter().map(|row| row.1).collect();
    names.sort_unstable();
    names.dedup();
    let label = |row: &(&str, &str)| names.binary_search(&row.1).unwrap_or_default();
    let tones: Vec<Tone> = rows.iter().map(|row| hear(row.0)).collect();
    let plain = Vocabulary::of(tones.iter().map(|tone| &tone.names), LEAST);
    let vocabulary = if names.len() == 2 {
        telling(&plain, tones.iter().zip(rows).map(|(tone, row)| (&tone.names, label(row) == 0, 1.0)))
    } else {
        plain
    };
    let mut model = Fresh { vocabulary, base: shipped(), ..Fresh::default() };
    let mut sizes = vec![0.0_f32; names.len()];
    for row in rows {
        sizes[label(row)] += 1.0;
    }
    let mut bags: Vec<(Bag, usize, f32)> = Vec::new();
    for (row, tone) in rows.iter().zip(&tones) {
        // Another trade praises and blames in other shares, so the share must not be learnt.
        let even = rows.len() as f32 / (names.len() as f32 * sizes[label(row)]);
        bags.push((model.bag(tone), label(row), even));
        bags.extend(clauses(row.0).iter().map(|part| (model.bag(&hear(part)), label(row), CLAUSE * even)));
    }
    let examples: Vec<_> = bags.iter().map(|(bag, at, _)| (bag.as_slice(), *at)).collect();
    let counts: Vec<f32> = bags.iter().map(|bag| bag.2).collect();
    let how = Settings { cost: 0.1, ..Settings::default() };
    model.linear = fit_weighed(&examples, &counts, names.len(), model.features(), &how);
    model.names = names.into_iter().map(str::to_owned).collect();
    model
}
