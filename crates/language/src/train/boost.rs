//! Grows small trees, each on what the ones before got wrong (gradient boosting, Newton steps). No chance in it.
//!
//! A value that may speak in one direction only never speaks in the other: branches that would say so are not grown, and
//! what grows below them keeps to the bounds of the branch.

/// How trees are grown.
#[derive(Debug, Clone, Copy)]
pub struct Growth {
    /// How many.
    pub trees: usize,
    /// How many questions one above the other.
    pub depth: usize,
    /// How far each tree goes towards what it would want.
    pub pace: f64,
    /// Draws the ends of trees to zero.
    pub pull: f64,
    /// Less than this, by weight, tells nothing.
    pub fewest: f64,
    /// Lines are drawn between so many equal parts of what occurs: at most 255.
    pub parts: usize,
    /// Each tree looks at one value in so many, other trees at others; 1 for all.
    pub one_in: usize,
}

/// In which direction a value may speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// More of it never makes a yes less probable.
    For,
    /// More of it never makes a yes more probable.
    Against,
    /// In either.
    Either,
    /// In none: it is not looked at.
    Mute,
}

/// A row: its values, what it is, and how much it counts.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// One for each value, in the same order in all rows.
    pub values: &'a [f32],
    /// Whether it is a yes.
    pub is: bool,
    /// How much it counts.
    pub weight: f64,
}

/// A question to a value, or an end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grown {
    /// Which value is looked at.
    pub feature: usize,
    /// Up to here it goes to the first branch, beyond to the second.
    pub line: f32,
    /// The places of both branches in the tree; 0 for an end, since no branch leads to the root.
    pub branches: [usize; 2],
    /// What is known when one is here: a step in the logarithm of the odds.
    pub value: f32,
}

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
}

/// Trees, each with its root first, whose sum is the logarithm of the odds that a row is a yes.
pub fn grow(rows: &[Row<'_>], bearings: &[Bearing], growth: &Growth) -> Vec<Vec<Grown>> {
    let lines: Vec<Vec<f32>> =
        (0..bearings.len()).map(|feature| lines(rows, feature, growth.parts)).collect();
    let binned: Vec<Vec<u8>> = (0..bearings.len())
        .map(|feature| {
            let bin =
                |row: &Row<'_>| lines[feature].partition_point(|line| *line < row.values[feature]) as u8;
            rows.iter().map(bin).collect()
        })
        .collect();
    let mut scores = vec![0.0_f64; rows.len()];
    let mut trees = Vec::new();
    for tree in 0..growth.trees {
        let sums: Vec<Sums> = rows.iter().zip(&scores).map(|(row, &score)| slope(row, score)).collect();
        let mut growing = Growing {
            growth,
            bearings,
            lines: &lines,
            binned: &binned,
            sums: &sums,
            tree,
            nodes: Vec::new(),
        };
        let every: Vec<u32> = (0..rows.len() as u32).collect();
        growing.grow(&every, growth.depth, [f64::MIN, f64::MAX], &mut scores);
        trees.push(growing.nodes);
    }
    trees
}

/// Slope and curvature of the loss at what is believed of a row so far.
fn slope(row: &Row<'_>, score: f64) -> Sums {
    let (probability, weight) = (1.0 / (1.0 + (-score).exp()), row.weight);
    let wanted = f64::from(u8::from(row.is));
    Sums { slope: weight * (probability - wanted), curve: weight * probability * (1.0 - probability), weight }
}

/// Where a value may be parted: between equal parts of what occurs.
fn lines(rows: &[Row<'_>], feature: usize, parts: usize) -> Vec<f32> {
    let mut values: Vec<f32> = rows.iter().map(|row| row.values[feature]).collect();
    values.sort_by(f32::total_cmp);
    let Some(&most) = values.last() else { return Vec::new() };
    let mut lines: Vec<f32> = (1..parts).map(|part| values[part * (values.len() - 1) / parts]).collect();
    lines.dedup();
    lines.retain(|line| *line < most);
    lines
}

/// Whether a tree looks at a value: spread evenly, without chance.
const fn looks(tree: usize, feature: usize, one_in: usize) -> bool {
    let mixed = (tree as u64 + 1)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(feature as u64 + 1)
        .wrapping_mul(0xBF58_476D_1CE4_E5B9);
    one_in < 2 || ((mixed ^ (mixed >> 29)) >> 7).is_multiple_of(one_in as u64)
}

struct Growing<'a> {
    growth: &'a Growth,
    bearings: &'a [Bearing],
    lines: &'a [Vec<f32>],
    binned: &'a [Vec<u8>],
    sums: &'a [Sums],
    tree: usize,
    nodes: Vec<Grown>,
}

/// The best way to part a node: the feature, the bin up to which it goes left, and both sides' sums.
struct Parting {
    gain: f64,
    feature: usize,
    bin: u8,
    sides: [Sums; 2],
}

impl Growing<'_> {
    fn value(&self, sums: Sums) -> f64 {
        -sums.slope / (sums.curve + self.growth.pull)
    }

    fn gain(&self, sums: Sums) -> f64 {
        sums.slope * sums.slope / (sums.curve + self.growth.pull)
    }

    /// Grows a node and what is below it, moves the scores of its rows, and says where it stands.
    fn grow(&mut self, members: &[u32], depth: usize, bounds: [f64; 2], scores: &mut [f64]) -> usize {
        let mut total = Sums::default();
        for &at in members {
            total.add(self.sums[at as usize]);
        }
        let value = self.growth.pace * self.value(total).clamp(bounds[0], bounds[1]);
        let place = self.nodes.len();
        self.nodes.push(Grown { feature: 0, line: 0.0, branches: [0, 0], value: value as f32 });
        let parting = if depth > 0 { self.parting(members, total, bounds) } else { None };
        let Some(parting) = parting else {
            for &at in members {
                scores[at as usize] += value;
            }
            return place;
        };
        let bins = &self.binned[parting.feature];
        let (left, right): (Vec<u32>, Vec<u32>) =
            members.iter().partition(|&&at| bins[at as usize] <= parting.bin);
        let [low, high] = self.narrowed(&parting, bounds);
        let branches = [self.grow(&left, depth - 1, low, scores), self.grow(&right, depth - 1, high, scores)];
        let line = self.lines[parting.feature][usize::from(parting.bin)];
        let node = &mut self.nodes[place];
        (node.feature, node.line, node.branches) = (parting.feature, line, branches);
        place
    }

    /// The bounds of both branches.
    fn narrowed(&self, parting: &Parting, bounds: [f64; 2]) -> [[f64; 2]; 2] {
        let [left, right] = parting.sides.map(|sums| self.value(sums));
        let between = f64::midpoint(left, right).clamp(bounds[0], bounds[1]);
        let [mut low, mut high] = [bounds, bounds];
        match self.bearings[parting.feature] {
            Bearing::For => (low[1], high[0]) = (between, between),
            Bearing::Against => (low[0], high[1]) = (between, between),
            Bearing::Either | Bearing::Mute => {}
        }
        [low, high]
    }

    fn parting(&self, members: &[u32], total: Sums, bounds: [f64; 2]) -> Option<Parting> {
        let mut best: Option<Parting> = None;
        let mut bins = vec![Sums::default(); self.growth.parts + 1];
        let looks = |feature: usize| looks(self.tree, feature, self.growth.one_in);
        for (feature, lines) in self.lines.iter().enumerate().filter(|(feature, _)| looks(*feature)) {
            bins.fill(Sums::default());
            let binned = &self.binned[feature];
            for &at in members {
                bins[usize::from(binned[at as usize])].add(self.sums[at as usize]);
            }
            let mut left = Sums::default();
            for (bin, sums) in bins.iter().enumerate().take(lines.len()) {
                left.add(*sums);
                let right = total.without(left);
                let gain = self.gain(left) + self.gain(right) - self.gain(total);
                let better = gain > best.as_ref().map_or(1e-3, |best| best.gain);
                let enough = left.weight.min(right.weight) >= self.growth.fewest;
                if better && enough && self.may(feature, left, right, bounds) {
                    best = Some(Parting { gain, feature, bin: bin as u8, sides: [left, right] });
                }
            }
        }
        best
    }

    /// Whether the branches say what their value may say.
    fn may(&self, feature: usize, left: Sums, right: Sums, bounds: [f64; 2]) -> bool {
        let [left, right] = [left, right].map(|sums| self.value(sums).clamp(bounds[0], bounds[1]));
        match self.bearings[feature] {
            Bearing::For => left <= right,
            Bearing::Against => left >= right,
            Bearing::Either => true,
            Bearing::Mute => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROWTH: Growth =
        Growth { trees: 120, depth: 3, pace: 0.1, pull: 2.0, fewest: 20.0, parts: 40, one_in: 1 };

    /// The odds at a place, after rows on a grid of forty by forty.
    fn odds(bearings: [Bearing; 2], is: impl Fn(f32, f32) -> bool, asked: [f32; 2]) -> f32 {
        let values: Vec<[f32; 2]> = (0..1_600).map(|at| [(at % 40) as f32, (at / 40) as f32]).collect();
        let row = |values: &'static [f32; 2]| Row { values, is: is(values[0], values[1]), weight: 1.0 };
        let values: &'static [[f32; 2]] = values.leak();
        let trees = grow(&values.iter().map(row).collect::<Vec<_>>(), &bearings, &GROWTH);
        trees.iter().map(|tree| end(tree, asked)).sum()
    }

    fn end(tree: &[Grown], asked: [f32; 2]) -> f32 {
        let mut at = 0;
        while tree[at].branches[0] > 0 {
            at = tree[at].branches[usize::from(asked[tree[at].feature] > tree[at].line)];
        }
        tree[at].value
    }

    #[test]
    fn both_at_once_is_learnt() {
        let odds = |asked| odds([Bearing::Either; 2], |a, b| a > 20.0 && b < 20.0, asked);
        assert!(odds([30.0, 5.0]) > 2.0);
        assert!(odds([30.0, 30.0]) < -2.0 && odds([5.0, 5.0]) < -2.0);
    }

    #[test]
    fn what_may_only_speak_for_never_speaks_against() {
        // The data say the opposite of what is true.
        let odds = |asked| odds([Bearing::For, Bearing::Mute], |a, _| a < 20.0, asked);
        for other in [5.0, 30.0] {
            assert!(odds([30.0, other]) >= odds([5.0, other]));
        }
    }
}
