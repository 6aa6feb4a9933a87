//! Categories as a tree: 「订单/退货」 lies below 「订单」.

use serde::Serialize;

/// What parts the levels of a category.
pub const LEVELS: char = '/';

/// A branch of the tree: a category, or what several categories have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// The category: all levels from the top.
    pub category: String,
    /// Levels above it.
    pub depth: usize,
    /// Entries of exactly this category.
    pub own: u64,
    /// Entries of it and of everything below.
    pub entries: u64,
    /// Branches directly below.
    pub branches: usize,
}

impl Branch {
    /// The last level, as the tree shows it.
    pub fn name(&self) -> &str {
        self.category.rsplit(LEVELS).next().unwrap_or_default()
    }

    /// Whether this category is it, or lies below it.
    pub fn holds(&self, category: &str) -> bool {
        above(category).any(|above| above == self.category)
    }
}

/// A category and all that it lies below, the top first; nothing for an entry without one.
pub fn above(category: &str) -> impl Iterator<Item = &str> {
    let levels = category.match_indices(LEVELS).map(|(at, _)| &category[..at]);
    levels.chain(Some(category)).filter(|category| !category.is_empty())
}

/// A category as it is kept: no empty levels, no spaces around them.
pub fn tidy(category: &str) -> String {
    let levels = category.split([LEVELS, '／']).map(str::trim).filter(|level| !level.is_empty());
    levels.collect::<Vec<_>>().join("/")
}

/// The tree of these categories with their numbers of entries, each branch before those below it.
pub fn tree(counts: &[(String, u64)]) -> Vec<Branch> {
    let mut counts: Vec<(Vec<&str>, u64)> =
        counts.iter().map(|(category, count)| (category.split(LEVELS).collect(), *count)).collect();
    // By levels: as texts, "a b" would stand between "a" and "a/b".
    counts.sort();
    let mut tree: Vec<Branch> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (levels, count) in counts {
        if levels == [""] {
            continue;
        }
        let category = levels.join("/");
        open.truncate(open.iter().take_while(|at| tree[**at].holds(&category)).count());
        for above in above(&category).skip(open.len()).map(ToOwned::to_owned) {
            if let Some(parent) = open.last() {
                tree[*parent].branches += 1;
            }
            let depth = open.len();
            open.push(tree.len());
            tree.push(Branch { category: above, depth, own: 0, entries: 0, branches: 0 });
        }
        for at in &open {
            tree[*at].entries += count;
        }
        if let Some(last) = open.last() {
            tree[*last].own += count;
        }
    }
    tree
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grown(counts: &[(&str, u64)]) -> Vec<(String, usize, u64, u64, usize)> {
        let counts: Vec<_> = counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        let told =
            |branch: Branch| (branch.category, branch.depth, branch.own, branch.entries, branch.branches);
        tree(&counts).into_iter().map(told).collect()
    }

    #[test]
    fn levels_become_branches_with_all_that_lies_below_them() {
        let told = grown(&[("订单/退货/运费", 2), ("订单", 1), ("订单 旧", 5), ("订单/改单", 3), ("", 9)]);
        let told: Vec<_> = told.iter().map(|(name, a, b, c, d)| (name.as_str(), *a, *b, *c, *d)).collect();
        let wanted = [
            ("订单", 0, 1, 6, 2),
            ("订单/改单", 1, 3, 3, 0),
            ("订单/退货", 1, 0, 2, 1),
            ("订单/退货/运费", 2, 2, 2, 0),
            ("订单 旧", 0, 5, 5, 0),
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn every_entry_is_counted_once_whatever_the_categories_are_called() {
        let told = grown(&[("a//b", 1), ("/a", 2), ("a", 4), ("a/", 8), ("a!", 16)]);
        let own: u64 = told.iter().map(|branch| branch.2).sum();
        let top: u64 = told.iter().filter(|branch| branch.1 == 0).map(|branch| branch.3).sum();
        assert_eq!((own, top), (31, 31), "{told:?}");
    }

    #[test]
    fn a_category_is_kept_without_empty_levels() {
        assert_eq!(tidy(" 订单 ／ 退货//运费 /"), "订单/退货/运费");
        assert_eq!(tidy(" / "), "");
    }
}
