//! Which rows of a labelled file are scored, and which may be learnt from.

use anyhow::bail;

/// Which rows are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Scored {
    /// Rows marked "test"
    Test,
    /// Rows marked "dev" or "val"
    Dev,
    /// Rows marked "train"
    Train,
    /// All rows
    All,
}

impl Scored {
    /// What is scored if nobody says: test where there are test rows, else dev, else all.
    pub(super) fn default_of<'a>(splits: impl Iterator<Item = &'a str> + Clone) -> Self {
        let any = |scored: Self| splits.clone().any(|split| scored.holds(split));
        [Self::Test, Self::Dev].into_iter().find(|&scored| any(scored)).unwrap_or(Self::All)
    }

    /// Whether a row of this split is scored.
    pub(super) fn holds(self, split: &str) -> bool {
        match self {
            Self::Test => split == "test",
            Self::Dev => matches!(split, "dev" | "val"),
            Self::Train => split == "train",
            Self::All => true,
        }
    }

    /// Whether a row of this split may be learnt from. Test rows never are, also when others are scored.
    pub(super) fn may_teach(self, split: &str) -> bool {
        !self.holds(split) && split != "test"
    }
}

/// The rows that are scored, where none need be learnt from.
pub(super) fn scored<T>(mut rows: Vec<T>, split: impl Fn(&T) -> &str, scored: Option<Scored>) -> Vec<T> {
    let scored = scored.unwrap_or_else(|| Scored::default_of(rows.iter().map(&split)));
    rows.retain(|row| scored.holds(split(row)));
    rows
}

/// The rows of another file that may be learnt from: those marked "train" where there are any, else all but "test";
/// never one that is scored.
pub(super) fn taught<T>(
    mut rows: Vec<T>,
    split: impl Fn(&T) -> &str,
    key: impl Fn(&T) -> &str,
    asked: &[T],
) -> Vec<T> {
    let asked: std::collections::HashSet<&str> = asked.iter().map(&key).collect();
    let marked = rows.iter().any(|row| split(row) == "train");
    rows.retain(|row| {
        let may = if marked { split(row) == "train" } else { split(row) != "test" };
        may && !asked.contains(key(row))
    });
    rows
}

/// Parts rows into those to learn from and those to score.
pub(super) fn part<T>(
    rows: Vec<T>,
    split: impl Fn(&T) -> &str,
    scored: Option<Scored>,
) -> anyhow::Result<(Vec<T>, Vec<T>)> {
    let scored = scored.unwrap_or_else(|| Scored::default_of(rows.iter().map(&split)));
    let (taught, rest): (Vec<T>, Vec<T>) = rows.into_iter().partition(|row| scored.may_teach(split(row)));
    let asked: Vec<T> = rest.into_iter().filter(|row| scored.holds(split(row))).collect();
    if taught.is_empty() || asked.is_empty() {
        bail!(
            "{} rows to learn from and {} to score: mark rows with \"split\", choose another --split, \
             or give two files with --train and --test",
            taught.len(),
            asked.len()
        );
    }
    Ok((taught, asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(rows: &[&'static str], scored: Option<Scored>) -> Option<(usize, usize)> {
        part(rows.to_vec(), |row| row, scored).ok().map(|(taught, asked)| (taught.len(), asked.len()))
    }

    #[test]
    fn test_rows_are_scored_and_everything_else_teaches() {
        assert_eq!(parted(&["train", "train", "val", "test"], None), Some((3, 1)));
        assert_eq!(parted(&["train", "dev"], None), Some((1, 1)));
    }

    #[test]
    fn test_rows_never_teach() {
        assert_eq!(parted(&["train", "val", "test"], Some(Scored::Dev)), Some((1, 1)));
    }

    #[test]
    fn without_marks_there_is_nothing_to_learn_from() {
        assert_eq!(parted(&["", ""], None), None);
    }
}
