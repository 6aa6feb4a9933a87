//! All views of one set of examples.

use std::{borrow::Cow, collections::HashSet};

use super::{Example, Settings, plugged, spoken::spoken, tuned};
use crate::{
    bag::{Names, Vocabulary, names_cut},
    embed::{Embedder, Meaning, Piece},
    intent::{Core, Look, Middles, NOT_OURS, Nearest, Reach, Sight, linear_share},
    linear::Linear,
    train::linear,
};

/// From so many examples on, a feature must stand in two of them to count.
const MANY: usize = 1_000;
/// What an error costs in the linear view. From the validation rows of CLINC150 and HWU64.
const COST: f32 = 2.0;

/// An example, cut once for all models that learn from it.
pub(super) struct Row<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) intent: &'a str,
    /// Whether it is no example, but the intent's own name as one would say it.
    pub(super) is_name: bool,
    pub(super) look: Look,
    names: Names,
}

/// Cuts examples, and the names of their intents beside them: who named an intent knew what it is about. A name of
/// words that no customer says tells nothing.
pub(super) fn read(examples: &[Example]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> =
        examples.iter().map(|example| row(example.text.as_str().into(), &example.intent)).collect();
    let mut intents: Vec<&str> =
        rows.iter().map(|row| row.intent).filter(|intent| *intent != NOT_OURS).collect();
    intents.sort_unstable();
    intents.dedup();
    let said: HashSet<&String> = rows.iter().flat_map(|row| &row.look.terms).collect();
    let named = intents.into_iter().filter_map(|intent| Some(row(spoken(intent)?.into(), intent)));
    let named: Vec<Row<'_>> =
        named.filter(|name| name.look.terms.iter().all(|term| said.contains(term))).collect();
    rows.extend(named.into_iter().map(|name| Row { is_name: true, ..name }));
    rows
}

fn row<'a>(text: Cow<'a, str>, intent: &'a str) -> Row<'a> {
    let look = Look::at(&text);
    let names = names_cut(&look.normal, &look.terms);
    Row { text, intent, is_name: false, look, names }
}

/// Learns from the rows at these places.
pub(super) fn learn(base: &Embedder, rows: &[Row<'_>], places: &[usize], settings: &Settings) -> Core {
    // What a score is worth without the nearest example is known for few examples; with it, it must be learnt.
    let is_near_heard = super::trials::are_enough(rows);
    let rows: Vec<&Row<'_>> = places.iter().map(|&at| &rows[at]).collect();
    let mut names: Vec<String> = rows.iter().map(|row| row.intent.to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    let class = |row: &&Row<'_>| names.binary_search_by(|name| name.as_str().cmp(row.intent));
    let labels: Vec<usize> = rows.iter().map(|row| class(row).unwrap_or_default()).collect();
    let least = if rows.len() < MANY { 1 } else { 2 };
    let vocabulary = Vocabulary::of(rows.iter().map(|row| &row.names), least);
    let reach = Reach::of(&rows.iter().map(|row| base.reach(&row.look.pieces)).collect::<Vec<_>>());
    let sight = Sight { vocabulary, base: base.clone(), reach, sentences: None };
    let meanings: Vec<Option<Meaning>> = rows.iter().map(|row| base.embed_pieces(&row.look.pieces)).collect();
    let linear = linear(&sight, &rows, &meanings, &labels, names.len(), settings);
    let bags: Vec<&[Piece]> = rows.iter().map(|row| row.look.pieces.as_slice()).collect();
    let tuned = tuned::learn(base, &bags, &labels, names.len(), settings.seed);
    let plugged = plugged(&rows, &labels, names.len(), settings);
    let linear_share = linear_share(rows.len() as f32 / names.len().max(1) as f32);
    let known = labels.iter().zip(meanings).filter_map(|(&label, meaning)| Some((label, meaning?)));
    let known: Vec<(usize, Meaning)> = known.filter(|_| is_near_heard).collect();
    let nearest = Nearest::of(&known, names.len());
    Core { names, sight, linear, linear_share, tuned, nearest, plugged }
}

fn linear(
    sight: &Sight,
    rows: &[&Row<'_>],
    meanings: &[Option<Meaning>],
    labels: &[usize],
    classes: usize,
    settings: &Settings,
) -> Linear {
    let bags: Vec<_> =
        rows.iter().zip(meanings).map(|(row, meaning)| sight.bag(&row.look, meaning.as_ref())).collect();
    let examples: Vec<(&[(u32, f32)], usize)> =
        bags.iter().map(Vec::as_slice).zip(labels.iter().copied()).collect();
    let how = linear::Settings { cost: COST, seed: settings.seed, ..linear::Settings::default() };
    linear::fit(&examples, classes, sight.features(vector_length(rows)), &how)
}

/// Of the rows that have a vector by the plugged model: it may have failed on some.
fn plugged(rows: &[&Row<'_>], labels: &[usize], classes: usize, settings: &Settings) -> Middles {
    let length = vector_length(rows);
    let whole = rows.iter().zip(labels).filter(|(row, _)| length > 0 && row.look.sentence.len() == length);
    let (vectors, labels): (Vec<&[f32]>, Vec<usize>) =
        whole.map(|(row, label)| (row.look.sentence.as_slice(), *label)).unzip();
    plugged::learn(&vectors, &labels, classes, settings.seed)
}

fn vector_length(rows: &[&Row<'_>]) -> usize {
    rows.iter().map(|row| row.look.sentence.len()).max().unwrap_or_default()
}
