//! Dates in digits: 2026-01-02, 2026/1/2, 20260102, 01/15/2026.

use jiff::civil::Date;

use super::{
    Read,
    calendar::{Days, dated},
};
use crate::facts::text::Text;

pub(super) fn day(text: &Text, at: usize, _today: Date) -> Option<Read> {
    text.digit(at)?;
    if "-./".contains(text.before(at)) && text.before(at - 1).is_ascii_digit() {
        return None;
    }
    let (first, end) = digits(text, at);
    match end - at {
        8 => compact(text, at, end),
        4 if (1900..=2199).contains(&first) => year_first(text, end, first),
        1 | 2 => year_last(text, end, first),
        _ => None,
    }
}

fn digits(text: &Text, at: usize) -> (i64, usize) {
    let end = text.run(at, 9, |c| c.is_ascii_digit());
    (text.slice(at..end).iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, d| sum * 10 + i64::from(d)), end)
}

/// Nobody's digits go on, nor does the chain.
fn ends(text: &Text, end: usize) -> bool {
    let next = text.at(end);
    let chained = "-./".contains(next) && text.digit(end + 1).is_some();
    next == 'T' || !(next.is_ascii_alphanumeric() || chained)
}

fn compact(text: &Text, at: usize, end: usize) -> Option<Read> {
    let part = |from, to| digits_of(text, at + from, at + to);
    let date =
        dated(part(0, 4), part(4, 6), part(6, 8)).filter(|date| (1990..=2059).contains(&date.year()))?;
    if !ends(text, end) || text.before(at).is_ascii_alphanumeric() || "#-_".contains(text.before(at)) {
        return None;
    }
    Read::new(end, Some(Days::one(date)))
}

fn digits_of(text: &Text, from: usize, to: usize) -> i64 {
    text.slice(from..to).iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, d| sum * 10 + i64::from(d))
}

fn separator(text: &Text, at: usize) -> Option<char> {
    Some(text.at(at)).filter(|c| "-./".contains(*c))
}

fn year_first(text: &Text, at: usize, year: i64) -> Option<Read> {
    let mark = separator(text, at)?;
    let (month, middle) = digits(text, at + 1);
    let (day, end) = digits(text, middle + 1);
    let sizes = (1..=2).contains(&(middle - at - 1)) && (1..=2).contains(&(end.saturating_sub(middle + 1)));
    (text.at(middle) == mark && sizes && ends(text, end)).then(|| Read {
        end,
        days: dated(year, month, day).map(Days::one),
        part: None,
    })
}

/// Months first, as in America, unless the calendar forbids it.
fn year_last(text: &Text, at: usize, first: i64) -> Option<Read> {
    let mark = separator(text, at)?;
    let (second, middle) = digits(text, at + 1);
    let (year, end) = digits(text, middle + 1);
    let sizes = (1..=2).contains(&(middle - at - 1)) && end.saturating_sub(middle + 1) == 4;
    if text.at(middle) != mark || !sizes || !ends(text, end) || !(1900..=2199).contains(&year) {
        return None;
    }
    let date = dated(year, first, second).or_else(|| dated(year, second, first));
    Read::new(end, date.map(Days::one))
}
