//! Where an address in Latin letters begins.

use super::{Meaning, Reader, Shape};

/// So many tokens a street's name has at most.
const NAME: usize = 6;
/// So far back the beginning is looked for from a room or a box.
const BACK: usize = 12;

impl Reader<'_> {
    /// The address that this token leads to or belongs to; nothing before `floor` belongs to it.
    pub(super) fn anchored(&self, at: usize, floor: usize) -> Option<(usize, usize)> {
        self.corner(at)
            .or_else(|| self.led(at))
            .or_else(|| self.numbered_street(at, floor))
            .or_else(|| self.street_with_number(at, floor))
            .or_else(|| self.room_or_box(at, floor))
            .or_else(|| self.forces(at, floor))
            .map(|(from, to)| (from, self.trimmed(from, to)))
            .filter(|(from, to)| to > from)
    }

    /// "My address is", "please send it to": what follows is an address if it looks like one.
    fn led(&self, at: usize) -> Option<(usize, usize)> {
        if !self.is(at, Meaning::LEADS) {
            return None;
        }
        let sentence = |&at: &usize| !matches!(self.shape(at), Shape::Mark('.' | '!') | Shape::Gap);
        let towards = (at + 1..at + 9)
            .take_while(sentence)
            .filter(|&at| self.is(at, Meaning::TOWARDS) || self.shape(at) == Shape::Mark(':'));
        towards.map(|at| self.begin(at + 1)).find_map(|from| {
            let to = self.corner(from).map_or_else(|| self.extent(from, true), |(_, to)| to);
            self.looks_like_one(from, to).then_some((from, to))
        })
    }

    fn begin(&self, at: usize) -> usize {
        (at..at + 3)
            .find(|&at| !matches!(self.shape(at), Shape::Mark(':' | ',' | '-' | '?') | Shape::Line))
            .unwrap_or(at)
    }

    /// A number before a name, or a street's word.
    fn looks_like_one(&self, from: usize, to: usize) -> bool {
        let place = (from..to).find(|&at| self.shape(at) == Shape::Number);
        let Some(number) = place.filter(|_| (from..to).any(|at| self.named(at))) else {
            return self.corner(from).is_some();
        };
        let street = (from..to).any(|at| {
            [Meaning::ENDS, Meaning::IS, Meaning::BEGINS, Meaning::ROOM]
                .into_iter()
                .any(|meaning| self.is(at, meaning))
        });
        let name = (number..number + 3).find(|&at| self.shape(at) != Shape::Number).unwrap_or(number);
        let first = (number == from || self.shape(number - 1) == Shape::Mark(',')) && self.named(name);
        let numbers = (from..to).filter(|&at| self.shape(at) == Shape::Number).count();
        // Without capitals any word may be a name: 20 minutes.
        number < from + 9 && (street || (first && (!self.loose || numbers > 1)))
    }

    /// The corner of A and B.
    fn corner(&self, at: usize) -> Option<(usize, usize)> {
        let token = *self.tokens.get(at)?;
        let end = self.text.any(token.from, &["the corner of", "corner of"])?;
        let from = (at..at + 4).find(|&next| self.tokens.get(next).is_some_and(|token| token.from >= end))?;
        let and = (from + 1..from + 12).find(|&at| self.is(at, Meaning::AND))?;
        let whole = (from..and).all(|at| {
            self.named(at)
                || matches!(self.shape(at), Shape::Number | Shape::Mark('.' | '-' | ',' | '/'))
                || self.shape(at) == Shape::Small
        });
        let second = self.extent(and + 1, true).min(and + 1 + NAME);
        (whole && second > and + 1).then_some((at, second))
    }

    /// 350 Fifth Ave: a number, a name of few words, a street's word.
    fn numbered_street(&self, at: usize, floor: usize) -> Option<(usize, usize)> {
        if self.shape(at) != Shape::Number {
            return None;
        }
        let street = (at + 1..=at + NAME).take_while(|&next| self.in_street(next)).find(|&next| {
            (self.is(next, Meaning::ENDS) && next > at + 1)
                || self.is(next, Meaning::IS)
                || (self.is(next, Meaning::BEGINS)
                    && (self.named(next + 1) || self.is(next + 1, Meaning::JOINS)))
        })?;
        let capital = self.loose || (at + 1..street + 4).any(|at| self.shape(at) == Shape::Capital);
        let from = self.back_over_numbers(at, floor);
        capital.then(|| (from, self.extent(from, false).max(street + 1)))
    }

    fn in_street(&self, at: usize) -> bool {
        let known = [Meaning::ENDS, Meaning::BEGINS].into_iter().any(|meaning| self.is(at, meaning));
        known
            || self.within_name(at)
            || self.named(at)
            || matches!(self.shape(at), Shape::Number | Shape::Mark('.'))
    }

    /// Rue *des* Arts, Via *delle* Coste: a short word before a capital.
    fn within_name(&self, at: usize) -> bool {
        let short = self.shape(at) == Shape::Small && self.length(at) <= 5 && !self.is(at, Meaning::STOPS);
        self.is(at, Meaning::JOINS) || (short && self.shape(at + 1) == Shape::Capital)
    }

    /// Genterstrasse 49, Rua do Arenque 1634.
    fn street_with_number(&self, at: usize, floor: usize) -> Option<(usize, usize)> {
        if self.is(at, Meaning::IS) && self.shape(at + 1) == Shape::Number {
            let before = (floor..at).rev().take(2).take_while(|&before| self.shape(before) == Shape::Capital);
            let from = self.back_over_numbers(before.last().unwrap_or(at), floor);
            return Some((from, self.extent(from, false).max(at + 2)));
        }
        if !(self.is(at, Meaning::BEGINS) && self.named(at)
            || (self.is(at, Meaning::BEGINS) && self.shape(at + 1) == Shape::Mark('.')))
        {
            return None;
        }
        let name = |&next: &usize| self.in_street(next) || self.shape(next) == Shape::Mark(',');
        let number = (at + 1..at + NAME).take_while(name).find(|&next| self.shape(next) == Shape::Number)?;
        let from = self.back_over_numbers(at, floor);
        (number > at + 1).then(|| (from, self.extent(from, false).max(number + 1)))
    }

    fn back_over_numbers(&self, at: usize, floor: usize) -> usize {
        (floor..at)
            .rev()
            .take(2)
            .take_while(|&before| self.shape(before) == Shape::Number)
            .last()
            .unwrap_or(at)
    }

    /// Apt. 4, Suite 12, P.O. Box 9, Unit 12 Box 34: with the line before that holds the street.
    fn room_or_box(&self, at: usize, floor: usize) -> Option<(usize, usize)> {
        let boxed = self.is(at, Meaning::POST_BOX);
        if !(boxed || self.is(at, Meaning::ROOM)) || (!self.loose && self.shape(at) == Shape::Small) {
            return None;
        }
        let marks = |&next: &usize| matches!(self.shape(next), Shape::Number | Shape::Mark('.' | '#' | ':'));
        let number = (at + 1..at + 4).take_while(marks).find(|&next| self.shape(next) == Shape::Number)?;
        let from = self.back_to_street(at, floor);
        let to = self.extent(from, false).max(number + 1);
        (boxed || from < at || to > number + 2).then_some((from, to))
    }

    /// Back to the first number of the street, over at most one line's end.
    fn back_to_street(&self, at: usize, floor: usize) -> usize {
        let (mut from, mut lines) = (at, 0);
        for before in (floor..at).rev().take(BACK) {
            match self.shape(before) {
                Shape::Line if lines == 0 => lines += 1,
                Shape::Number => from = before,
                Shape::Mark('.' | ',' | '-' | '#') => {}
                Shape::Capital => {
                    let opens = before == floor || matches!(self.shape(before - 1), Shape::Line | Shape::Gap);
                    let token = self.tokens[before];
                    let boxed = self.text.any(token.from, &["p", "po", "unit", "psc"]).is_some();
                    if (opens && lines > 0 && from < at) || boxed || self.is(before, Meaning::BEGINS) {
                        from = before;
                    }
                }
                Shape::Small if self.named(before) || self.within_name(before) => {}
                Shape::Small
                    if self.is(before, Meaning::ENDS)
                        || self.is(before, Meaning::BEGINS)
                        || self.length(before) <= 3 && self.shape(before + 1) == Shape::Mark('.') => {}
                _ => break,
            }
        }
        from
    }

    /// USS Name, FPO AP 96401: the line before is the ship or the unit.
    fn forces(&self, at: usize, floor: usize) -> Option<(usize, usize)> {
        let post = self.is(at, Meaning::FORCES) && self.named(at + 1) && self.shape(at + 2) == Shape::Number;
        let line =
            at.checked_sub(1).filter(|&before| post && before >= floor && self.shape(before) == Shape::Line);
        let names = |&before: &usize| self.named(before) || self.shape(before) == Shape::Number;
        let from = line.and_then(|line| (floor..line).rev().take(5).take_while(names).last()).unwrap_or(at);
        post.then_some((from, at + 3))
    }
}
