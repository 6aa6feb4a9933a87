//! Grows the forests that weigh how a sentence stands to its source.

pub(super) use crate::train::boost::Row;
use crate::{
    entail::{Forest, NAMES, Node},
    train::boost::{Bearing, Grown, Growth, grow},
};

const FREE: Growth =
    Growth { trees: 700, depth: 5, pace: 0.05, pull: 3.0, fewest: 8.0, parts: 64, one_in: 3 };
const CLOSE: Growth =
    Growth { trees: 200, depth: 4, pace: 0.12, pull: 2.0, fewest: 25.0, parts: 64, one_in: 3 };
const WORDING: Growth =
    Growth { trees: 80, depth: 3, pace: 0.1, pull: 1.0, fewest: 20.0, parts: 64, one_in: 1 };

/// What the manner of wording is told by: how near the words are, and neither how long a text is nor what it is about.
const NEARNESS: [&str; 23] = [
    "covered",
    "covered softly",
    "best line covered",
    "two lines covered",
    "best line softly",
    "farthest",
    "second farthest",
    "third farthest",
    "missing",
    "neighbours",
    "order",
    "letters in a row",
    "closeness to a line",
    "near line",
    "near two lines",
    "near lacks",
    "near lacks second",
    "near clause worst",
    "near clause",
    "soft sum",
    "missing at .9",
    "worst clause",
    "clause mean",
];

/// Judges what is worded freely.
pub(super) fn free(rows: &[Row<'_>]) -> Forest {
    forest(rows, &FREE, |_| Bearing::Either)
}

/// Judges what is worded closely.
pub(super) fn close(rows: &[Row<'_>]) -> Forest {
    forest(rows, &CLOSE, |_| Bearing::Either)
}

/// Tells what is worded freely.
pub(super) fn wording(rows: &[Row<'_>]) -> Forest {
    forest(rows, &WORDING, |name| if NEARNESS.contains(&name) { Bearing::Either } else { Bearing::Mute })
}

fn forest(rows: &[Row<'_>], growth: &Growth, bearing: impl Fn(&str) -> Bearing) -> Forest {
    let bearings: Vec<Bearing> = NAMES.iter().map(|name| bearing(name)).collect();
    let trees = grow(rows, &bearings, growth);
    Forest { trees: trees.into_iter().map(|tree| tree.into_iter().map(node).collect()).collect(), line: 0.0 }
}

fn node(grown: Grown) -> Node {
    let Grown { feature, line, branches, value } = grown;
    // Only an end has a value in the file.
    let value = if branches[0] > 0 { 0.0 } else { value };
    Node { feature: feature as u8, line, branches: branches.map(|place| place as u8), value }
}
