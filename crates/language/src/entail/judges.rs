//! Three forests: how freely a sentence is worded, and for each manner of wording what tells a truth from a falsehood.
//!
//! What stands close to its source is false by little: a number, a denial. What is worded freely is far from it, true or
//! not, and whoever judged both by one line would cut the free or let the close through.

use serde::{Deserialize, Serialize};

use super::forest::Forest;

const MAGIC: &[u8; 4] = b"fdt2";
/// The probability that is the line, whatever the manner of wording.
pub(crate) const LINE: f32 = 0.5;

/// The forests, each with its line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Judges {
    /// Whether it is worded freely.
    pub(crate) wording: Forest,
    /// Judges what is worded closely.
    pub(crate) close: Forest,
    /// Judges what is worded freely.
    pub(crate) free: Forest,
}

/// What the forests say of a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judged {
    /// Whether it is worded freely.
    pub(crate) freely: bool,
    /// The logarithm of the odds that the source says it.
    pub(crate) odds: f32,
}

impl Judges {
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes.strip_prefix(MAGIC)?).ok()
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(postcard::to_allocvec(self).unwrap_or_default());
        bytes
    }

    pub(crate) fn judge(&self, values: &[f32]) -> Judged {
        let freely = self.wording.odds(values) >= self.wording.line;
        let forest = if freely { &self.free } else { &self.close };
        Judged { freely, odds: forest.odds(values) }
    }

    /// The probability that the source says it, moved so that [`LINE`] is the line of either manner.
    pub(crate) fn probability(&self, values: &[f32]) -> f32 {
        let Judged { freely, odds } = self.judge(values);
        let line = if freely { self.free.line } else { self.close.line };
        1.0 / (1.0 + (line - odds).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::forest::Node, *};

    /// Asks one value whether it is more than a half.
    fn forest(feature: u8, odds: [f32; 2], line: f32) -> Forest {
        let end = |value| Node { feature: 0, line: 0.0, branches: [0, 0], value };
        let root = Node { feature, line: 0.5, branches: [1, 2], value: 0.0 };
        Forest { trees: vec![vec![root, end(odds[0]), end(odds[1])]], line }
    }

    #[test]
    fn each_manner_of_wording_has_its_line_and_a_half_is_the_line_of_both() {
        let judges = Judges {
            wording: forest(0, [-1.0, 1.0], 0.0),
            close: forest(1, [-3.0, 3.0], 0.5),
            free: forest(2, [-1.0, 1.0], 1.5),
        };
        let said = |values: [f32; 3]| judges.probability(&values) >= LINE;
        assert!(said([0.0, 1.0, 0.0]) && !said([0.0, 0.0, 1.0]));
        assert!(!said([1.0, 1.0, 1.0]) && !said([1.0, 0.0, 0.0]));
        assert_eq!(Judges::from_bytes(&judges.to_bytes()), Some(judges.clone()));
        assert_eq!(Judges::from_bytes(b"fdt1"), None);
    }
}
