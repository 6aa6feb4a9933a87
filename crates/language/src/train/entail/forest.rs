//! Grows the forest that weighs how a sentence stands to its source.

use crate::{
    entail::{Forest, NAMES, Node},
    train::boost::{Bearing, Grown, Growth, Row, grow},
};

/// A row: its values, what it is, and how much it counts.
pub(super) struct Example {
    pub(super) values: Vec<f32>,
    pub(super) is: bool,
    pub(super) weight: f32,
}

const GROWTH: Growth = Growth { trees: 260, depth: 5, pace: 0.09, pull: 8.0, fewest: 25.0, parts: 48 };

/// A forest for the probability that a row is one.
pub(super) fn forest(examples: &[Example]) -> Forest {
    let rows: Vec<Row<'_>> = examples.iter().map(row).collect();
    let bearings: Vec<Bearing> = NAMES.iter().map(|name| bearing(name)).collect();
    let trees = grow(&rows, &bearings, &GROWTH);
    Forest { trees: trees.into_iter().map(|tree| tree.into_iter().map(node).collect()).collect(), line: 0.0 }
}

fn row(example: &Example) -> Row<'_> {
    Row { values: &example.values, is: example.is, weight: f64::from(example.weight) }
}

/// What may speak in one direction only. Falsehoods are planted near to what documents say and people reword freely:
/// unbound, a forest learns that whoever is near lies.
fn bearing(name: &str) -> Bearing {
    match name {
        "covered"
        | "covered softly"
        | "best line covered"
        | "two lines covered"
        | "best line softly"
        | "farthest closeness"
        | "worst clause"
        | "worst clause closeness"
        | "neighbours"
        | "order"
        | "letters in a row"
        | "closeness to a line"
        | "closeness to all"
        | "second half covered"
        | "first words covered"
        | "numbers bound"
        | "numbers beside"
        | "clause worst"
        | "clause mean"
        | "numbers own"
        | "swapped closeness" => Bearing::For,
        "farthest"
        | "second farthest"
        | "third farthest"
        | "longest missing"
        | "soft sum"
        | "farthest noun"
        | "denied here only"
        | "denied there only"
        | "parity differs"
        | "parity differs covered"
        | "opposites"
        | "opposites in place"
        | "opposites soft"
        | "numbers lacking"
        | "numbers rival"
        | "limits turned"
        | "swapped"
        | "ahead here only"
        | "ahead there only"
        | "condition added"
        | "hedge lost"
        | "line asks only" => Bearing::Against,
        _ if name.starts_with("missing") || name.ends_with(" added") && name != "hedge added" => {
            Bearing::Against
        }
        _ => Bearing::Either,
    }
}

fn node(grown: Grown) -> Node {
    let Grown { feature, line, branches, value } = grown;
    // Only an end has a value in the file.
    let value = if branches[0] > 0 { 0.0 } else { value };
    Node { feature: feature as u8, line, branches: branches.map(|place| place as u8), value }
}
