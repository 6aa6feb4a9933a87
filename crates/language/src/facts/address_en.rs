//! Street and postal addresses in Latin letters: 12 Baker Street, London; Apt. 4; P.O. Box 12.
//!
//! An address is found by a street's word beside a number, by a room or a post box, or by the phrase that
//! leads to it ("my address is"), and is read on as long as names, numbers and commas follow.

mod street;
mod token;

use super::{Found, Kind, Value, text::Text};
use token::{Shape, Token, tokens};

/// So many tokens an address has at most.
const LONGEST: usize = 28;
/// So many tokens a street's name has at most.
const NAME: usize = 6;
/// So far back the beginning is looked for from a room or a box.
const BACK: usize = 12;

/// Phrases that an address follows.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "address is", "address:", "addresses:", "address to", "address with", "here they are:", "lives at", "live at", "living at", "lived at",
    "sent to", "send to", "send it to", "send them to", "ship to", "ship it to", "shipped to", "deliver to", "deliver it to", "delivered to",
    "return to", "meet me at", "meet at", "moved to", "arrived at", "located at", "reside at", "resides at", "staying at", "it's in", "it is in",
    "it's at", "this to? user:", "house is at", "come to", "pick up at", "pick it up at", "refers to", "billing address", "office is at",
];

pub(super) fn find(text: &Text) -> Vec<Found> {
    let tokens = tokens(text);
    let reader = Reader { text, tokens: &tokens, loose: loose(text) };
    let mut found: Vec<Found> = Vec::new();
    let (mut at, mut done) = (0, 0);
    while at < tokens.len() {
        match reader.anchored(at, done) {
            Some((from, to)) => {
                let range = tokens[from].from..tokens[to - 1].to;
                let value = Value::Text(text.string(range.clone()).split_whitespace().collect::<Vec<_>>().join(" "));
                found.push(Found { kind: Kind::Address, range, value });
                (at, done) = (to, to);
            }
            None => at += 1,
        }
    }
    found
}

/// A text without capitals: any word may be a name.
fn loose(text: &Text) -> bool {
    !text.slice(0..text.len()).iter().any(|c| c.is_uppercase())
}

struct Reader<'a> {
    text: &'a Text,
    tokens: &'a [Token],
    loose: bool,
}

impl Reader<'_> {
    fn shape(&self, at: usize) -> Shape {
        self.tokens.get(at).map_or(Shape::Gap, |token| token.shape)
    }

    fn is(&self, at: usize, test: fn(&Text, Token) -> bool) -> bool {
        self.tokens.get(at).is_some_and(|&token| test(self.text, token))
    }

    /// The address that this token leads to or belongs to; nothing before `floor` belongs to it.
    fn anchored(&self, at: usize, floor: usize) -> Option<(usize, usize)> {
        self.after_phrase(at)
            .or_else(|| self.corner(at))
            .or_else(|| self.numbered_street(at, floor))
            .or_else(|| self.street_with_number(at, floor))
            .or_else(|| self.room_or_box(at, floor))
            .map(|(from, to)| (from, self.trimmed(from, to)))
            .filter(|(from, to)| to > from)
    }

    fn after_phrase(&self, at: usize) -> Option<(usize, usize)> {
        let token = *self.tokens.get(at)?;
        if !matches!(token.shape, Shape::Capital | Shape::Small) {
            return None;
        }
        let end = self.text.any(token.from, BEFORE)?;
        let mut from = (at..at + 8).find(|&next| self.tokens.get(next).is_some_and(|token| token.from >= end))?;
        while matches!(self.shape(from), Shape::Mark(':' | ',' | '-') | Shape::Line) {
            from += 1;
        }
        let to = self.extent(from, true);
        self.holds_number(from, to.min(from + 9)).then_some((from, to))
    }

    fn holds_number(&self, from: usize, to: usize) -> bool {
        let word = |at: usize| matches!(self.shape(at), Shape::Capital) || (self.loose && self.shape(at) == Shape::Small);
        (from..to).any(|at| self.shape(at) == Shape::Number) && (from..to).any(word)
    }

    /// The corner of A and B.
    fn corner(&self, at: usize) -> Option<(usize, usize)> {
        let token = *self.tokens.get(at)?;
        let end = self.text.any(token.from, &["the corner of", "corner of"])?;
        let from = (at..at + 4).find(|&next| self.tokens.get(next).is_some_and(|token| token.from >= end))?;
        let first = self.extent(from, true);
        let and = self.tokens.get(first).is_some_and(|token| self.text.word(token.from, "and").is_some());
        if !and || first == from {
            return None;
        }
        let second = self.extent(first + 1, true).min(first + 1 + NAME);
        (second > first + 1).then_some((at, second))
    }

    /// 350 Fifth Ave: a number, a name of few words, a street's word.
    fn numbered_street(&self, at: usize, floor: usize) -> Option<(usize, usize)> {
        if self.shape(at) != Shape::Number {
            return None;
        }
        let street = (at + 1..=at + NAME).take_while(|&next| self.names_street(next)).find(|&next| {
            self.is(next, street::ends) && next > at + 1 || self.is(next, street::is)
                || (self.is(next, street::begins) && self.shape(next + 1) == Shape::Capital)
        })?;
        let capital = self.loose || (at + 1..=street).any(|at| self.shape(at) == Shape::Capital);
        let from = self.back_over_numbers(at, floor);
        capital.then(|| (from, self.extent(from, false).max(street + 1)))
    }

    fn names_street(&self, at: usize) -> bool {
        let name = matches!(self.shape(at), Shape::Capital | Shape::Number | Shape::Mark('.'));
        name || self.is(at, street::joins) || self.is(at, street::ends) || (self.loose && self.shape(at) == Shape::Small && !self.is(at, street::stops))
    }

    /// Genterstrasse 49, Rua do Arenque 1634, Long Street 12.
    fn street_with_number(&self, at: usize, floor: usize) -> Option<(usize, usize)> {
        if self.is(at, street::is) && self.shape(at + 1) == Shape::Number {
            let begin = (floor..at).rev().take(2).take_while(|&before| self.shape(before) == Shape::Capital && !self.loose).last().unwrap_or(at);
            let from = self.back_over_numbers(begin, floor);
            return Some((from, self.extent(from, false).max(at + 2)));
        }
        if !(self.is(at, street::begins) && self.shape(at) == Shape::Capital) {
            return None;
        }
        let number = (at + 1..at + NAME).take_while(|&next| self.names_street(next) || self.shape(next) == Shape::Mark(',')).find(|&next| self.shape(next) == Shape::Number)?;
        let from = self.back_over_numbers(at, floor);
        (number > at + 1).then(|| (from, self.extent(from, false).max(number + 1)))
    }

    fn back_over_numbers(&self, at: usize, floor: usize) -> usize {
        (floor..at).rev().take(2).take_while(|&before| self.shape(before) == Shape::Number).last().unwrap_or(at)
    }

    /// Apt. 4, Suite 12, P.O. Box 9, Unit 12 Box 34: with the lines before that hold the street.
    fn room_or_box(&self, at: usize, floor: usize) -> Option<(usize, usize)> {
        let boxed = self.is(at, street::post_box);
        if !(boxed || self.is(at, street::room)) || (!self.loose && self.shape(at) == Shape::Small) {
            return None;
        }
        let number = (at + 1..at + 4).take_while(|&next| matches!(self.shape(next), Shape::Number | Shape::Mark('.' | '#' | ':'))).find(|&next| self.shape(next) == Shape::Number)?;
        let from = self.line_with_number(at, floor)?;
        let proven = boxed || from < at;
        proven.then(|| (from, self.extent(from, false).max(number + 1)))
    }

    /// Back to the first number of the street, over at most one line's end.
    fn line_with_number(&self, at: usize, floor: usize) -> Option<usize> {
        let (mut from, mut lines) = (at, 0);
        for before in (floor..at).rev().take(BACK) {
            match self.shape(before) {
                Shape::Line if lines == 0 => lines += 1,
                Shape::Number => from = before,
                Shape::Mark('.' | ',' | '-' | '>' | '#' | '?') => {}
                Shape::Capital => {
                    let opens = before == floor || matches!(self.shape(before - 1), Shape::Line | Shape::Gap);
                    let boxed = self.tokens.get(before).is_some_and(|token| self.text.any(token.from, &["p", "po", "unit", "psc"]).is_some());
                    if (opens && lines > 0 && from < at) || boxed {
                        from = before;
                    }
                }
                _ if self.loose && self.shape(before) == Shape::Small && !self.is(before, street::stops) => {}
                _ if self.is(before, street::joins) => {}
                _ => break,
            }
        }
        Some(from)
    }

    /// How far names, numbers, commas and line ends go on from here.
    fn extent(&self, from: usize, led: bool) -> usize {
        let mut end = from;
        let mut names = 0;
        while end < (from + LONGEST).min(self.tokens.len()) {
            let goes_on = match self.shape(end) {
                Shape::Number => {
                    names = 0;
                    true
                }
                Shape::Capital => {
                    names += 1;
                    names <= 7
                }
                Shape::Small => self.small(end, led),
                Shape::Line => self.line_goes_on(end + 1),
                Shape::Gap => self.shape(end + 1) == Shape::Capital && self.shape(end + 2) == Shape::Number && !led,
                Shape::Mark(',') => !matches!(self.shape(end + 1), Shape::Small) || self.loose || self.is(end + 1, street::joins),
                Shape::Mark('.') => self.abbreviates(end),
                Shape::Mark('#' | '/' | '(' | ')' | '-' | '&' | '>' | '?') => self.shape(end + 1) != Shape::Gap,
                Shape::Mark(_) => false,
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        end
    }

    fn small(&self, at: usize, led: bool) -> bool {
        let name = self.is(at, street::joins) || self.is(at, street::ends) || self.is(at, street::room) || self.is(at, street::begins);
        let nan = self.tokens.get(at).is_some_and(|token| self.text.word(token.from, "nan").is_some());
        name || nan || (self.loose && !self.is(at, street::stops) && (led || at > 0))
            || (led && self.shape(at + 1) == Shape::Number && !self.is(at, street::stops))
    }

    fn line_goes_on(&self, at: usize) -> bool {
        let mark = usize::from(matches!(self.shape(at), Shape::Mark('>' | ',')));
        matches!(self.shape(at + mark), Shape::Number | Shape::Capital) || self.is(at + mark, street::room) || self.loose
    }

    /// St. James, P.O., Apt. 4: the full stop of a short word, not of a sentence.
    fn abbreviates(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|at| self.tokens.get(at)) else { return false };
        let short = before.shape == Shape::Capital && before.to - before.from <= 5;
        let known = self.is(at - 1, street::ends) || self.is(at - 1, street::begins) || self.is(at - 1, street::room);
        let goes_on = matches!(self.shape(at + 1), Shape::Number | Shape::Capital | Shape::Mark(','));
        (before.to - before.from == 1 || known || (short && self.shape(at + 1) == Shape::Number)) && goes_on && before.shape != Shape::Number
    }

    /// Without what hangs at the end and says nothing.
    fn trimmed(&self, from: usize, to: usize) -> usize {
        let mut to = to.min(self.tokens.len());
        while to > from {
            let last = to - 1;
            let hangs = match self.shape(last) {
                Shape::Number | Shape::Capital => false,
                Shape::Small => self.is(last, street::joins) || self.is(last, street::begins),
                Shape::Mark(')') => false,
                _ => true,
            };
            if !hangs {
                break;
            }
            to = last;
        }
        to
    }
}
