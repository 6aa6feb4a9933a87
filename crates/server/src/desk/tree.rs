//! The categories beside the list of entries, as a tree that folds.
//!
//! Branches are `details`, so they fold without a script. Of a very large tree only what is on the way to the chosen
//! category is written out; the rest opens by following its link.

use askama::Template;
use domain::{Lang, category::Branch};

use super::{
    inbox, part,
    words::{Words, fill},
};

/// Up to so many branches are written out whatever is chosen.
const WHOLE: usize = 300;
/// Branches of one level that are written out.
const LEVEL: usize = 200;

/// How a category is written in an address when it is that of entries without any.
pub(super) const NONE: &str = "/";

/// A level of the tree.
#[derive(Template)]
#[template(path = "desk/tree.html")]
pub(super) struct Level {
    knots: Vec<Knot>,
    /// How many were left out, in words.
    more: Option<String>,
}

struct Knot {
    /// Its name in the page.
    id: String,
    href: String,
    name: String,
    count: Option<u64>,
    current: bool,
    /// What lies below, and how its fold is called.
    below: Option<(Level, String)>,
    open: bool,
}

/// What the tree is drawn for.
pub(super) struct Drawing<'a> {
    pub(super) lang: Lang,
    /// The category whose entries are listed.
    pub(super) chosen: &'a str,
    /// Whether numbers are shown: those of all entries are wrong beside a search.
    pub(super) counted: bool,
    /// Where the entries of a category are listed.
    pub(super) address: &'a dyn Fn(&str) -> String,
}

impl Drawing<'_> {
    /// The tree, with all entries before it and those without a category after it.
    pub(super) fn tree(&self, branches: &[Branch], unsorted: u64) -> Level {
        let w = Words::of(self.lang);
        let all = unsorted + branches.iter().filter(|top| top.depth == 0).map(|top| top.entries).sum::<u64>();
        let mut level = self.level(branches, branches.len() <= WHOLE);
        level.knots.insert(0, self.leaf("", w.all_categories, all));
        if unsorted > 0 {
            level.knots.push(self.leaf(NONE, w.no_category, unsorted));
        }
        level
    }

    fn level(&self, mut rest: &[Branch], whole: bool) -> Level {
        let (mut knots, mut left_out) = (Vec::new(), 0);
        while let Some((first, after)) = rest.split_first() {
            let below = after.iter().take_while(|branch| branch.depth > first.depth).count();
            if knots.len() < LEVEL || first.holds(self.chosen) {
                knots.push(self.knot(first, &after[..below], whole));
            } else {
                left_out += 1;
            }
            rest = &after[below..];
        }
        let more =
            (left_out > 0).then(|| fill(Words::of(self.lang).more_categories, &[&left_out.to_string()]));
        Level { knots, more }
    }

    fn knot(&self, branch: &Branch, below: &[Branch], whole: bool) -> Knot {
        let name = inbox::category(self.lang, branch.name());
        let on_the_way = branch.holds(self.chosen);
        let below = (!below.is_empty() && (whole || on_the_way))
            .then(|| (self.level(below, whole), fill(Words::of(self.lang).open_branch, &[&name])));
        Knot { below, open: on_the_way, ..self.leaf(&branch.category, &name, branch.entries) }
    }

    fn leaf(&self, category: &str, name: &str, entries: u64) -> Knot {
        Knot {
            id: format!("branch-{}", part(category)),
            href: (self.address)(category),
            name: name.to_owned(),
            count: self.counted.then_some(entries),
            current: self.chosen == category,
            below: None,
            open: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(counts: &[(String, u64)], chosen: &str) -> String {
        let address = |category: &str| format!("?{}", part(category));
        let drawing = Drawing { lang: Lang::Zh, chosen, counted: true, address: &address };
        drawing.tree(&domain::category::tree(counts), 0).to_string()
    }

    #[test]
    fn the_way_to_what_is_chosen_is_open() {
        let counts = [("订单/退货".to_owned(), 2), ("订单".to_owned(), 1), ("发票/<b>".to_owned(), 3)];
        let tree = drawn(&counts, "订单/退货");
        assert_eq!(tree.matches("<details").count(), 2);
        assert_eq!(tree.matches("<details id=\"branch-%E8%AE%A2%E5%8D%95\" open>").count(), 1, "{tree}");
        assert_eq!(tree.matches("aria-current").count(), 1);
        assert!(!tree.contains("<b>"), "{tree}");
    }

    #[test]
    fn of_a_tree_without_end_only_the_way_is_written_out() {
        let counts: Vec<_> = (0..2000).map(|at| (format!("a{at:04}/b/c"), 1)).collect();
        let tree = drawn(&counts, "a1999/b");
        assert!(tree.contains("?a1999%2Fb%2Fc") && !tree.contains("?a0000%2Fb"), "{tree}");
        assert_eq!(tree.matches("<li>").count(), 1 + LEVEL + 1 + 2);
        assert!(tree.contains("还有 1799 个分类"), "{tree}");
    }
}
