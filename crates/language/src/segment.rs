//! Search terms: what a text is about, in pieces that can be looked up.
//!
//! Chinese is cut by a dictionary, finely ("退货地址" also gives "退货" and "地址"); Latin words are stemmed.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use crate::{is_han, normal::normalise};
use path::Path;

mod dictionary;
mod path;

pub(crate) use dictionary::FIRSTS;

/// Text beyond this many characters is not looked at.
pub const LONGEST: usize = 20_000;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// Opens the dictionary now rather than at the first question.
pub fn warm() {
    dictionary::shipped();
    LazyLock::force(&STEMMER);
}

/// The terms of a text in the order in which they stand, repeats included.
pub fn terms(text: &str) -> Vec<String> {
    terms_of(&normalise(head(text)))
}

/// The same for a text that is normalised already.
pub fn terms_of(normal: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for run in runs(head(normal)) {
        if run.starts_with(is_han) {
            terms.extend(Path::through(run).fine().into_iter().map(str::to_owned));
        } else {
            latin(run, &mut terms);
        }
    }
    terms
}

/// A run of Chinese, cut by the dictionary into words that stand one after the other.
pub(crate) fn words(run: &str) -> Vec<&str> {
    Path::through(run).words().collect()
}

/// The same, each with its part of speech as the dictionary names it ("n" for a noun, "v" for a verb).
pub(crate) fn tagged(run: &str) -> Vec<(&str, &'static str)> {
    Path::through(run).tagged().collect()
}

/// The stem of an English word.
pub(crate) fn stem(word: &str) -> String {
    STEMMER.stem(word).into_owned()
}

/// All words of the dictionary as lines `word count speech`.
pub(crate) fn list() -> String {
    dictionary::shipped().list()
}

/// Whether the dictionary has this word.
pub(crate) fn is_word(word: &str) -> bool {
    dictionary::shipped().find(word).is_some()
}

/// Pairs of neighbouring Chinese characters and triples of Latin letters of a normalised text: close to words,
/// but blind to how a dictionary cuts and patient with slips of the pen. Packed into a number each.
pub fn grams_of(normal: &str) -> Vec<u64> {
    let mut grams = Vec::new();
    for run in runs(head(normal)) {
        let mut window = [0_u64; 3];
        let pack = |window: &[u64]| window.iter().fold(0, |packed, &c| packed << 21 | c);
        if run.starts_with(is_han) {
            if run.chars().nth(1).is_none() {
                grams.push(pack(&run.chars().map(u64::from).collect::<Vec<_>>()));
            }
            for (at, c) in run.chars().enumerate() {
                window = [0, window[2], u64::from(c)];
                if at > 0 {
                    grams.push(pack(&window));
                }
            }
        } else {
            window[2] = u64::from(' ');
            for (at, c) in run.chars().chain([' ']).enumerate() {
                window = [window[1], window[2], u64::from(c)];
                if at > 0 {
                    grams.push(pack(&window));
                }
            }
        }
    }
    grams
}

/// The first [`LONGEST`] characters.
pub fn head(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}

/// Words between spaces, cut further where Chinese begins or ends.
pub(crate) fn runs(normal: &str) -> impl Iterator<Item = &str> {
    normal.split(' ').flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            let han = is_han(rest.chars().next()?);
            let end = rest.find(|c| is_han(c) != han).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            rest = after;
            Some(run)
        })
    })
}

/// A word's stem; of "iphone15" also "iphon" and "15", since some write a space there.
fn latin(word: &str, terms: &mut Vec<String>) {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        terms.push(STEMMER.stem(word).into_owned());
        return;
    }
    terms.push(word.to_owned());
    if digits < word.len() && !word.contains('.') {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c: char| c.is_ascii_digit() != first.is_ascii_digit()).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            terms.push(STEMMER.stem(part).into_owned());
            rest = after;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn chinese_by_words_english_by_stems_numbers_as_they_are() {
        assert_eq!(terms("退货地址在哪里"), ["退货", "地址", "在", "哪里"]);
        assert_eq!(terms("Returning refunded PARCELS"), ["return", "refund", "parcel"]);
        assert_eq!(terms("iPhone15充电 4.7"), ["iphone15", "iphon", "15", "充电", "4.7"]);
        assert_eq!(terms("😀 …"), [""; 0]);
    }

    #[test]
    fn neighbouring_characters_make_grams() {
        assert_eq!(grams_of("怎么退货").len(), 3);
        assert_eq!(grams_of("refund").len(), 6);
        assert_eq!(grams_of("退").len(), 1);
    }

    #[test]
    fn a_megabyte_is_cut_short() {
        assert!(terms(&"退货 ".repeat(300_000)).len() <= LONGEST);
    }

    proptest! {
        /// Whatever the bytes, there is an answer.
        #[test]
        fn any_text_can_be_cut(text in r"(?s).*") {
            for term in terms(&text) {
                prop_assert!(!term.is_empty());
            }
            grams_of(&normalise(&text));
        }
    }
}
