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
    places(clause, phrase).next().is_some()
}

/// Whether any of these clauses says any of these phrases.
pub(crate) fn any_says(clauses: &[String], phrases: &[&str]) -> bool {
    clauses.iter().any(|clause| phrases.iter().any(|phrase| says(clause, phrase)))
}

/// The same clause with a blank wherever the phrase occurs.
pub(crate) fn without(clause: &str, phrase: &str) -> String {
    let mut rest = String::with_capacity(clause.len());
    let mut from = 0;
    for at in places(clause, phrase) {
        rest.push_str(&clause[from..at]);
        rest.push(' ');
        from = at + phrase.len();
    }
    rest + &clause[from..]
}

fn places<'a>(clause: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> {
    clause.match_indices(phrase).map(|(at, _)| at).filter(move |&at| {
        let before = clause[..at].chars().next_back();
        let after = clause[at + phrase.len()..].chars().next();
        let first = phrase.chars().next().unwrap_or(' ');
        !first.is_ascii_alphanumeric()
            || !(before.is_some_and(|ch| ch.is_ascii_alphanumeric())
                || after.is_some_and(|ch| ch.is_ascii_alphanumeric()))
    })
}
