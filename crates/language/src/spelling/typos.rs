//! English words with one letter wrong, too many, missing, or two swapped.

use super::{lexicon::SHIPPED, own::Own};

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
const LONGEST: usize = 18;
/// Of a word this short, letters are swapped or missing, but not wrong or too many: else it is a name.
const SHORT: usize = 4;
/// A word met less often is no candidate.
const USUAL: f32 = 20.0;
/// The best candidate must be so many times likelier than the next.
const CLEARLY: f32 = 4.0;
/// How often a word of the company's own counts as met.
const OWN_WORD: f32 = 60.0;

/// The word that was meant, if `word` is none and exactly one lies close. Lower case in, lower case out.
pub(super) fn meant(word: &str, own: &Own) -> Option<String> {
    let fits = (SHORTEST..=LONGEST).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
    if !fits || is_word(word, own) {
        return None;
    }
    let (mut best, mut next): (Option<(f32, String)>, f32) = (None, 0.0);
    for edit in edits(word.as_bytes()) {
        let Ok(candidate) = std::str::from_utf8(&edit) else { continue };
        let met = met(candidate, own);
        if met < USUAL || best.as_ref().is_some_and(|(_, known)| known == candidate) {
            continue;
        }
        let met = met * probable(word.as_bytes(), &edit);
        match &best {
            Some((most, _)) if met <= *most => next = next.max(met),
            _ => next = best.replace((met, candidate.to_owned())).map_or(next, |(most, _)| most.max(next)),
        }
    }
    best.filter(|(most, _)| *most >= USUAL && *most >= next * CLEARLY).map(|(_, candidate)| candidate)
}

/// Whether it is a word, or a form of one.
pub(super) fn is_word(word: &str, own: &Own) -> bool {
    let is_form = || bases(word).any(|base| met(&base, own) > USUAL);
    met(word, own) > 0.0 || (word.len() > SHORTEST && !lacks_double(word, own) && is_form())
}

/// "shiping": the form of "ship" has two letters there.
fn lacks_double(word: &str, own: &Own) -> bool {
    ["ing", "ed", "er"].into_iter().any(|end| {
        let stem = word.strip_suffix(end).unwrap_or_default();
        let last = stem.get(stem.len().saturating_sub(1)..).unwrap_or_default();
        !last.is_empty() && met(&[stem, last, end].concat(), own) > USUAL
    })
}

fn met(word: &str, own: &Own) -> f32 {
    SHIPPED.english(word) as f32 + own.english(word) as f32 * OWN_WORD
}

/// How usual a slip is: letters swapped, doubled or left out, more than others; the first letter is seldom wrong.
fn probable(typed: &[u8], meant: &[u8]) -> f32 {
    let first = if typed.first() == meant.first() { 1.0 } else { 0.1 };
    let mut sorted = (typed.to_vec(), meant.to_vec());
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    let kind = if sorted.0 == sorted.1 {
        4.0
    } else if typed.len() < meant.len() {
        3.0
    } else if typed.len() <= SHORT {
        0.0
    } else if typed.len() > meant.len() {
        if typed.windows(2).any(|pair| pair[0] == pair[1]) { 2.5 } else { 1.5 }
    } else {
        1.0
    };
    first * kind
}

/// All texts one edit away, some of them more than once.
pub(crate) fn edits(word: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let places = 0..=word.len();
    places.flat_map(move |at| {
        let (before, after) = word.split_at(at);
        let dropped = (!after.is_empty()).then(|| [before, &after[1..]].concat());
        let swapped = (after.len() > 1 && after[0] != after[1])
            .then(|| [before, &[after[1], after[0]], &after[2..]].concat());
        let letters = b'a'..=b'z';
        let other = letters.clone().filter(move |letter| after.first().is_some_and(|first| first != letter));
        let replaced = other.map(move |letter| [before, &[letter], &after[1..]].concat());
        let added = letters.map(move |letter| [before, &[letter], after].concat());
        dropped.into_iter().chain(swapped).chain(replaced).chain(added)
    })
}

/// What a word may be a form of: "refunds" of "refund", "tried" of "try", "stopping" of "stop".
pub(crate) fn bases(word: &str) -> impl Iterator<Item = String> {
    const ENDS: &[(&str, &str)] = &[
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ed", ""),
        ("d", ""),
        ("ied", "y"),
        ("ing", ""),
        ("ing", "e"),
        ("er", ""),
        ("ers", ""),
        ("r", ""),
        ("ly", ""),
        ("able", ""),
        ("ness", ""),
    ];
    let ends = ENDS.iter().filter_map(move |(end, instead)| {
        word.strip_suffix(end).filter(|stem| stem.len() > 2).map(|stem| format!("{stem}{instead}"))
    });
    let doubled = ["ed", "ing", "er"].into_iter().filter_map(move |end| {
        let stem = word.strip_suffix(end).filter(|stem| stem.len() > 3)?;
        let last = stem.as_bytes().last()?;
        stem.as_bytes()
            .ends_with(&[*last, *last])
            .then(|| stem.get(..stem.len() - 1).map(str::to_owned))
            .flatten()
    });
    ends.chain(doubled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_off_is_set_right() {
        for (typed, right) in [
            ("refnd", "refund"),
            ("delivrey", "delivery"),
            ("adress", "address"),
            ("shiping", "shipping"),
            ("recieve", "receive"),
            ("paymnet", "payment"),
        ] {
            assert_eq!(meant(typed, &Own::default()).as_deref(), Some(right), "{typed}");
        }
    }

    #[test]
    fn words_stay() {
        for word in ["refund", "cart", "cats", "returning", "waht1", "fnd", "stopped", "refunds", "xqzwv"] {
            assert_eq!(meant(word, &Own::default()), None, "{word}");
        }
    }

    #[test]
    fn a_companys_own_words_are_words_and_are_found() {
        let mut own = Own::default();
        own.learn("our qinghe mug");
        assert_eq!(meant("qinghe", &own), None);
        assert_eq!(meant("qignhe", &own).as_deref(), Some("qinghe"));
    }
}
