//! A message in comparable pieces: lower case, one width, cut at punctuation.

use language::normal::normalise;

/// The clauses of a message as matching sees them: single spaces between Latin words, apostrophes gone
/// (`dont`), so that every spelling of a contraction is one.
pub(crate) fn clauses(text: &str) -> Vec<String> {
    let whole = text.replace(['\'', '’'], "");
    whole
        .split(is_break)
        .map(normalise)
        .map(|piece| piece.trim().to_owned())
        .filter(|piece| !piece.is_empty())
        .collect()
}

fn is_break(ch: char) -> bool {
    matches!(
        ch,
        ',' | '.'
            | '!'
            | '?'
            | ';'
            | ':'
            | '\n'
            | '~'
            | '，'
            | '。'
            | '！'
            | '？'
            | '；'
            | '：'
            | '、'
            | '…'
            | '～'
            | '—'
    )
}

/// Whether a phrase occurs: anywhere for Chinese, on word boundaries for Latin.
pub(crate) fn says(clause: &str, phrase: &str) -> bool {
    clause.match_indices(phrase).any(|(at, _)| {
        let before = clause[..at].chars().next_back();
        let after = clause[at + phrase.len()..].chars().next();
        let first = phrase.chars().next().unwrap_or(' ');
        !first.is_ascii_alphanumeric()
            || !(before.is_some_and(|ch| ch.is_ascii_alphanumeric())
                || after.is_some_and(|ch| ch.is_ascii_alphanumeric()))
    })
}
