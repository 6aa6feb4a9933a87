//! Days in English: tomorrow, next Wed, Jan 3rd, 3 days ago.

use jiff::civil::Date;

use super::{
    Read,
    calendar::{Days, Unit, dated, month, nearest, shifted, weekday, whole},
};
use crate::facts::{text::Text, value::Part};

const DAYS: &[(&str, (i64, Option<Part>))] = &[
    ("today", (0, None)),
    ("tonight", (0, Some(Part::Evening))),
    ("tomorrow", (1, None)),
    ("tmrw", (1, None)),
    ("yesterday", (-1, None)),
    ("the day after tomorrow", (2, None)),
    ("day after tomorrow", (2, None)),
    ("the day before yesterday", (-2, None)),
    ("day before yesterday", (-2, None)),
    ("last night", (-1, Some(Part::Night))),
];
/// Full names stand alone; short ones need "next", "last", "this" or "on".
const WEEKDAYS: &[(&str, (i64, bool))] = &[
    ("monday", (0, true)),
    ("tuesday", (1, true)),
    ("wednesday", (2, true)),
    ("thursday", (3, true)),
    ("friday", (4, true)),
    ("saturday", (5, true)),
    ("sunday", (6, true)),
    ("mon", (0, false)),
    ("tue", (1, false)),
    ("tues", (1, false)),
    ("wed", (2, false)),
    ("thu", (3, false)),
    ("thur", (3, false)),
    ("thurs", (3, false)),
    ("fri", (4, false)),
    ("sat", (5, false)),
    ("sun", (6, false)),
];
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const UNITS: &[(&str, Unit)] = &[
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("year", Unit::Year),
    ("years", Unit::Year),
];

pub(super) fn day(text: &Text, at: usize, today: Date) -> Option<Read> {
    if !text.at(at).is_ascii_alphanumeric() || text.before(at).is_ascii_alphanumeric() {
        return None;
    }
    if let Some((end, (offset, part))) = text.pick(at, DAYS) {
        return Some(Read { end, days: shifted(today, offset, Unit::Day).map(Days::one), part });
    }
    relative(text, at, today)
        .or_else(|| counted(text, at, today))
        .or_else(|| month_first(text, at, today))
        .or_else(|| day_first(text, at, today))
}

/// next Wed, last Friday, this week, on Monday, Monday.
fn relative(text: &Text, at: usize, today: Date) -> Option<Read> {
    let which =
        text.pick(at, &[("next", 1), ("last", -1), ("past", -1), ("this", 0), ("on", 0), ("coming", 0)]);
    let begin = which.map_or(at, |(end, _)| text.skip_blanks(end));
    if let Some((end, (day, full))) = text.pick(begin, WEEKDAYS) {
        let date = match which {
            Some((_, 1)) => weekday(today, 1, day),
            Some((_, -1)) => weekday(today, 0, day)
                .and_then(|date| if date < today { Some(date) } else { weekday(today, -1, day) }),
            _ => weekday(today, 0, day)
                .and_then(|date| if date >= today { Some(date) } else { weekday(today, 1, day) }),
        };
        return (which.is_some() || full).then(|| Read { end, days: date.map(Days::one), part: None });
    }
    let (word, offset) = which.filter(|&(end, _)| text.word(at, "on") != Some(end))?;
    let begin = text.skip_blanks(word);
    if let Some(end) = text.word(begin, "weekend") {
        let days = weekday(today, offset, 5).zip(weekday(today, offset, 6));
        return Read::new(end, days.map(|(from, to)| Days { from, to }));
    }
    let (end, unit) = text.pick(begin, UNITS).filter(|(_, unit)| *unit != Unit::Day)?;
    Read::new(end, whole(today, offset, unit))
}

/// 3 days ago, in two weeks.
fn counted(text: &Text, at: usize, today: Date) -> Option<Read> {
    let ahead = text.word(at, "in");
    let (end, count) = count(text, ahead.map_or(at, |end| text.skip_blanks(end)))?;
    let (end, unit) = text.pick(text.skip_blanks(end), UNITS)?;
    let way = text.pick(
        text.skip_blanks(end),
        &[("ago", -1), ("from now", 1), ("from today", 1), ("earlier", -1), ("later", 1)],
    );
    match (ahead, way) {
        (_, Some((end, way))) => Read::new(end, shifted(today, way * count, unit).map(Days::one)),
        (Some(_), None) => Read::new(end, shifted(today, count, unit).map(Days::one)),
        _ => None,
    }
}

fn count(text: &Text, at: usize) -> Option<(usize, i64)> {
    let words = [
        ("a", 1),
        ("an", 1),
        ("one", 1),
        ("two", 2),
        ("a couple of", 2),
        ("three", 3),
        ("a few", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("ten", 10),
    ];
    text.pick(at, &words).or_else(|| small(text, at))
}

fn small(text: &Text, at: usize) -> Option<(usize, i64)> {
    let end = text.run(at, 3, |c| c.is_ascii_digit());
    let value =
        text.slice(at..end).iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, digit| sum * 10 + digit);
    (matches!(end - at, 1 | 2)).then_some((end, i64::from(value)))
}

/// A month by its name or its first three letters (Sept too).
fn month_name(text: &Text, at: usize) -> Option<(usize, i64)> {
    let short = |name: &str| text.word(at, &name[..3]).map(|end| end + usize::from(text.at(end) == '.'));
    MONTHS.iter().enumerate().find_map(|(place, name)| {
        let end = text
            .word(at, name)
            .or_else(|| short(name))
            .or_else(|| text.word(at, "sept").filter(|_| place == 8))?;
        Some((end, i64::try_from(place).ok()? + 1))
    })
}

/// Jan 3rd, January 3, 2026, March 2026.
fn month_first(text: &Text, at: usize, today: Date) -> Option<Read> {
    let (end, number) = month_name(text, at)?;
    let begin = text.skip_blanks(end);
    if let Some(read) = year(text, begin).filter(|_| begin > end) {
        return Read::new(read.0, month(read.1, number));
    }
    let (end, day) = ordinal(text, begin).filter(|_| begin > end)?;
    let (end, date) = with_year(text, end, today, number, day);
    Read::new(end, date.map(Days::one))
}

/// 3 Jan, 3rd of January 2026.
fn day_first(text: &Text, at: usize, today: Date) -> Option<Read> {
    let (end, day) = ordinal(text, at)?;
    let begin = text.skip_blanks(end);
    let begin = text.word(begin, "of").map_or(begin, |end| text.skip_blanks(end));
    let (end, number) = month_name(text, begin)?;
    let (end, date) = with_year(text, end, today, number, day);
    Read::new(end, date.map(Days::one))
}

fn ordinal(text: &Text, at: usize) -> Option<(usize, i64)> {
    let (end, day) = small(text, at).filter(|(_, day)| (1..=31).contains(day))?;
    let ending = ["st", "nd", "rd", "th"].into_iter().find_map(|word| {
        let here = word.chars().enumerate().all(|(place, c)| text.at(end + place).eq_ignore_ascii_case(&c));
        here.then_some(end + 2)
    });
    let end = ending.unwrap_or(end);
    (!text.at(end).is_ascii_alphanumeric()).then_some((end, day))
}

fn with_year(text: &Text, end: usize, today: Date, number: i64, day: i64) -> (usize, Option<Date>) {
    let begin = text.run(end, 3, |c| c == ' ' || c == ',');
    match year(text, begin).filter(|_| begin > end) {
        Some((end, year)) => (end, dated(year, number, day)),
        None => (end, nearest(today, number, day)),
    }
}

fn year(text: &Text, at: usize) -> Option<(usize, i64)> {
    let end = text.run(at, 5, |c| c.is_ascii_digit());
    let value =
        text.slice(at..end).iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, digit| sum * 10 + digit);
    (end - at == 4 && (1900..=2199).contains(&value) && !text.at(end).is_ascii_alphanumeric())
        .then_some((end, i64::from(value)))
}
