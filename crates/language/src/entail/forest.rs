//! Small trees whose sum is the logarithm of the odds, as a file of a few hundred kilobytes.

use serde::{Deserialize, Serialize};

const MAGIC: &[u8; 4] = b"fdt1";

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
    /// The probability from which it is a yes.
    pub(crate) line: f32,
}

impl Forest {
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes.strip_prefix(MAGIC)?).ok()
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(postcard::to_allocvec(self).unwrap_or_default());
        bytes
    }

    pub(crate) fn probability(&self, values: &[f32]) -> f32 {
        let sum: f32 = self.trees.iter().map(|tree| end(tree, values)).sum();
        1.0 / (1.0 + (-sum).exp())
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
    fn a_forest_is_read_as_written_and_a_damaged_tree_ends() {
        let end = |value| Node { feature: 0, line: 0.0, branches: [0, 0], value };
        let root = Node { feature: 1, line: 0.5, branches: [1, 2], value: 0.0 };
        let mut forest = Forest { trees: vec![vec![root, end(-1.0), end(2.0)]], line: 0.5 };
        assert_eq!(Forest::from_bytes(&forest.to_bytes()), Some(forest.clone()));
        assert!(forest.probability(&[0.0, 0.6]) > 0.8 && forest.probability(&[0.0, 0.4]) < 0.3);
        forest.trees[0][2].branches = [2, 9];
        assert!(forest.probability(&[0.0, 0.6]).is_finite());
        assert_eq!(Forest::from_bytes(b"fdt"), None);
    }
}
