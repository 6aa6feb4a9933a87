//! Grows the forest that weighs how a sentence stands to its source.

use crate::{
    entail::{Forest, NAMES, Node},
    train::boost::{Bearing, Grown, Growth, Row, grow},
};

/// A row: its values, what it is, and how much it counts.
#[derive(Clone)]
pub(super) struct Example {
    pub(super) values: Vec<f32>,
    pub(super) is: bool,
    pub(super) weight: f32,
}

const GROWTH: Growth =
    Growth { trees: 200, depth: 5, pace: 0.05, pull: 0.6, fewest: 12.0, parts: 64, one_in: 3 };

/// A forest for the probability that a row is one.
pub(super) fn forest(examples: &[Example]) -> Forest {
    let rows: Vec<Row<'_>> = examples.iter().map(row).collect();
    let bearings = vec![Bearing::Either; NAMES.len()];
    let trees = grow(&rows, &bearings, &GROWTH);
    Forest { trees: trees.into_iter().map(|tree| tree.into_iter().map(node).collect()).collect(), line: 0.0 }
}

fn row(example: &Example) -> Row<'_> {
    Row { values: &example.values, is: example.is, weight: f64::from(example.weight) }
}

fn node(grown: Grown) -> Node {
    let Grown { feature, line, branches, value } = grown;
    // Only an end has a value in the file.
    let value = if branches[0] > 0 { 0.0 } else { value };
    Node { feature: feature as u8, line, branches: branches.map(|place| place as u8), value }
}
