//! Grows the trees of a [`Forest`]. A value that may only speak for an entry never speaks against it.

use language::train::boost::{Bearing, Grown, Growth, Row, grow};

use super::fit::{Example, Sign, sign};
use crate::library::{
    forest::{Forest, Node},
    model::STANDING,
};

const GROWTH: Growth =
    Growth { trees: 200, depth: 3, pace: 0.08, pull: 2.0, fewest: 20.0, parts: 40, one_in: 1 };

/// A forest for the probability that an example is right.
pub(super) fn forest(examples: &[Example]) -> Forest {
    let all: f64 = examples.iter().map(|example| f64::from(example.weight)).sum();
    let weight = |example: &Example| f64::from(example.weight) * examples.len() as f64 / all;
    let rows: Vec<Row<'_>> = examples
        .iter()
        .map(|example| Row { values: &example.standing.values, is: example.right, weight: weight(example) })
        .collect();
    let bearing = |name: &&str| match sign(name) {
        Sign::For => Bearing::For,
        Sign::Against => Bearing::Against,
        Sign::Either => Bearing::Either,
        Sign::Bias => Bearing::Mute,
    };
    let bearings: Vec<Bearing> = STANDING.iter().map(bearing).collect();
    let trees = grow(&rows, &bearings, &GROWTH);
    Forest {
        values: STANDING.iter().map(|&name| name.to_owned()).collect(),
        trees: trees.into_iter().map(|tree| tree.into_iter().map(node).collect()).collect(),
    }
}

fn node(grown: Grown) -> Node {
    let Grown { feature, line, branches, value } = grown;
    Node { feature: feature as u16, line, branches: branches.map(|place| place as u16), value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{features::Sort, model::Standing};

    fn place(name: &str) -> usize {
        STANDING.iter().position(|&known| known == name).expect("a value of that name")
    }

    /// An example on a grid of twenty by twenty.
    fn example(at: usize, right: impl Fn(f32, f32) -> bool) -> Example {
        let (covered, lacking) = ((at % 20) as f32 / 19.0, (at / 20) as f32 / 19.0);
        let mut values = [0.0; STANDING.len()];
        (values[place("covered")], values[place("lacking")]) = (covered, lacking);
        let standing = Standing { sort: Sort::Asked, values };
        Example { weight: 1.0, standing, right: right(covered, lacking) }
    }

    fn odds(forest: &Forest, covered: f32, lacking: f32) -> f32 {
        let mut values = [0.0; STANDING.len()];
        (values[place("covered")], values[place("lacking")]) = (covered, lacking);
        forest.weigh(&values).iter().sum()
    }

    #[test]
    fn both_at_once_is_learnt() {
        let rows: Vec<Example> =
            (0..400).map(|at| example(at, |covered, lacking| covered > 0.5 && lacking < 0.5)).collect();
        let forest = forest(&rows);
        assert!(odds(&forest, 0.9, 0.1) > 2.0);
        assert!(odds(&forest, 0.9, 0.9) < -2.0 && odds(&forest, 0.1, 0.1) < -2.0);
    }

    #[test]
    fn closeness_never_speaks_against_an_entry() {
        // The data say the opposite of what is true.
        let rows: Vec<Example> = (0..400).map(|at| example(at, |covered, _| covered < 0.5)).collect();
        let forest = forest(&rows);
        for lacking in [0.1, 0.9] {
            assert!(odds(&forest, 0.9, lacking) >= odds(&forest, 0.1, lacking));
        }
    }
}
