//! Where words stand in a list, by hashes in order: a fifth of what a table of the words would hold.

use std::hash::{Hash, Hasher};

use super::quick::Quick;

/// Places of words by their hashes; whoever asks compares the words that stand there.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// In ascending order.
    hashes: Vec<u32>,
    /// The place of each.
    beside: Vec<u16>,
    /// Where the hashes with the same upper bits start, and where the last ones end.
    starts: Vec<u16>,
}

impl Places {
    /// Of words with their places; fewer words than a place can tell.
    pub(super) fn of<W: Hash>(words: impl Iterator<Item = (W, u16)>) -> Self {
        let mut known: Vec<(u32, u16)> = words.map(|(word, place)| (hash(&word), place)).collect();
        known.sort_unstable();
        let (hashes, beside): (Vec<u32>, Vec<u16>) = known.into_iter().unzip();
        let buckets = (hashes.len() / 4).max(1).next_power_of_two();
        let width = (1_u64 << 32) / buckets as u64;
        let start = |bucket: u64| hashes.partition_point(|&hash| u64::from(hash) < bucket * width) as u16;
        let starts = (0..=buckets as u64).map(start).collect();
        Self { hashes, beside, starts }
    }

    /// The places where a word may stand, the last first.
    pub(super) fn with<W: Hash>(&self, word: &W) -> impl Iterator<Item = usize> {
        let hash = hash(word);
        let buckets = self.starts.len().saturating_sub(1) as u64;
        let bucket = ((u64::from(hash) * buckets) >> 32) as usize;
        let bound = |at: usize| self.starts.get(at).map_or(0, |&start| usize::from(start));
        let within = bound(bucket)..bound(bucket + 1);
        within.rev().filter(move |&at| self.hashes[at] == hash).map(|at| usize::from(self.beside[at]))
    }
}

fn hash<W: Hash>(word: &W) -> u32 {
    let mut hasher = Quick::default();
    word.hash(&mut hasher);
    (hasher.finish() >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_of_the_same_word_the_last() {
        for count in [0_u16, 1, 5, 30_000] {
            let places = Places::of((0..count).map(|at| (format!("word {at}"), at)));
            for at in (0..count).step_by(7) {
                assert!(places.with(&format!("word {at}")).any(|place| place == usize::from(at)));
            }
            assert!(places.with(&"nothing").count() < 2);
        }
        let twice = Places::of([("a", 0), ("b", 1), ("a", 2)].into_iter());
        assert_eq!(twice.with(&"a").collect::<Vec<_>>(), [2, 0]);
    }
}
