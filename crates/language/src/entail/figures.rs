//! Whether every quantity of a sentence stands in its source, and beside the same words.

use super::{
    source::{SOME_DAY, Source, counts},
    words::{Script, Text},
};
use crate::quantity::{Quantity, Unit, quantities};

/// What became of a sentence's quantities.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    /// How many there are.
    pub(super) said: usize,
    /// Those that the source does not have.
    pub(super) lacking: Vec<Quantity>,
    /// How much of what stands around the worst of them stands around it in the source, from 0 to 1.
    pub(super) bound: f32,
    /// The same of the words right beside it.
    pub(super) beside: f32,
}

/// Numbers beyond so many are not looked at.
const MOST: usize = 24;

pub(super) fn check(sentence: &str, text: &Text, source: &Source) -> Figures {
    let said = quantities(sentence, SOME_DAY);
    let own = counts(&text.words, &text.low);
    let halves =
        ["am", "pm", "a.m", "p.m", "上午", "下午", "晚上", "早上"].iter().any(|half| text.low.contains(half));
    let lacking = said.iter().filter(|quantity| !stands(quantity, source, !halves)).cloned();
    let mut found = Figures {
        said: said.len().max(own.len()),
        lacking: lacking.collect(),
        bound: bound(text, source, 5),
        beside: bound(text, source, 2),
    };
    found.lacking.extend(rhythm(&text.low, &source.text.low));
    if found.lacking.is_empty() {
        found.lacking.extend(
            own.iter().filter(|&&count| count != 1_000 && !plain(count, source)).map(|count| Quantity {
                unit: Unit::Number,
                value: (count / 1_000).to_string(),
                at: 0,
                end: 0,
            }),
        );
    }
    found
}

/// How often: words for the same, the shortest time first, with its minutes.
const RHYTHMS: [(&[&str], &str); 4] = [
    (&["每天", "每日", "daily", "every day", "each day", "per day", " a day", "/day"], "1440"),
    (&["每周", "每星期", "weekly", "every week", "each week", "per week", " a week"], "10080"),
    (&["每月", "每个月", "monthly", "every month", "each month", "per month", " a month"], "43200"),
    (&["每年", "yearly", "annual", "every year", "each year", "per year", " a year"], "518400"),
];

/// How often the sentence says, where the source says another rhythm and not this one.
fn rhythm(here: &str, there: &str) -> Option<Quantity> {
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let other = RHYTHMS.iter().any(|(words, _)| has(there, words) && !has(here, words));
    let (_, minutes) =
        RHYTHMS.iter().find(|(words, _)| has(here, words) && !has(there, words)).filter(|_| other)?;
    Some(Quantity { unit: Unit::Time, value: (*minutes).to_owned(), at: 0, end: 0 })
}

/// Whether the source counts to this anywhere, in digits or words, or by a larger unit.
fn plain(count: i64, source: &Source) -> bool {
    source.counts.contains(&count)
        || source.quantities.iter().any(|quantity| quantity.value.parse().is_ok_and(|value: i64| value * 1_000 == count))
        // 24 hours for a day, 7 days for a week.
        || source.quantities.iter().any(|quantity| {
            let Some(minutes) = quantity.value.parse::<i64>().ok().filter(|_| quantity.unit == Unit::Time) else { return false };
            [60, 1_440, 10_080, 43_200, 518_400].iter().any(|unit| minutes % unit == 0 && minutes / unit * 1_000 == count)
        })
        || source.quantities.iter().any(|quantity| quantity.unit == Unit::Money("CNY") || matches!(quantity.unit, Unit::Money(_)))
            && source.quantities.iter().any(|quantity| {
                matches!(quantity.unit, Unit::Money(_)) && quantity.value.parse().is_ok_and(|cents: i64| cents * 10 == count)
            })
        || source.quantities.iter().any(|quantity| {
            quantity.unit == Unit::Percent && quantity.value.parse().is_ok_and(|off: i64| (100 - off) * 1_000 == count || (100 - off) * 100 == count)
        })
        || source.quantities.iter().any(|quantity| quantity.unit == Unit::Clock && clock_is(&quantity.value, count))
        || source.quantities.iter().any(|quantity| quantity.unit == Unit::Day && quantity.value.split(['-', '/']).any(|part| part.parse().is_ok_and(|part: i64| part * 1_000 == count)))
}

/// 13:00 is one o'clock too.
fn clock_is(clock: &str, count: i64) -> bool {
    let mut parts = clock.split(':').filter_map(|part| part.parse::<i64>().ok());
    let (Some(hour), minute) = (parts.next(), parts.next().unwrap_or(0)) else { return false };
    let hours = [hour, (hour + 11) % 12 + 1];
    hours.iter().any(|hour| hour * 1_000 == count) || minute * 1_000 == count
}

/// `either` says that the half of the day was left out and may be either.
fn stands(quantity: &Quantity, source: &Source, either: bool) -> bool {
    let same = |other: &Quantity| other.unit == quantity.unit && other.value == quantity.value;
    if source.quantities.iter().any(same) {
        return true;
    }
    let number: Option<i64> = quantity.value.parse().ok();
    match quantity.unit {
        Unit::Time
            if RHYTHMS.iter().any(|(words, minutes)| {
                *minutes == quantity.value && words.iter().any(|word| source.text.low.contains(word))
            }) =>
        {
            true
        }
        Unit::Number => number.is_some_and(|number| plain(number * 1_000, source)),
        // 8 pm may be written 20:00, and half the day left out.
        Unit::Clock => {
            either
                && source.quantities.iter().any(|other| {
                    other.unit == Unit::Clock && half_day(&other.value) == half_day(&quantity.value)
                })
        }
        Unit::Day => quantity.value.split_once('/').is_some_and(|(from, to)| {
            let has = |day: &str| {
                source
                    .quantities
                    .iter()
                    .any(|other| other.unit == Unit::Day && other.value.split('/').any(|known| known == day))
            };
            has(from) && has(to)
        }),
        _ => false,
    }
}

fn half_day(clock: &str) -> Option<(i64, i64)> {
    let (hour, minute) = clock.split_once(':')?;
    Some((hour.parse::<i64>().ok()? % 12, minute.parse().ok()?))
}

/// Of the telling words around each number, the share that stands around it in the source: of the worst number.
fn bound(text: &Text, source: &Source, reach: usize) -> f32 {
    let mut worst = 1.0_f32;
    for (at, word) in
        text.words.iter().enumerate().filter(|(_, word)| word.script == Script::Number).take(MOST)
    {
        let clause = text.clauses.iter().find(|clause| clause.contains(&at));
        let Some(clause) = clause else { continue };
        let around: Vec<&str> = (clause.start.max(at.saturating_sub(reach))..clause.end.min(at + 1 + reach))
            .filter(|&near| near != at && text.words[near].tells())
            .map(|near| text.words[near].text.as_str())
            .collect();
        if around.is_empty() {
            continue;
        }
        let places = source
            .text
            .words
            .iter()
            .enumerate()
            .filter(|(_, other)| other.script == Script::Number && other.text == word.text);
        let best = places
            .take(MOST)
            .map(|(place, _)| {
                let near = &source.text.words
                    [place.saturating_sub(2 * reach - 1)..(place + 2 * reach).min(source.text.words.len())];
                around.iter().filter(|word| near.iter().any(|other| other.text == **word)).count() as f32
                    / around.len() as f32
            })
            .fold(f32::NAN, f32::max);
        if !best.is_nan() {
            worst = worst.min(best);
        }
    }
    worst
}
