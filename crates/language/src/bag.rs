//! What stands in a text, as a bag of weighted features: words and their neighbours, characters and letters in a row.

use std::{borrow::Cow, collections::HashMap, hash::BuildHasherDefault};

use serde::{Deserialize, Serialize};

use crate::{
    embed::{Named, Piece, name},
    is_han,
};

/// More features than this of one text are not looked at.
const MOST: usize = 6_000;
/// How much marks of feeling weigh beside words and letters. From reviews of one trade read in another.
const MARKS: f32 = 1.6;

/// The names of features in a text, repeats included. Words and letters are weighed apart, so that neither drowns the other.
pub(crate) struct Names {
    words: Vec<Piece>,
    letters: Vec<Piece>,
    /// How the text sounds; weighed apart too. Empty unless [`crate::tone`] listens.
    marks: Vec<Piece>,
}

impl Names {
    /// Adds what [`crate::tone`] hears: words under a "not", and marks of feeling.
    pub(crate) fn hear(&mut self, turned: Vec<Piece>, marks: Vec<Piece>) {
        self.words.extend(turned);
        self.marks = marks;
        self.marks.truncate(MOST);
    }
}

/// A text as places in a [`Vocabulary`] with their weights.
pub(crate) type Bag = Vec<(u32, f32)>;

/// The names of features in a text.
#[cfg(test)]
pub(crate) fn names(text: &str) -> Names {
    let normal = crate::normal::normalise(crate::segment::head(text));
    names_cut(&normal, &crate::segment::terms_of(&normal))
}

/// The same for a text that is normalised and cut already.
pub(crate) fn names_cut(normal: &str, terms: &[String]) -> Names {
    Names { words: words(normal, terms), letters: letters(normal), marks: Vec::new() }
}

/// Stems, words as they are written, and pairs of neighbours, the edges of the text included.
fn words(normal: &str, terms: &[String]) -> Vec<Piece> {
    let mut found: Vec<Piece> = terms.iter().map(|term| name(b'w', &[term.as_bytes()])).collect();
    let written = normal.split(' ').filter(|word| !word.starts_with(is_han));
    found.extend(written.map(|word| name(b'o', &[word.as_bytes()])));
    let edge = [""];
    let all: Vec<&str> = edge.into_iter().chain(terms.iter().map(String::as_str)).chain(edge).collect();
    found.extend(all.windows(2).map(|pair| name(b'b', &[pair[0].as_bytes(), b" ", pair[1].as_bytes()])));
    found.truncate(MOST);
    found
}

/// One to three Chinese characters, two to five letters with the edges of their word.
fn letters(normal: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    for word in normal.split(' ') {
        let bounded = format!(" {word} ");
        let ends: Vec<usize> = bounded.char_indices().map(|(at, _)| at).chain([bounded.len()]).collect();
        for (from, first) in bounded.chars().enumerate() {
            let lengths = if is_han(first) { 1..=3 } else { 2..=5 };
            let runs = lengths.filter_map(|length| Some(&bounded[ends[from]..*ends.get(from + length)?]));
            found.extend(runs.map(|run| name(b'l', &[run.as_bytes()])));
        }
        if found.len() > MOST {
            break;
        }
    }
    found.truncate(MOST);
    found
}

/// The features that count, each with its place and its rarity. Arrays rather than a table of hashes: names are hashes
/// already, and several vocabularies are in memory all the time; those that ship stay where the program was loaded to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(Piece, f32)>", into = "Vec<(Piece, f32)>")]
pub(crate) struct Vocabulary {
    /// In ascending order, the lowest byte first; a feature's place is its rank.
    names: Cow<'static, [[u8; 4]]>,
    /// How many steps.
    rarities: Cow<'static, [[u8; 2]]>,
    step: f32,
    /// Where the names with the same upper bits start, and where the last ones end.
    starts: Vec<u32>,
}

impl From<Vec<(Piece, f32)>> for Vocabulary {
    fn from(rows: Vec<(Piece, f32)>) -> Self {
        Self::from_rows(rows.into_iter())
    }
}

impl From<Vocabulary> for Vec<(Piece, f32)> {
    fn from(vocabulary: Vocabulary) -> Self {
        vocabulary.rows()
    }
}

impl Vocabulary {
    /// Of the features that stand in at least so many of the texts.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a Names>, least: u32) -> Self {
        let (mut found_in, mut count) = (HashMap::<Piece, u32, BuildHasherDefault<Named>>::default(), 0);
        for names in texts {
            count += 1;
            let mut once: Vec<Piece> =
                [&names.words, &names.letters, &names.marks].into_iter().flatten().copied().collect();
            once.sort_unstable();
            once.dedup();
            for name in once {
                *found_in.entry(name).or_default() += 1;
            }
        }
        let mut kept: Vec<(Piece, u32)> = found_in.into_iter().filter(|&(_, in_)| in_ >= least).collect();
        kept.sort_unstable();
        let rarity = |found_in: u32| ((1 + count) as f32 / (1 + found_in) as f32).ln() + 1.0;
        Self::from_rows(kept.into_iter().map(|(name, found_in)| (name, rarity(found_in))))
    }

    /// Of names, which must ascend, and rarities, in the order of their places.
    pub(crate) fn from_rows(rows: impl Iterator<Item = (Piece, f32)>) -> Self {
        let (names, rarities): (Vec<Piece>, Vec<f32>) = rows.unzip();
        let step = step(rarities.iter().copied(), u16::MAX.into());
        let steps = |rarity: f32| ((rarity / step).round() as u16).to_le_bytes();
        let names: Vec<[u8; 4]> = names.into_iter().map(Piece::to_le_bytes).collect();
        Self::of_parts(names.into(), rarities.into_iter().map(steps).collect(), step)
    }

    /// Of what [`Vocabulary::parts`] gives.
    pub(crate) fn of_parts(
        names: Cow<'static, [[u8; 4]]>,
        rarities: Cow<'static, [[u8; 2]]>,
        step: f32,
    ) -> Self {
        debug_assert!(names.iter().is_sorted_by_key(|&name| Piece::from_le_bytes(name)), "a place is a rank");
        let buckets = (names.len() / 6).max(1).next_power_of_two();
        let width = (1_u64 << 32) / buckets as u64;
        let below =
            |bucket: u64| move |&name: &[u8; 4]| u64::from(Piece::from_le_bytes(name)) < bucket * width;
        let starts = (0..=buckets as u64).map(|bucket| names.partition_point(below(bucket)) as u32).collect();
        Self { names, rarities, step, starts }
    }

    /// Names and rarities as they stand in a file, and by what rarities are to be multiplied.
    pub(crate) fn parts(&self) -> (&[[u8; 4]], &[[u8; 2]], f32) {
        (&self.names, &self.rarities, self.step)
    }

    /// Names and rarities in the order of their places.
    pub(crate) fn rows(&self) -> Vec<(Piece, f32)> {
        let name = |(at, &name): (usize, &[u8; 4])| (Piece::from_le_bytes(name), self.rarity(at));
        self.names.iter().enumerate().map(name).collect()
    }

    fn rarity(&self, at: usize) -> f32 {
        self.step * f32::from(u16::from_le_bytes(self.rarities[at]))
    }

    /// How many features count.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// A feature's place and rarity. A handful of names share their upper bits, since hashes are spread evenly.
    fn find(&self, name: Piece) -> Option<(u32, f32)> {
        let buckets = self.starts.len().checked_sub(1)?;
        let bucket = ((u64::from(name) * buckets as u64) >> 32) as usize;
        let (from, to) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        let name = name.to_le_bytes();
        let at = from + self.names[from..to].iter().position(|&known| known == name)?;
        Some((at as u32, self.rarity(at)))
    }

    /// A text as a bag: sublinear counts times rarity, words and letters each of length 1.
    pub(crate) fn bag(&self, names: &Names) -> Bag {
        let mut bag = self.weigh(&names.words);
        bag.extend(self.weigh(&names.letters));
        bag.extend(self.weigh(&names.marks).into_iter().map(|(at, weight)| (at, MARKS * weight)));
        bag
    }

    fn weigh(&self, names: &[Piece]) -> Bag {
        let mut known: Vec<(u32, f32)> = names.iter().filter_map(|&name| self.find(name)).collect();
        known.sort_unstable_by_key(|&(at, _)| at);
        let mut bag: Bag = known
            .chunk_by(|a, b| a.0 == b.0)
            .map(|same| (same[0].0, (1.0 + (same.len() as f32).ln()) * same[0].1))
            .collect();
        let length = bag.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(1e-9);
        for (_, weight) in &mut bag {
            *weight /= length;
        }
        bag
    }
}

/// The power of two of which `most` steps reach all numbers: numbers in such steps are read as they were written.
pub(crate) fn step(numbers: impl Iterator<Item = f32>, most: f32) -> f32 {
    let greatest = numbers.fold(0.0_f32, |greatest, number| greatest.max(number.abs()));
    (greatest.max(1e-12) / most).log2().ceil().exp2()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vocabulary(texts: &[&str]) -> Vocabulary {
        let all: Vec<Names> = texts.iter().map(|text| names(text)).collect();
        Vocabulary::of(all.iter(), 1)
    }

    #[test]
    fn rare_features_weigh_more() {
        let vocabulary = vocabulary(&["怎么退货", "怎么退款", "怎么开发票"]);
        let bag = vocabulary.weigh(&[name(b'w', &["怎么".as_bytes()]), name(b'w', &["发票".as_bytes()])]);
        let weights: Vec<f32> = bag.iter().map(|&(_, weight)| weight).collect();
        assert_eq!(weights.len(), 2);
        assert!(weights.iter().any(|&weight| weight > 0.8), "{weights:?}");
    }

    #[test]
    fn every_name_is_found_and_no_other() {
        for count in [0_u32, 1, 2, 3, 7, 100, 5_000] {
            let known: Vec<Piece> = (0..count).map(|at| at * (u32::MAX / count.max(2))).collect();
            let vocabulary = Vocabulary::from_rows(known.iter().map(|&name| (name, 2.0)));
            let found: Vec<_> = known.iter().filter_map(|&name| vocabulary.find(name)).collect();
            assert_eq!(found, (0..count).map(|at| (at, 2.0)).collect::<Vec<_>>());
            assert_eq!(vocabulary.find(12_345), None);
            assert!(vocabulary.find(u32::MAX).is_none());
        }
        assert_eq!(Vocabulary::default().find(7), None);
    }

    #[test]
    fn a_vocabulary_survives_its_rows() {
        let vocabulary = vocabulary(&["how do I return it", "怎么退货"]);
        let again = Vocabulary::from_rows(vocabulary.rows().into_iter());
        assert_eq!(vocabulary.bag(&names("return 退货")), again.bag(&names("return 退货")));
    }

    #[test]
    fn a_megabyte_is_a_small_bag() {
        let names = names(&"退货 return ".repeat(100_000));
        assert!(names.words.len() <= MOST && names.letters.len() <= MOST);
    }

    proptest! {
        /// Whatever the text, its bag has at most the length √2 of words and letters.
        #[test]
        fn any_text_has_a_bag(text in r"(?s).{0,60}") {
            let bag = vocabulary(&["怎么退货", "how do I return it", &text]).bag(&names(&text));
            prop_assert!(bag.iter().map(|(_, weight)| weight * weight).sum::<f32>() <= 2.001);
        }
    }
}
