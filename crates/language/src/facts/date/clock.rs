//! Times of day: 晚上八点半, 18:30, 5 pm, and the parts of a day.

use jiff::civil::Time;

use crate::facts::{numeral, text::Text, value::Part};

/// A part of the day, a time, or both.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Clock {
    pub(super) part: Option<Part>,
    pub(super) time: Option<Time>,
}

/// Parts of the day, with whether they make small hours count from noon.
const PARTS: &[(&str, (Part, bool))] = &[
    ("凌晨", (Part::Night, false)),
    ("早上", (Part::Morning, false)),
    ("早晨", (Part::Morning, false)),
    ("清晨", (Part::Morning, false)),
    ("上午", (Part::Morning, false)),
    ("中午", (Part::Noon, true)),
    ("下午", (Part::Afternoon, true)),
    ("傍晚", (Part::Evening, true)),
    ("晚上", (Part::Evening, true)),
    ("夜里", (Part::Night, true)),
    ("半夜", (Part::Night, false)),
    ("晚间", (Part::Evening, true)),
    ("in the morning", (Part::Morning, false)),
    ("in the afternoon", (Part::Afternoon, true)),
    ("in the evening", (Part::Evening, true)),
    ("morning", (Part::Morning, false)),
    ("noon", (Part::Noon, true)),
    ("afternoon", (Part::Afternoon, true)),
    ("evening", (Part::Evening, true)),
    ("night", (Part::Night, true)),
    ("am", (Part::Morning, false)),
    ("pm", (Part::Afternoon, true)),
    ("a.m.", (Part::Morning, false)),
    ("p.m.", (Part::Afternoon, true)),
];

/// No time of day begins otherwise, when no day stands before it.
const BEGINS: &str = "凌早清上中下傍晚夜半零一二两三四五六七八九十";

/// What follows a day: the end, and what was said. `known` is the part that the day's word named.
pub(super) fn after_day(text: &Text, from: usize, known: Option<Part>) -> (usize, Clock) {
    let begin = text.run(from, 3, |c| " 的,T".contains(c));
    let begin = text.any(begin, &["at", "around", "by", "@"]).map_or(begin, |end| text.skip_blanks(end));
    let (end, part, late) = match text.pick(begin, PARTS) {
        Some((end, (part, late))) => (end, Some(part), late),
        None => (begin, known, matches!(known, Some(Part::Evening | Part::Night | Part::Afternoon))),
    };
    let begin = text.run(end, 2, |c| " 的".contains(c));
    match time(text, begin, part, late) {
        Some((end, part, time)) => (end, Clock { part, time: Some(time) }),
        None if end > begin.min(end) || part != known => (end, Clock { part, time: None }),
        None => (from, Clock { part: known, time: None }),
    }
}

/// A time without a day is today's: only a full one counts.
pub(super) fn alone(text: &Text, at: usize) -> Option<(usize, Clock)> {
    if !(text.at(at).is_ascii_digit() || BEGINS.contains(text.at(at))) {
        return None;
    }
    let part = text.pick(at, PARTS).filter(|_| crate::is_han(text.at(at)));
    let (begin, named, late) =
        part.map_or((at, None, false), |(end, (part, late))| (text.skip_blanks(end), Some(part), late));
    if text.before(at) == ':' || text.before(at) == '.' {
        return None;
    }
    let (end, part, time) = time(text, begin, named, late)?;
    // "有3点建议": a bare hour is no time.
    let full =
        named.is_some() || part.is_some() || text.slice(begin..end).iter().any(|c| ":半刻分".contains(*c));
    full.then_some((end, Clock { part, time: Some(time) }))
}

/// An hour, perhaps minutes, perhaps am or pm.
fn time(text: &Text, at: usize, part: Option<Part>, late: bool) -> Option<(usize, Option<Part>, Time)> {
    let (end, hour) = hour(text, at)?;
    let (end, minute) = minutes(text, end).unwrap_or((end, 0));
    let han = matches!(text.at(end), '点' | '时');
    let (end, part, late) = match text.pick(text.skip_blanks(end), PARTS) {
        Some((end, (part, late))) if !crate::is_han(text.before(end)) => (end, Some(part), late),
        _ => (end, part, late),
    };
    let bare = end == at + text.run(at, 2, |c| c.is_ascii_digit()) - at && !han;
    if bare && !after_at(text, at) {
        return None;
    }
    // "at 5": shops are not open at five in the morning.
    let late = late || (bare && part.is_none() && (1..=7).contains(&hour));
    let hour = if late && hour < 12 { hour + 12 } else { hour };
    Some((end, part, Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?))
}

fn after_at(text: &Text, at: usize) -> bool {
    let end = text.run_back(at, 2, |c| c == ' ');
    end.checked_sub(2).is_some_and(|begin| text.word(begin, "at") == Some(end)) && end < at
}

fn hour(text: &Text, at: usize) -> Option<(usize, i64)> {
    let end = text.run(at, 3, |c| c.is_ascii_digit());
    if end > at {
        let value =
            text.slice(at..end).iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, digit| sum * 10 + digit);
        return (end - at <= 2 && value <= 24 && !text.before(at).is_ascii_digit())
            .then_some((end, i64::from(value)));
    }
    let (end, value) = numeral::chinese(text, at)?;
    (value <= 24 && matches!(text.at(end), '点' | '时')).then_some((end, value))
}

/// :30, :30:05, 点半, 点一刻, 点20分, 点钟.
fn minutes(text: &Text, at: usize) -> Option<(usize, i64)> {
    let two = |at: usize| {
        let end = text.run(at, 3, |c| c.is_ascii_digit());
        let value =
            text.slice(at..end).iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, digit| sum * 10 + digit);
        (end - at == 2 && value < 60).then_some((end, i64::from(value)))
    };
    match text.at(at) {
        ':' => {
            let (end, value) = two(at + 1)?;
            let end = if text.at(end) == ':' { two(end + 1).map_or(end, |(end, _)| end) } else { end };
            Some((end, value))
        }
        '点' | '时' => Some(match text.at(at + 1) {
            '半' => (at + 2, 30),
            '整' | '钟' => (at + 2, 0),
            '一' if text.at(at + 2) == '刻' => (at + 3, 15),
            '三' if text.at(at + 2) == '刻' => (at + 3, 45),
            _ => {
                match two(at + 1).or_else(|| numeral::chinese(text, at + 1).filter(|(_, value)| *value < 60))
                {
                    Some((end, value)) => (end + usize::from(text.at(end) == '分'), value),
                    None => (at + 1, 0),
                }
            }
        }),
        _ => None,
    }
}
