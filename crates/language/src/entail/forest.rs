//! Small trees whose sum is the logarithm of the odds.

use serde::{Deserialize, Serialize};

/// A question to a value, or an end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Node {
    /// Which value is looked at.
    pub(crate) feature: u8,
    /// Up to here it goes to the first branch, beyond to the second.
    pub(crate) line: f32,
    /// The places of both branches; 0 for an end, since no branch leads to the root.
    pub(crate) branches: [u8; 2],
    /// What an end adds.
    pub(crate) value: f32,
}

/// Trees, each with its root first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Forest {
    pub(crate) trees: Vec<Vec<Node>>,
    /// The odds, as a logarithm, from which it is a yes.
    pub(crate) line: f32,
}

impl Forest {
    /// The logarithm of the odds that it is a yes.
    pub(crate) fn odds(&self, values: &[f32]) -> f32 {
        self.trees.iter().map(|tree| end(tree, values)).sum()
    }
}

fn end(tree: &[Node], values: &[f32]) -> f32 {
    let mut at = 0;
    while let Some(node) = tree.get(at) {
        let value = values.get(usize::from(node.feature)).copied().unwrap_or(0.0);
        let next = usize::from(node.branches[usize::from(value > node.line)]);
        // Branches lead onward: a tree read from a damaged file ends too.
        if next <= at {
            return node.value;
        }
        at = next;
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_tree_ends() {
        let end = |value| Node { feature: 0, line: 0.0, branches: [0, 0], value };
        let root = Node { feature: 1, line: 0.5, branches: [1, 2], value: 0.0 };
        let mut forest = Forest { trees: vec![vec![root, end(-1.0), end(2.0)]], line: 0.5 };
        assert!(forest.odds(&[0.0, 0.6]) > 1.5 && forest.odds(&[0.0, 0.4]) < -0.5);
        forest.trees[0][2].branches = [2, 9];
        assert!(forest.odds(&[0.0, 0.6]).is_finite());
    }
}
