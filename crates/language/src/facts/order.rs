//! Numbers of orders and parcels: by what they are called, parcels also by their carrier's letters.

use super::{
    Found, Kind, Value,
    said::{Called, said},
    text::Text,
};

/// The letters with which carriers begin their numbers.
const CARRIERS: &[&str] = &[
    "SF", "YT", "JT", "ZTO", "STO", "YD", "JDVA", "JDVB", "JDVC", "JDVE", "JD", "DPK", "EMS", "1Z", "JD0",
    "LP", "CNG",
];

/// Parcels that their letters show, or that are called parcels.
pub(super) fn parcels(text: &Text) -> Vec<Found> {
    tokens(text, &|text, from, to| {
        let by_carrier = carrier(text, from, to);
        let called = || said(text, from).is_some_and(|said| said.what == Called::Parcel && said.same_clause);
        let digits = digits(text, from, to);
        (by_carrier.is_some() || (digits >= 9 && !personal_shape(text, from, to) && called()))
            .then_some((Kind::Parcel, by_carrier.unwrap_or(to)))
    })
}

/// Orders, invoices and tickets, by what they are called.
pub(super) fn orders(text: &Text) -> Vec<Found> {
    tokens(text, &|text, from, to| {
        let digits = digits(text, from, to);
        if digits < 4 {
            return None;
        }
        let called = said(text, from).filter(|said| said.what == Called::Order)?;
        (called.same_clause && (called.direct || digits >= 8)).then_some((Kind::Order, to))
    })
}

type Judge = dyn Fn(&Text, usize, usize) -> Option<(Kind, usize)>;

/// Runs of letters, digits and hyphens.
fn tokens(text: &Text, judge: &Judge) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !text.at(at).is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let run = text.run(at, text.len(), |c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let end = text.run_back(run, run - at, |c| c == '-' || c == '_');
        let (kind, end) = match judge(text, at, end) {
            Some(judged) if end - at <= 40 => judged,
            _ => {
                at = run;
                continue;
            }
        };
        let value: String = text.slice(at..end).iter().filter(|c| **c != ' ').collect();
        found.push(Found { kind, range: at..end, value: Value::Text(value.to_ascii_uppercase()) });
        at = end;
    }
    found
}

fn digits(text: &Text, from: usize, to: usize) -> usize {
    text.slice(from..to.min(from + 40)).iter().filter(|c| c.is_ascii_digit()).count()
}

/// Where a parcel's number that begins with its carrier's letters ends; it may be written in groups.
fn carrier(text: &Text, from: usize, to: usize) -> Option<usize> {
    let letters = CARRIERS.iter().filter(|word| starts(text, from, word)).map(|word| word.len()).max();
    if postal_union(text, from, to) {
        return Some(to);
    }
    let begin = text.skip_blanks(from + letters?);
    let plain = text.run(begin, 24, |c| c.is_ascii_alphanumeric());
    if plain == to && begin == from + letters? && (10..=22).contains(&digits(text, begin, to)) {
        return Some(to);
    }
    let end = text.run(begin, 24, |c| c.is_ascii_digit() || c == ' ');
    let end = text.run_back(end, end - begin, |c| c == ' ').max(begin);
    let end = if text.before(end) == ' ' { end - 1 } else { end };
    let grouped = text.slice(from..end).contains(&' ') && !text.at(end).is_ascii_alphanumeric();
    (grouped && (10..=15).contains(&digits(text, begin, end)) && text.digit(begin).is_some()).then_some(end)
}

fn starts(text: &Text, from: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(at, c)| text.at(from + at).eq_ignore_ascii_case(&c))
}

/// EA123456789CN, by the Universal Postal Union's S10.
fn postal_union(text: &Text, from: usize, to: usize) -> bool {
    let letter = |at: usize| text.at(at).is_ascii_alphabetic();
    to - from == 13
        && [from, from + 1, to - 2, to - 1].into_iter().all(letter)
        && text.slice(from + 2..to - 2).iter().all(char::is_ascii_digit)
}

/// A mobile number is nobody's parcel, whoever stands before it.
fn personal_shape(text: &Text, from: usize, to: usize) -> bool {
    let mobile =
        to - from == 11 && text.at(from) == '1' && text.digit(from + 1).is_some_and(|digit| digit > 2);
    mobile && said(text, from).is_none_or(|said| !said.direct)
}
