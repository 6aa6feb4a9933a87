//! Sentences that speak of nothing new: of courtesies and of what was spoken of before, or of a yes alone.

use std::collections::HashSet;

use super::idle::{HAN, WORDS, says_nothing};
use crate::{is_han, normal::normalise, segment};

/// Whether a text is made of courtesies, of `more` words, and of words that `known` has, and of nothing else: what it
/// speaks of was spoken of before.
pub fn says_only(sentence: &str, more: &[&str], known: &str) -> bool {
    let normal = normalise(sentence);
    let (known, more): (String, HashSet<&str>) = (normalise(known), more.iter().copied().collect());
    let words: HashSet<&str> = segment::runs(&known).filter(|run| !run.starts_with(is_han)).collect();
    !normal.chars().any(char::is_numeric)
        && segment::runs(&normal).all(|run| {
            if run.starts_with(is_han) {
                known_han(run, &more, &known)
            } else {
                WORDS.contains(run) || more.contains(run) || words.contains(run)
            }
        })
}

/// A run of Chinese of courtesies, of `more` words, and of pieces of two characters and more of what is known.
fn known_han(run: &str, more: &HashSet<&str>, known: &str) -> bool {
    let mut rest = run;
    while !rest.is_empty() {
        let listed = HAN.iter().chain(more.iter()).filter_map(|word| rest.strip_prefix(*word));
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
        let said = ends.take_while(|&end| known.contains(&rest[..end])).last().map(|end| &rest[end..]);
        let Some(left) = listed.chain(said).min_by_key(|left| left.len()) else { return false };
        rest = left;
    }
    true
}

/// Whether a text says yes or no and nothing else: by itself it is an answer that nothing supports.
pub fn is_bare_answer(sentence: &str) -> bool {
    const GRANTS: [&str; 14] = [
        "of course",
        "absolutely",
        "definitely",
        "certainly",
        "i can do that",
        "you can",
        "you are right",
        "youre right",
        "indeed",
        "可以",
        "没问题",
        "当然",
        "对的",
        "您说得对",
    ];
    let low = normalise(sentence);
    let granted =
        GRANTS.iter().any(|word| low == *word || low.starts_with(&format!("{word} ")) || low.ends_with(word));
    let opened = super::polarity::opens(&sentence.to_lowercase()).is_some() || granted;
    opened && says_nothing(sentence) && !super::asks(sentence)
}
