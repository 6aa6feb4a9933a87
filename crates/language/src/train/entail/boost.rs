//! Grows the trees of a forest, each on what the ones before got wrong (gradient boosting, Newton steps). No chance in it.

use crate::entail::{Forest, Node};

/// A row: its values, what it is, and how much it counts.
pub(super) struct Row {
    pub(super) values: Vec<f32>,
    pub(super) is: bool,
    pub(super) weight: f32,
}

const TREES: usize = 260;
const DEPTH: usize = 5;
/// How far each tree goes towards what it would want.
const PACE: f64 = 0.09;
/// Draws the ends of trees to zero.
const PULL: f64 = 8.0;
/// Less than this, by weight, tells nothing.
const FEWEST: f64 = 25.0;
/// Lines are drawn between so many equal parts of what occurs.
const PARTS: usize = 48;

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

    fn gain(self) -> f64 {
        self.slope * self.slope / (self.curve + PULL)
    }
}

/// A forest for the probability that a row is one.
pub(super) fn forest(rows: &[Row]) -> Forest {
    let features = rows.first().map_or(0, |row| row.values.len());
    let lines: Vec<Vec<f32>> = (0..features).map(|feature| lines(rows, feature)).collect();
    let binned: Vec<Vec<u8>> = (0..features)
        .map(|feature| {
            let bin = |row: &Row| lines[feature].partition_point(|line| *line < row.values[feature]) as u8;
            rows.iter().map(bin).collect()
        })
        .collect();
    let mut scores = vec![0.0_f64; rows.len()];
    let mut forest = Forest::default();
    for _ in 0..TREES {
        let sums: Vec<Sums> = rows.iter().zip(&scores).map(|(row, &score)| slope(row, score)).collect();
        let mut growing = Growing { lines: &lines, binned: &binned, sums: &sums, nodes: Vec::new() };
        growing.grow((0..rows.len() as u32).collect(), DEPTH, &mut scores);
        forest.trees.push(growing.nodes);
    }
    forest
}

fn slope(row: &Row, score: f64) -> Sums {
    let (probability, weight) = (1.0 / (1.0 + (-score).exp()), f64::from(row.weight));
    let wanted = f64::from(u8::from(row.is));
    Sums { slope: weight * (probability - wanted), curve: weight * probability * (1.0 - probability), weight }
}

fn lines(rows: &[Row], feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = rows.iter().map(|row| row.values[feature]).collect();
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

impl Growing<'_> {
    fn grow(&mut self, members: Vec<u32>, depth: usize, scores: &mut [f64]) -> u8 {
        let mut total = Sums::default();
        for &at in &members {
            total.add(self.sums[at as usize]);
        }
        let value = -PACE * total.slope / (total.curve + PULL);
        let place = self.nodes.len();
        self.nodes.push(Node { feature: 0, line: 0.0, branches: [0, 0], value: value as f32 });
        let parting = if depth > 0 { self.parting(&members, total) } else { None };
        let Some((feature, bin)) = parting else {
            for at in members {
                scores[at as usize] += value;
            }
            return place as u8;
        };
        let (left, right): (Vec<u32>, Vec<u32>) =
            members.into_iter().partition(|&at| self.binned[feature][at as usize] <= bin);
        let branches = [self.grow(left, depth - 1, scores), self.grow(right, depth - 1, scores)];
        self.nodes[place] = Node {
            feature: feature as u8,
            line: self.lines[feature][usize::from(bin)],
            branches,
            value: 0.0,
        };
        place as u8
    }

    /// The feature and the bin up to which a row goes left.
    fn parting(&self, members: &[u32], total: Sums) -> Option<(usize, u8)> {
        let mut best: (f64, Option<(usize, u8)>) = (total.gain() + 1e-3, None);
        for (feature, lines) in self.lines.iter().enumerate() {
            let mut bins = [Sums::default(); PARTS + 1];
            for &at in members {
                bins[usize::from(self.binned[feature][at as usize])].add(self.sums[at as usize]);
            }
            let mut left = Sums::default();
            for (bin, sums) in bins.iter().enumerate().take(lines.len()) {
                left.add(*sums);
                let right = total.without(left);
                let gain = left.gain() + right.gain();
                if gain > best.0 && left.weight.min(right.weight) >= FEWEST {
                    best = (gain, Some((feature, bin as u8)));
                }
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_at_once_is_learnt() {
        let row = |at: usize| {
            let values = vec![(at % 40) as f32, (at / 40) as f32];
            Row { is: values[0] > 20.0 && values[1] < 20.0, values, weight: 1.0 }
        };
        let forest = forest(&(0..1_600).map(row).collect::<Vec<_>>());
        assert!(forest.probability(&[30.0, 5.0]) > 0.9);
        assert!(forest.probability(&[30.0, 30.0]) < 0.1 && forest.probability(&[5.0, 5.0]) < 0.1);
    }
}
