//! The words that ship, how usual they are, and which Chinese words follow each other.

use std::sync::LazyLock;

use super::{
    places::Places,
    quick::QuickSet,
    sound::{self, Syllable},
};
use crate::simplify::simplify;

const ZH: &str = include_str!("../../models/words.zh.tsv");
const EN: &str = include_str!("../../models/words.en.tsv");
const PAIRS: &[u8] = include_bytes!("../../models/words.zh.pairs");

/// The longest Chinese word, in characters.
pub(crate) const LONGEST: usize = 4;
/// What begins and ends every run of Chinese: the first word of the list.
pub(crate) const EDGE: u16 = 0;
/// A word that is not in the list: a company's own.
pub(super) const OWN: u16 = u16::MAX;
/// What it costs that a word is not known to follow another.
const NEVER_SEEN: f32 = 1.1;
/// Probabilities are kept as their logarithm times this.
pub(crate) const STEPS: f32 = 16.0;

/// How usual a word is: the logarithm of its share of all that was counted; `None` of a word that was not met.
pub(crate) fn usual(word: &str) -> Option<f32> {
    if word.is_ascii() {
        let count = SHIPPED.english(word);
        return (count > 0).then(|| (count as f32 / SHIPPED.english_total()).ln());
    }
    let chars: Vec<char> = word.chars().take(LONGEST + 1).collect();
    Some(SHIPPED.likely(SHIPPED.word(pack(&chars)?)?))
}

/// Up to four characters in one number.
pub(super) type Packed = u64;

pub(super) static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(ZH, PAIRS, EN));

/// Words and their logarithmic probabilities.
#[derive(Default)]
pub(super) struct Lexicon {
    likely: Vec<f32>,
    /// The characters of each word; 0 of what is none.
    packed: Vec<Packed>,
    zh: Places,
    /// Names of sounds, sorted, and beside each a word that sounds so; the most usual of a name first.
    sounds: Vec<u64>,
    sounding: Vec<u16>,
    syllables: QuickSet<Syllable>,
    /// Where a word's followers begin, and after the last one where they end.
    follow_at: Vec<u32>,
    followers: Vec<u16>,
    /// How likely each follower is.
    following: Vec<u8>,
    en: Places,
    /// Where the line of an English word begins, and how often it was met.
    en_at: Vec<(u32, u32)>,
    en_total: f32,
}

/// The characters as one number, if they are few enough.
pub(super) fn pack(chars: &[char]) -> Option<Packed> {
    if chars.is_empty() || chars.len() > LONGEST {
        return None;
    }
    chars.iter().try_fold(0, |packed: u64, &c| {
        let c = u16::try_from(u32::from(simplify(c))).ok()?;
        Some(packed << 16 | u64::from(c))
    })
}

pub(super) fn unpack(packed: Packed) -> impl Iterator<Item = char> {
    let parts = (0..LONGEST).rev().map(move |at| (packed >> (16 * at) & 0xFFFF) as u32);
    parts.filter(|&c| c != 0).filter_map(char::from_u32)
}

impl Lexicon {
    fn read(zh: &'static str, pairs: &[u8], en: &'static str) -> Self {
        let mut lexicon = Self::default();
        lexicon.read_english(en);
        let total: f32 = rows(zh).map(|(_, count)| count as f32).sum();
        let mut by_sound: Vec<(u64, u16)> = Vec::new();
        for (at, (word, count)) in rows(zh).enumerate().take(usize::from(OWN)) {
            lexicon.likely.push((count as f32 / total.max(1.0)).ln());
            let chars: Vec<char> = word.chars().collect();
            let packed = pack(&chars).filter(|_| crate::is_han(chars[0]));
            lexicon.packed.push(packed.unwrap_or_default());
            if packed.is_some() {
                by_sound.extend(sound::names(&chars).into_iter().map(|name| (name, at as u16)));
                lexicon.syllables.extend(chars.iter().flat_map(|&c| sound::readings(c)));
            }
        }
        by_sound.sort_unstable();
        (lexicon.sounds, lexicon.sounding) = by_sound.into_iter().unzip();
        let words = lexicon.packed.iter().copied().zip(0..);
        lexicon.zh = Places::of(words.filter(|&(packed, _)| packed != 0));
        lexicon.read_pairs(pairs);
        lexicon
    }

    fn read_english(&mut self, en: &'static str) {
        let begins = |word: &str| (word.as_ptr().addr() - en.as_ptr().addr()) as u32;
        self.en_at =
            rows(en).map(|(word, count)| (begins(word), count)).take(usize::from(u16::MAX)).collect();
        self.en = Places::of(rows(en).map(|(word, _)| word).zip(0..));
        self.en_total = self.en_at.iter().map(|&(_, count)| u64::from(count)).sum::<u64>().max(1) as f32;
    }

    /// For each word the number of its followers, then each: how far it lies beyond the one before, and how likely it is.
    fn read_pairs(&mut self, mut bytes: &[u8]) {
        for _ in 0..self.likely.len() {
            self.follow_at.push(self.followers.len() as u32);
            let mut follower = 0;
            for _ in 0..number(&mut bytes) {
                follower += number(&mut bytes);
                self.followers.push(follower as u16);
                self.following.push(bytes.split_off_first().copied().unwrap_or(u8::MAX));
            }
        }
        self.follow_at.push(self.followers.len() as u32);
        self.followers.shrink_to_fit();
        self.following.shrink_to_fit();
    }

    pub(super) fn word(&self, packed: Packed) -> Option<u16> {
        let mut places = self.zh.with(&packed);
        places.find(|&at| self.packed[at] == packed).map(|at| at as u16)
    }

    pub(super) fn likely(&self, word: u16) -> f32 {
        self.likely.get(usize::from(word)).copied().unwrap_or(-14.0)
    }

    /// How likely `next`, which alone has the likelihood `alone`, is after `word`.
    pub(super) fn after(&self, word: u16, next: u16, alone: f32) -> f32 {
        let unseen = alone - NEVER_SEEN;
        self.following(word, next).map_or(unseen, |likely| likely.max(unseen))
    }

    /// Whether one word has been seen after another.
    pub(super) fn follows(&self, word: u16, next: u16) -> bool {
        self.following(word, next).is_some()
    }

    fn following(&self, word: u16, next: u16) -> Option<f32> {
        let bound = |at: usize| self.follow_at.get(at).map_or(0, |&at| at as usize);
        let (from, to) = (bound(usize::from(word)), bound(usize::from(word) + 1));
        let followers = self.followers.get(from..to)?;
        let at = followers.binary_search(&next).ok()?;
        Some(-f32::from(self.following[from + at]) / STEPS)
    }

    /// Words of these syllables or of ones that are taken for them, the most usual first.
    pub(super) fn sounding(&self, name: u64) -> impl Iterator<Item = (Packed, u16)> {
        let from = self.sounds.partition_point(|&known| known < name);
        let same = self.sounds[from..].iter().take_while(move |&&known| known == name);
        same.zip(&self.sounding[from..]).map(|(_, &word)| (self.packed[usize::from(word)], word))
    }

    pub(super) fn is_syllable(&self, syllable: Syllable) -> bool {
        self.syllables.contains(&syllable)
    }

    /// How often an English word was met.
    pub(super) fn english(&self, word: &str) -> u32 {
        let is_it = |&(from, _): &(u32, u32)| {
            let line = EN.get(from as usize..).unwrap_or_default();
            line.strip_prefix(word).is_some_and(|rest| rest.starts_with('\t'))
        };
        self.en.with(&word).map(|at| self.en_at[at]).find(is_it).map_or(0, |(_, count)| count)
    }

    pub(super) fn english_total(&self) -> f32 {
        self.en_total
    }
}

/// The words of a list with how often they were met.
fn rows(list: &'static str) -> impl Iterator<Item = (&'static str, u32)> {
    let rows = list.lines().filter_map(|line| line.split_once('\t'));
    rows.filter_map(|(word, count)| Some((word, count.parse().ok()?)))
}

/// Seven bits a byte, the lowest first; the eighth says that there are more.
fn number(bytes: &mut &[u8]) -> u32 {
    let (mut number, mut shift) = (0, 0);
    while let Some(&byte) = bytes.split_off_first() {
        number |= u32::from(byte & 0x7F) << shift;
        shift += 7;
        if byte < 0x80 || shift > 28 {
            break;
        }
    }
    number
}

/// The same, written.
pub(crate) fn push_number(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_characters_fit_a_number() {
        let packed = |text: &str| pack(&text.chars().collect::<Vec<_>>());
        assert_eq!(packed("退貨"), packed("退货"));
        assert_eq!(packed("一二三四五"), None);
        assert_eq!(packed("𠀀"), None);
        assert_eq!(unpack(packed("退货").unwrap()).collect::<String>(), "退货");
    }

    #[test]
    fn numbers_are_read_as_written() {
        for expected in [0, 1, 127, 128, 300, 65_535, 1 << 20] {
            let mut bytes = Vec::new();
            push_number(expected, &mut bytes);
            assert_eq!(number(&mut bytes.as_slice()), expected);
        }
    }

    #[test]
    fn what_follows_often_is_likely() {
        let word = |text: &str| SHIPPED.word(pack(&text.chars().collect::<Vec<_>>()).unwrap()).unwrap();
        let after = |a: &str, b: &str| SHIPPED.after(word(a), word(b), SHIPPED.likely(word(b)));
        assert!(after("怎么", "退款") > SHIPPED.likely(word("退款")));
        assert!(after("怎么", "退款") > after("杯子", "退款"));
    }
}
