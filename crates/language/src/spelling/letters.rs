//! The Latin letters of a message: which are pinyin, which are slips of the finger, which are left alone.

use super::{
    own::Own,
    pinyin::{self, Around},
    typos,
};
use crate::is_han;

/// All of fewer letters in capitals are a name: USB, SIM.
const NAME: usize = 4;

/// A row of letters.
pub(super) struct Token<'a> {
    /// Bytes of the text, from and to.
    pub(super) from: usize,
    pub(super) to: usize,
    typed: &'a str,
    lower: String,
    /// Part of a code, an address, a contraction, a word of another script.
    bound: bool,
    /// May be read as pinyin.
    syllables: bool,
}

/// A piece of the text and what was meant.
pub(super) struct Meant {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) text: String,
}

/// What was meant by the letters of a text, in order; slips of the finger only if `typos` is set.
pub(super) fn meant(text: &str, own: &Own, typos: bool) -> Vec<Meant> {
    let tokens = tokens(text);
    if tokens.is_empty() {
        return Vec::new();
    }
    let english =
        |token: &Token<'_>| !token.syllables && token.lower.len() > 1 && typos::is_word(&token.lower, own);
    let around = Around { chinese: text.contains(is_han), english: tokens.iter().any(english) };
    let trusts = typos && !text.contains(is_foreign) && is_english(&tokens, own);
    let mut meant = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let end = run(text, &tokens, at);
        let run = &tokens[at..end.max(at + 1)];
        match characters(run, around, own) {
            Some(characters) => {
                meant.push(Meant { from: run[0].from, to: run[run.len() - 1].to, text: characters });
            }
            None if trusts => meant.extend(run.iter().filter_map(|token| typo(text, token, own))),
            None => {}
        }
        at += run.len();
    }
    meant
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|c: char| c.is_ascii_alphabetic()) {
        let from = rest + start;
        let length = text[from..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len() - from);
        let to = from + length;
        let typed = &text[from..to];
        let lower = typed.to_ascii_lowercase();
        let bound = binds(text[..from].chars().rev()) || binds(text[to..].chars());
        let name = typed.len() <= NAME && typed.len() > 1 && typed.bytes().all(|b| b.is_ascii_uppercase());
        let syllables = !bound && !name && pinyin::can_be(lower.as_bytes());
        tokens.push(Token { from, to, typed, lower, bound, syllables });
        rest = to;
    }
    tokens
}

/// Whether what stands beside letters makes them part of something else.
fn binds(mut beside: impl Iterator<Item = char>) -> bool {
    match beside.next() {
        Some('.' | ':') => beside.next().is_some_and(|next| next.is_ascii_alphanumeric() || next == '/'),
        Some(c) => {
            matches!(
                c,
                '_' | '@'
                    | '/'
                    | '\\'
                    | '\''
                    | '’'
                    | '-'
                    | '&'
                    | '#'
                    | '+'
                    | '='
                    | '%'
                    | '<'
                    | '>'
                    | '{'
                    | '}'
            ) || (c.is_alphanumeric() && !is_han(c))
        }
        None => false,
    }
}

/// The end of the run of syllables that begins at a token.
fn run(text: &str, tokens: &[Token<'_>], start: usize) -> usize {
    let mut end = start;
    let mut letters = 0;
    while let Some(token) = tokens.get(end).filter(|token| token.syllables) {
        let apart = end > start && !text[tokens[end - 1].to..token.from].chars().all(char::is_whitespace);
        letters += token.typed.len();
        if apart || letters > pinyin::MOST_LETTERS {
            break;
        }
        end += 1;
    }
    end
}

fn characters(run: &[Token<'_>], around: Around, own: &Own) -> Option<String> {
    let named = |token: &Token<'_>| token.typed.starts_with(|c: char| c.is_ascii_uppercase());
    if !run[0].syllables || (run.len() > 1 && run.iter().all(named)) {
        return None;
    }
    let words: Vec<&str> = run.iter().map(|token| token.lower.as_str()).collect();
    pinyin::characters(&words, around, own)
}

/// French and Vietnamese have English-looking words too.
fn is_foreign(c: char) -> bool {
    !c.is_ascii() && c.is_alphabetic() && !is_han(c)
}

/// Whether enough words are English that one which is not may be a slip.
fn is_english(tokens: &[Token<'_>], own: &Own) -> bool {
    let free = tokens.iter().filter(|token| !token.bound);
    let (known, unknown): (Vec<_>, Vec<_>) = free.partition(|token| typos::is_word(&token.lower, own));
    known.len() >= unknown.len() || unknown.len() <= 2
}

fn typo(text: &str, token: &Token<'_>, own: &Own) -> Option<Meant> {
    let lower_case = token.typed.bytes().skip(1).all(|b| b.is_ascii_lowercase());
    let small = token.typed.starts_with(|c: char| c.is_ascii_lowercase());
    let opens = !text[..token.from].contains(|c: char| c.is_alphanumeric());
    if token.bound || !lower_case || !(small || opens) {
        return None;
    }
    let text = typos::meant(&token.lower, own)?;
    Some(Meant { from: token.from, to: token.to, text })
}
