//! Codes that look like vouchers: letters and digits in one word that no passage has.

use super::{Cut, Grounds, Reason};

/// No code that the passages do not have.
pub(super) fn check(text: &str, grounds: &Grounds) -> Result<(), Cut> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    match words.map(|word| word.trim_matches(['-', '_'])).find(|word| is_code(word) && !known(word, grounds))
    {
        Some(word) => Err(Cut::new(Reason::Promise, word)),
        None => Ok(()),
    }
}

fn known(word: &str, grounds: &Grounds) -> bool {
    let low = word.to_lowercase();
    grounds.low.contains(&low) || grounds.own.contains(&super::personal::folded(&low))
}

fn is_code(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let upper = word.bytes().filter(u8::is_ascii_uppercase).count();
    let lower = word.bytes().filter(u8::is_ascii_lowercase).count();
    let hyphens = word.contains(['-', '_']);
    upper >= 3 && lower == 0 && digits >= 1
        || upper >= 2 && digits >= 2 && lower == 0
        || hyphens && upper >= 4 && lower == 0
}
