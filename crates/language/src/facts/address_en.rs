//! Street and postal addresses in Latin letters: 12 Baker Street, London; Apt. 4; P.O. Box 12.
//!
//! An address is found by a street's word beside a number, by a room or a post box, or by the words that
//! lead to it ("my address is"), and is read on as long as names, numbers and commas follow.

mod anchor;
mod street;
mod token;

use super::{Found, Kind, Value, text::Text};
use street::Meaning;
use token::{Shape, Token, tokens};

/// So many tokens an address has at most.
const LONGEST: usize = 28;

pub(super) fn find(text: &Text) -> Vec<Found> {
    let tokens = tokens(text);
    let loose = !tokens.iter().any(|token| token.shape == Shape::Capital);
    let reader = Reader { text, tokens: &tokens, loose };
    let mut found: Vec<Found> = Vec::new();
    let (mut at, mut done) = (0, 0);
    while at < tokens.len() {
        match reader.anchored(at, done) {
            Some((from, to)) => {
                let range = tokens[from].from..tokens[to - 1].to;
                let value =
                    Value::Text(text.string(range.clone()).split_whitespace().collect::<Vec<_>>().join(" "));
                found.push(Found { kind: Kind::Address, range, value });
                (at, done) = (to.max(at + 1), to);
            }
            None => at += 1,
        }
    }
    found
}

struct Reader<'a> {
    text: &'a Text,
    tokens: &'a [Token],
    /// A text without capitals: any word may be a name.
    loose: bool,
}

impl Reader<'_> {
    fn shape(&self, at: usize) -> Shape {
        self.tokens.get(at).map_or(Shape::Gap, |token| token.shape)
    }

    fn is(&self, at: usize, meaning: Meaning) -> bool {
        self.tokens.get(at).is_some_and(|token| token.meaning.is(meaning))
    }

    /// Whether a name may have this word.
    fn named(&self, at: usize) -> bool {
        match self.shape(at) {
            Shape::Capital => true,
            Shape::Small => self.loose && !self.is(at, Meaning::STOPS),
            _ => false,
        }
    }

    /// How far names, numbers, commas and line ends go on from here. What a phrase led to may say more.
    fn extent(&self, from: usize, led: bool) -> usize {
        let (mut end, mut names, mut lines) = (from, 0, false);
        while end < (from + LONGEST).min(self.tokens.len()) {
            names = if self.shape(end) == Shape::Number { 0 } else { names + usize::from(self.named(end)) };
            if names > 7 || !self.goes_on(end, led, lines) {
                break;
            }
            lines |= self.shape(end) == Shape::Line;
            end += 1;
        }
        end
    }

    fn goes_on(&self, at: usize, led: bool, lines: bool) -> bool {
        let next = self.shape(at + 1);
        match self.shape(at) {
            Shape::Number | Shape::Capital => true,
            Shape::Small => self.small(at, led, lines),
            Shape::Line => self.line(at + 1),
            Shape::Gap => {
                next == Shape::Capital
                    && (1..4).any(|on| self.shape(at + 1 + on) == Shape::Number)
                    && lines
                    && !led
            }
            Shape::Mark(',') => {
                next != Shape::Small || self.loose || self.is(at + 1, Meaning::JOINS) || self.short(at + 1)
            }
            Shape::Mark('.') => self.abbreviates(at),
            Shape::Mark('#' | '/' | '(' | ')' | '-' | '&') => next != Shape::Gap,
            Shape::Mark(_) => false,
        }
    }

    /// A word without a capital that belongs to an address.
    fn small(&self, at: usize, led: bool, lines: bool) -> bool {
        let next = self.shape(at + 1);
        let street =
            [Meaning::ENDS, Meaning::BEGINS, Meaning::ROOM].into_iter().any(|meaning| self.is(at, meaning));
        let joins =
            self.is(at, Meaning::JOINS) && (next == Shape::Capital || self.is(at + 1, Meaning::JOINS));
        let and = self.is(at, Meaning::AND) && led && self.named(at + 1) && self.street_soon(at + 1);
        let name = self.loose && !self.is(at, Meaning::STOPS);
        let led_number = led && next == Shape::Number && !self.is(at, Meaning::STOPS);
        let within = lines && next == Shape::Capital && self.length(at) <= 4 && !self.is(at, Meaning::STOPS);
        street || joins || and || name || led_number || within || self.short(at)
    }

    /// A few letters before a number, or before a full stop and a number: "nan 18237", "u. 12".
    fn short(&self, at: usize) -> bool {
        let past = at + 1 + usize::from(matches!(self.shape(at + 1), Shape::Line | Shape::Mark('.')));
        self.shape(at) == Shape::Small
            && self.length(at) <= 3
            && self.shape(past) == Shape::Number
            && !self.is(at, Meaning::STOPS)
    }

    fn length(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |token| token.to - token.from)
    }

    fn street_soon(&self, at: usize) -> bool {
        (at..at + 5)
            .take_while(|&at| {
                self.named(at)
                    || self.shape(at) == Shape::Number
                    || self.is(at, Meaning::JOINS)
                    || self.shape(at) == Shape::Mark('.')
            })
            .any(|at| {
                self.shape(at) == Shape::Number || self.is(at, Meaning::ENDS) || self.is(at, Meaning::IS)
            })
    }

    /// Whether an address goes on in the next line.
    fn line(&self, at: usize) -> bool {
        let at = at + usize::from(self.shape(at) == Shape::Mark(','));
        matches!(self.shape(at), Shape::Number | Shape::Capital)
            || self.is(at, Meaning::ROOM)
            || self.loose
            || self.short(at)
    }

    /// St. James, P.O., Apt. 4, utca 12. Suite 3: the full stop of a short word or a number, not of a sentence.
    fn abbreviates(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let (past, next) = (self.shape(at + 1), at + 1);
        let line = past == Shape::Line && self.line(next + 1);
        if self.shape(before) == Shape::Number {
            return line || self.is(next, Meaning::ROOM) || past == Shape::Mark(',');
        }
        let known = self.is(before, Meaning::ENDS)
            || self.is(before, Meaning::BEGINS)
            || self.is(before, Meaning::ROOM);
        let short = self.length(before) <= 5 && past == Shape::Number;
        let goes_on = matches!(past, Shape::Number | Shape::Capital | Shape::Mark(','))
            || (self.loose && past == Shape::Small);
        ((self.length(before) == 1 || known || short) && goes_on) || (known && line)
    }

    /// Without what hangs at the end and says nothing.
    fn trimmed(&self, from: usize, to: usize) -> usize {
        let hangs = |at: usize| match self.shape(at) {
            Shape::Number | Shape::Capital | Shape::Mark(')') => false,
            Shape::Small => self.is(at, Meaning::JOINS) || self.is(at, Meaning::AND),
            _ => true,
        };
        let to = to.min(self.tokens.len());
        (from..to).rev().find(|&at| !hangs(at)).map_or(from, |last| last + 1)
    }
}
