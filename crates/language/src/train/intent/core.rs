//! Both views of one set of examples.

use super::{Example, Settings, centres};
use crate::{
    bag::{Names, Vocabulary, names_cut},
    embed::{Embedder, Piece, pieces},
    intent::{Core, Look, Sight},
    train::linear,
};

/// From so many examples on, a feature must stand in two of them to count.
const MANY: usize = 1_000;
/// What an error costs in the linear view. From the validation rows of CLINC150 and HWU64.
const COST: f32 = 2.0;

/// An example, cut once for all models that learn from it.
pub(super) struct Row<'a> {
    pub(super) text: &'a str,
    pub(super) intent: &'a str,
    pub(super) pieces: Vec<Piece>,
    pub(super) look: Look,
    names: Names,
}

/// Cuts examples.
pub(super) fn read(examples: &[Example]) -> Vec<Row<'_>> {
    examples.iter().map(row).collect()
}

fn row(example: &Example) -> Row<'_> {
    let look = Look::at(&example.text);
    let names = names_cut(&look.normal, &look.terms);
    let pieces = pieces(&look.normal, &look.terms);
    Row { text: &example.text, intent: &example.intent, pieces, look, names }
}

/// Learns from the rows at these places.
pub(super) fn learn(base: &Embedder, rows: &[Row<'_>], places: &[usize], settings: &Settings) -> Core {
    let mut names: Vec<String> = places.iter().map(|&at| rows[at].intent.to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    let class = |at: &usize| names.binary_search_by(|name| name.as_str().cmp(rows[*at].intent));
    let labels: Vec<usize> = places.iter().map(|at| class(at).unwrap_or_default()).collect();
    let least = if places.len() < MANY { 1 } else { 2 };
    let vocabulary = Vocabulary::of(places.iter().map(|&at| &rows[at].names), least);
    let sight = Sight { vocabulary, base: base.clone(), sentences: None };
    let bags: Vec<_> = places.iter().map(|&at| sight.bag(&rows[at].look)).collect();
    let sentence = rows.iter().map(|row| row.look.sentence.len()).max().unwrap_or_default();
    let examples: Vec<(&[(u32, f32)], usize)> =
        bags.iter().map(Vec::as_slice).zip(labels.iter().copied()).collect();
    let how = linear::Settings { cost: COST, seed: settings.seed, ..linear::Settings::default() };
    let linear = linear::fit(&examples, names.len(), sight.features(sentence), &how);
    let bags: Vec<&[Piece]> = places.iter().map(|&at| rows[at].pieces.as_slice()).collect();
    let tuned = centres::learn(base, &bags, &labels, names.len(), settings.seed);
    Core { names, sight, linear, tuned }
}
