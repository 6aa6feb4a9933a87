//! Words, numbers and marks of a text in Latin, Greek or Cyrillic letters.

use super::street::{self, Meaning};
use crate::facts::text::{HIDDEN, Text};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Up to six digits, perhaps with a letter: 12, 221B, 75004.
    Number,
    /// Begins with a capital, or is written in a script without them.
    Capital,
    /// Another word.
    Small,
    /// The end of a line.
    Line,
    /// An empty line.
    Gap,
    /// One character.
    Mark(char),
}

/// A token, its place and what its word means in an address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) shape: Shape,
    pub(super) meaning: Meaning,
}

/// Cuts a text. Blanks are left out, and the marks of quoted lines.
pub(super) fn tokens(text: &Text) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (to, shape) = token(text, at);
        let quoting = all.last().is_none_or(|last| matches!(last.shape, Shape::Line | Shape::Gap));
        match (shape, all.last_mut()) {
            (Shape::Mark(' ' | '\r'), _) => {}
            (Shape::Mark('>' | '?' | '*' | '|'), _) if quoting => {}
            (Shape::Line, Some(last)) if matches!(last.shape, Shape::Line | Shape::Gap) => {
                last.shape = Shape::Gap;
            }
            _ => all.push(Token { from: at, to, shape, meaning: meaning(text, at, to, shape) }),
        }
        at = to;
    }
    all
}

fn meaning(text: &Text, from: usize, to: usize, shape: Shape) -> Meaning {
    let word = matches!(shape, Shape::Capital | Shape::Small) && to - from <= 24;
    if word { street::meaning(&text.string(from..to).to_lowercase()) } else { Meaning::default() }
}

fn token(text: &Text, at: usize) -> (usize, Shape) {
    let c = text.at(at);
    if c == '\n' {
        return (at + 1, Shape::Line);
    }
    let part = |c: char| letter(c) || c.is_ascii_digit() || c == '\'';
    if !part(c) || c == '\'' || c == HIDDEN {
        return (at + 1, Shape::Mark(c));
    }
    let to = text.run(at, text.len(), part);
    let digits = text.run(at, 7, |c| c.is_ascii_digit()) - at;
    let shape = match digits {
        0 if c.is_lowercase() => Shape::Small,
        0 => Shape::Capital,
        1..=6 if to - at - digits <= 2 => Shape::Number,
        _ => Shape::Mark(c),
    };
    (to, shape)
}

fn letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && !crate::is_han(c) && c.is_alphabetic())
}
