//! Grows the trees of a [`Forest`], each on what the ones before got wrong (gradient boosting, Newton steps).
//!
//! There is no chance in it. A value that may only speak for an entry never speaks against it: branches that
//! would say so are not grown, and what grows below them keeps to the bounds of the branch.

use super::fit::{Example, Sign, sign};
use crate::library::{
    forest::{Forest, Node},
    model::STANDING,
};

const TREES: usize = 200;
const DEPTH: usize = 3;
/// How far each tree goes towards what it would want.
const PACE: f64 = 0.08;
/// Draws the ends of trees to zero.
const PULL: f64 = 2.0;
/// Less than this many examples, by weight, tell nothing.
const FEWEST: f64 = 20.0;
/// Lines are drawn between so many equal parts of what occurs.
const PARTS: usize = 40;

/// Sums of slope, curvature and weight.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    slope: f64,
    curve: f64,
    weight: f64,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.slope += other.slope;
        self.curve += other.curve;
        self.weight += other.weight;
    }

    fn without(self, other: Self) -> Self {
        Self {
            slope: self.slope - other.slope,
            curve: self.curve - other.curve,
            weight: self.weight - other.weight,
        }
    }

    fn value(self) -> f64 {
        -self.slope / (self.curve + PULL)
    }

    fn gain(self) -> f64 {
        self.slope * self.slope / (self.curve + PULL)
    }
}

/// A forest for the probability that an example is right.
pub(super) fn forest(examples: &[Example]) -> Forest {
    let lines: Vec<Vec<f32>> = (0..STANDING.len()).map(|feature| lines(examples, feature)).collect();
    let binned: Vec<Vec<u8>> = examples
        .iter()
        .map(|example| {
            let bin = |(lines, value): (&Vec<f32>, &f32)| lines.partition_point(|line| line < value) as u8;
            lines.iter().zip(&example.standing.values).map(bin).collect()
        })
        .collect();
    let all: f64 = examples.iter().map(|example| f64::from(example.weight)).sum();
    let weights: Vec<f64> =
        examples.iter().map(|example| f64::from(example.weight) * examples.len() as f64 / all).collect();
    let mut scores = vec![0.0_f64; examples.len()];
    let mut forest =
        Forest { values: STANDING.iter().map(|&name| name.to_owned()).collect(), trees: Vec::new() };
    for _ in 0..TREES {
        let sums = sums(examples, &weights, &scores);
        let mut growing = Growing { lines: &lines, binned: &binned, sums: &sums, nodes: Vec::new() };
        let every: Vec<u32> = (0..examples.len() as u32).collect();
        growing.grow(&every, DEPTH, [f64::MIN, f64::MAX], &mut scores);
        forest.trees.push(growing.nodes);
    }
    forest
}

/// Slope and curvature of the loss at what is believed of each example so far.
fn sums(examples: &[Example], weights: &[f64], scores: &[f64]) -> Vec<Sums> {
    let sums = |((example, &weight), score): ((&Example, &f64), &f64)| {
        let probability = 1.0 / (1.0 + (-score).exp());
        let wanted = f64::from(u8::from(example.right));
        Sums {
            slope: weight * (probability - wanted),
            curve: weight * probability * (1.0 - probability),
            weight,
        }
    };
    examples.iter().zip(weights).zip(scores).map(sums).collect()
}

/// Where a value may be parted: between equal parts of what occurs.
fn lines(examples: &[Example], feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = examples.iter().map(|example| example.standing.values[feature]).collect();
    values.sort_by(f32::total_cmp);
    let mut lines: Vec<f32> = (1..PARTS).map(|part| values[part * (values.len() - 1) / PARTS]).collect();
    lines.dedup();
    lines.retain(|line| *line < values[values.len() - 1]);
    lines
}

struct Growing<'a> {
    lines: &'a [Vec<f32>],
    binned: &'a [Vec<u8>],
    sums: &'a [Sums],
    nodes: Vec<Node>,
}

/// The best way to part a node: the feature, the bin up to which it goes left, and both sides' sums.
struct Parting {
    gain: f64,
    feature: usize,
    bin: u8,
    sides: [Sums; 2],
}

impl Growing<'_> {
    /// Grows a node and what is below it, moves the scores of its examples, and says where it stands.
    fn grow(&mut self, members: &[u32], depth: usize, bounds: [f64; 2], scores: &mut [f64]) -> u16 {
        let mut total = Sums::default();
        for &at in members {
            total.add(self.sums[at as usize]);
        }
        let value = PACE * total.value().clamp(bounds[0], bounds[1]);
        let place = self.nodes.len();
        self.nodes.push(Node { feature: 0, line: 0.0, branches: [0, 0], value: value as f32 });
        let parting = if depth > 0 { self.parting(members, total, bounds) } else { None };
        let Some(parting) = parting else {
            for &at in members {
                scores[at as usize] += value;
            }
            return place as u16;
        };
        let goes_left = |&&at: &&u32| self.binned[at as usize][parting.feature] <= parting.bin;
        let left: Vec<u32> = members.iter().filter(goes_left).copied().collect();
        let right: Vec<u32> = members.iter().filter(|at| !goes_left(at)).copied().collect();
        let between =
            f64::midpoint(parting.sides[0].value(), parting.sides[1].value()).clamp(bounds[0], bounds[1]);
        let [mut low, mut high] = [bounds, bounds];
        match sign(STANDING[parting.feature]) {
            Sign::For => (low[1], high[0]) = (between, between),
            Sign::Against => (low[0], high[1]) = (between, between),
            Sign::Either | Sign::Bias => {}
        }
        let branches = [self.grow(&left, depth - 1, low, scores), self.grow(&right, depth - 1, high, scores)];
        let line = self.lines[parting.feature][usize::from(parting.bin)];
        let node = &mut self.nodes[place];
        (node.feature, node.line, node.branches) = (parting.feature as u16, line, branches);
        place as u16
    }

    fn parting(&self, members: &[u32], total: Sums, bounds: [f64; 2]) -> Option<Parting> {
        let mut best: Option<Parting> = None;
        for (feature, lines) in self.lines.iter().enumerate() {
            let mut bins = [Sums::default(); PARTS + 1];
            for &at in members {
                bins[usize::from(self.binned[at as usize][feature])].add(self.sums[at as usize]);
            }
            let mut left = Sums::default();
            for (bin, sums) in bins.iter().enumerate().take(lines.len()) {
                left.add(*sums);
                let right = total.without(left);
                let gain = left.gain() + right.gain() - total.gain();
                let is_better = gain > best.as_ref().map_or(1e-3, |best| best.gain);
                if is_better && left.weight.min(right.weight) >= FEWEST && may(feature, left, right, bounds) {
                    best = Some(Parting { gain, feature, bin: bin as u8, sides: [left, right] });
                }
            }
        }
        best
    }
}

/// Whether the branches say what their value may say.
fn may(feature: usize, left: Sums, right: Sums, bounds: [f64; 2]) -> bool {
    let value = |sums: Sums| sums.value().clamp(bounds[0], bounds[1]);
    match sign(STANDING[feature]) {
        Sign::For => value(left) <= value(right),
        Sign::Against => value(left) >= value(right),
        Sign::Either => true,
        Sign::Bias => false,
    }
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
