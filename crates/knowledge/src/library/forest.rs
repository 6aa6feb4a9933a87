//! Small trees whose sum is the logarithm of the odds: what a weighted sum cannot say ("a missed word weighs
//! more where little else speaks for the entry"). Learnt by `train::boost`, read from `models/rank.json`.

use serde::{Deserialize, Serialize};

/// A question to a value, or an end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "Packed", into = "Packed")]
pub(crate) struct Node {
    /// Which value is looked at; where there are no branches, none is.
    pub(crate) feature: u16,
    /// Up to here it goes to the first branch, beyond to the second.
    pub(crate) line: f32,
    /// The places of both branches; 0 for an end, since no branch leads to the root.
    pub(crate) branches: [u16; 2],
    /// What is known when one is here.
    pub(crate) value: f32,
}

/// As it stands in the file.
type Packed = (u16, f32, u16, u16, f32);

impl From<Packed> for Node {
    fn from((feature, line, low, high, value): Packed) -> Self {
        Self { feature, line, branches: [low, high], value }
    }
}

impl From<Node> for Packed {
    fn from(node: Node) -> Self {
        (node.feature, node.line, node.branches[0], node.branches[1], node.value)
    }
}

/// Trees, each with its root first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Forest {
    /// The names of the values that are looked at, in their order.
    pub(crate) values: Vec<String>,
    pub(crate) trees: Vec<Vec<Node>>,
}

impl Forest {
    /// The sum, of which each value gets the steps that were taken because of it; the last place gets what
    /// holds before anything is looked at.
    pub(crate) fn weigh(&self, values: &[f32]) -> Vec<f32> {
        let mut parts = vec![0.0; values.len() + 1];
        for tree in &self.trees {
            let Some(mut node) = tree.first() else { continue };
            parts[values.len()] += node.value;
            // Branches lead onward: a tree read from a damaged file ends too.
            let mut at = 0;
            while let Some((next, value)) = node.next(values).zip(values.get(usize::from(node.feature))) {
                let beyond = usize::from(next) > at && !value.is_nan();
                let Some(child) = tree.get(usize::from(next)).filter(|_| beyond) else { break };
                parts[usize::from(node.feature)] += child.value - node.value;
                (at, node) = (usize::from(next), child);
            }
        }
        parts
    }
}

impl Node {
    fn next(&self, values: &[f32]) -> Option<u16> {
        let value = values.get(usize::from(self.feature))?;
        let next = self.branches[usize::from(*value > self.line)];
        (next > 0).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stump() -> Forest {
        let end = |value| Node { feature: 0, line: 0.0, branches: [0, 0], value };
        let root = Node { feature: 1, line: 0.5, branches: [1, 2], value: 0.1 };
        Forest { values: Vec::new(), trees: vec![vec![root, end(-1.0), end(2.0)]] }
    }

    #[test]
    fn each_value_gets_its_steps() {
        assert_eq!(stump().weigh(&[9.0, 0.6]), [0.0, 1.9, 0.1]);
        assert_eq!(stump().weigh(&[9.0, 0.5]), [0.0, -1.1, 0.1]);
    }

    #[test]
    fn a_damaged_tree_ends() {
        let mut forest = stump();
        forest.trees[0][2].branches = [2, 2];
        forest.trees[0][1].branches = [0, 900];
        assert_eq!(forest.weigh(&[9.0, 0.6]).len(), 3);
        assert_eq!(forest.weigh(&[]).len(), 1);
    }
}
