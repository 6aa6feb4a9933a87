//! The dictionary of Chinese words, read where the program was loaded to: a tree of characters in the order of its
//! levels, so that the children of a node stand side by side, and no copy of it is held.

use std::sync::LazyLock;

/// How usual a word is and what part of speech, as a place in [`Dictionary::kinds`]; 0 for what is no word.
pub(super) type Code = u16;

const MAGIC: &[u8; 4] = b"fdd1";
/// Characters with a place of their own at the root: all that words are made of.
pub(crate) const FIRSTS: usize = 1 << 16;

static SHIPPED: LazyLock<Dictionary> =
    LazyLock::new(|| Dictionary::read(include_bytes!("../../models/dictionary.bin")).unwrap_or_default());

/// The dictionary that ships.
pub(super) fn shipped() -> &'static Dictionary {
    &SHIPPED
}

/// Words with how often they were met and their part of speech. Made by [`crate::train::dictionary`].
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    /// How often the words of a code were met, the logarithm of that, and their part of speech.
    kinds: Vec<(u32, f64, &'static str)>,
    /// The logarithm of how often all words together were met.
    pub(super) total: f64,
    /// By first character, its node, one more; 0 for none.
    firsts: &'static [[u8; 2]],
    characters: &'static [[u8; 2]],
    codes: &'static [[u8; 2]],
    /// One bit a node, whether it has children; with each 64 of them how many had before.
    inner: &'static [[u8; 8]],
    before: &'static [[u8; 4]],
    /// Where the children of each node that has any begin, and after the last one where they end.
    children: &'static [[u8; 4]],
}

impl Dictionary {
    /// Reads the file; `None` of anything else.
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let [speech, kinds, nodes, parents] =
            [number(&mut rest)?, number(&mut rest)?, number(&mut rest)?, number(&mut rest)?];
        let speech: Vec<&'static str> =
            std::str::from_utf8(rest.split_off(..speech)?).ok()?.split('\n').collect();
        let counts: &[[u8; 5]] = part(&mut rest, kinds)?;
        let total: &[[u8; 8]] = part(&mut rest, 1)?;
        let kind = |&[a, b, c, d, at]: &[u8; 5]| {
            let met = u32::from_le_bytes([a, b, c, d]);
            Some((met, f64::from(met).ln(), *speech.get(usize::from(at))?))
        };
        let read = Self {
            kinds: counts.iter().map(kind).collect::<Option<_>>()?,
            total: (u64::from_le_bytes(total[0]) as f64).ln(),
            firsts: part(&mut rest, FIRSTS)?,
            characters: part(&mut rest, nodes)?,
            codes: part(&mut rest, nodes)?,
            inner: part(&mut rest, nodes.div_ceil(64))?,
            before: part(&mut rest, nodes.div_ceil(64))?,
            children: part(&mut rest, parents + 1)?,
        };
        rest.is_empty().then_some(read)
    }

    /// The node of words that begin so.
    pub(super) fn first(&self, c: char) -> Option<usize> {
        usize::from(u16::from_le_bytes(*self.firsts.get(c as usize)?)).checked_sub(1)
    }

    /// The node of words that go on so.
    pub(super) fn next(&self, node: usize, c: char) -> Option<usize> {
        if !self.has_children(node) {
            return None;
        }
        let c = u16::try_from(u32::from(c)).ok()?;
        let bits = u64::from_le_bytes(*self.inner.get(node / 64)?);
        let earlier = (bits & ((1 << (node % 64)) - 1)).count_ones();
        let parent = (u32::from_le_bytes(*self.before.get(node / 64)?) + earlier) as usize;
        let siblings = self.siblings(parent)?;
        let from = siblings.start;
        let known = self.characters.get(siblings)?;
        let at = known.binary_search_by_key(&c, |&known| u16::from_le_bytes(known)).ok()?;
        Some(from + at)
    }

    /// The children of the parent at this place among all parents.
    fn siblings(&self, parent: usize) -> Option<std::ops::Range<usize>> {
        let child = |at: usize| Some(u32::from_le_bytes(*self.children.get(at)?) as usize);
        Some(child(parent)?..child(parent + 1)?)
    }

    /// The word that ends at a node, if one does: what was never met is none.
    pub(super) fn word(&self, node: usize) -> Option<Code> {
        let code = u16::from_le_bytes(*self.codes.get(node)?);
        self.kinds.get(usize::from(code)).is_some_and(|kind| kind.0 > 0).then_some(code)
    }

    /// The logarithm of how often a word was met.
    pub(super) fn met(&self, code: Code) -> f64 {
        self.kinds.get(usize::from(code)).map_or(0.0, |kind| kind.1)
    }

    /// A word's part of speech.
    pub(super) fn speech(&self, code: Code) -> &'static str {
        self.kinds.get(usize::from(code)).map_or(UNKNOWN, |kind| kind.2)
    }

    /// That of a character that is no word.
    pub(super) fn speech_alone(&self, c: char) -> &'static str {
        let code = self.first(c).and_then(|node| self.codes.get(node));
        code.map_or(UNKNOWN, |&code| self.speech(u16::from_le_bytes(code)))
    }

    /// All words as lines `word count speech`.
    pub(super) fn list(&self) -> String {
        let mut list = String::new();
        let (mut begun, mut parent) = (vec![String::new(); self.characters.len()], 0);
        for c in (0..=u16::MAX).filter_map(|c| char::from_u32(c.into())) {
            if let Some(at) = self.first(c) {
                begun[at].push(c);
            }
        }
        for at in 0..begun.len() {
            let word = std::mem::take(&mut begun[at]);
            if let Some(code) = self.word(at) {
                let (met, _, speech) = self.kinds[usize::from(code)];
                list.extend([word.as_str(), " ", &met.to_string(), " ", speech, "\n"]);
            }
            if self.has_children(at) {
                for child in self.siblings(parent).unwrap_or_default() {
                    let c = u16::from_le_bytes(self.characters[child]);
                    begun[child] = word.chars().chain(char::from_u32(c.into())).collect();
                }
                parent += 1;
            }
        }
        list
    }

    fn has_children(&self, node: usize) -> bool {
        let bits = self.inner.get(node / 64).map_or(0, |&bits| u64::from_le_bytes(bits));
        bits >> (node % 64) & 1 == 1
    }

    /// What is written so, if it is a word.
    pub(super) fn find(&self, word: &str) -> Option<Code> {
        let mut characters = word.chars();
        let first = self.first(characters.next()?)?;
        self.word(characters.try_fold(first, |node, c| self.next(node, c))?)
    }
}

/// The part of speech of what nobody knows.
const UNKNOWN: &str = "x";

fn part<const N: usize>(rest: &mut &'static [u8], count: usize) -> Option<&'static [[u8; N]]> {
    Some(rest.split_off(..count.checked_mul(N)?)?.as_chunks().0)
}

fn number(rest: &mut &'static [u8]) -> Option<usize> {
    Some(u32::from_le_bytes(part(rest, 1)?[0]) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::dictionary::{Counted, file};

    fn small() -> &'static [u8] {
        let words = [("退", 9, "v"), ("退货", 5, "v"), ("退货单", 1, "n"), ("货", 7, "n"), ("T恤", 2, "n")];
        file(&words.map(|(word, met, speech)| Counted { word, met, speech })).leak()
    }

    #[test]
    fn words_are_found_with_how_usual_they_are_and_nothing_else_is() {
        let read = Dictionary::read(small()).expect("it was just made");
        let told = |word| read.find(word).map(|code| (read.met(code), read.speech(code)));
        assert_eq!(told("退货"), Some((5_f64.ln(), "v")));
        assert_eq!(told("T恤"), Some((2_f64.ln(), "n")));
        assert_eq!(
            read.list().lines().collect::<Vec<_>>(),
            ["货 7 n", "退 9 v", "T恤 2 n", "退货 5 v", "退货单 1 n"]
        );
        assert_eq!([told("退单"), told("T"), told("𠀀"), told("")], [None; 4]);
        assert!((read.total - 24_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let whole = small();
        assert!((0..whole.len()).step_by(7).all(|short| Dictionary::read(&whole[..short]).is_none()));
    }

    #[test]
    fn of_nothing_nothing_is_known() {
        assert_eq!(Dictionary::default().find("退货"), None);
    }
}
