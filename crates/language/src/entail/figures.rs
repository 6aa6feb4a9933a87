//! Whether every quantity of a sentence stands in its source, and beside the same words.

use super::{
    source::{SOME_DAY, Source, counts, numeral, spelt},
    words::{Script, Text, Word},
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
        found.lacking.extend(miscounted(text, source));
    }
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

/// Twelve o'clock, in words.
const NOON: [&str; 5] = ["noon", "midday", "正午", "中午", "midnight"];

/// How often: words for the same, the shortest time first, with its length in thousandths of a minute.
const RHYTHMS: [(&[&str], &str); 4] = [
    (
        &[
            "每天",
            "每日",
            "daily",
            "every day",
            "each day",
            "per day",
            " a day",
            "/day",
            "nightly",
            "per night",
        ],
        "1440000",
    ),
    (&["每周", "每星期", "weekly", "every week", "each week", "per week", " a week"], "10080000"),
    (
        &[
            "每月",
            "每个月",
            "按月",
            "自然月",
            "月费",
            "月租",
            "monthly",
            "every month",
            "each month",
            "per month",
            " a month",
        ],
        "43200000",
    ),
    (
        &[
            "每年",
            "自然年",
            "年费",
            "年卡",
            "按年",
            "per annum",
            "yearly",
            "annual",
            "every year",
            "each year",
            "per year",
            " a year",
        ],
        "518400000",
    ),
];

/// How often the sentence says, where the source says another rhythm and not this one.
fn rhythm(here: &str, there: &str) -> Option<Quantity> {
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let other = RHYTHMS.iter().any(|(words, _)| has(there, words) && !has(here, words));
    let (_, minutes) =
        RHYTHMS.iter().find(|(words, _)| has(here, words) && !has(there, words)).filter(|_| other)?;
    Some(Quantity { unit: Unit::Time, value: (*minutes).to_owned(), at: 0, end: 0 })
}

/// Numbers of a thing or a measure of which the source has others and not this: three times where it says twice and 3 days.
fn miscounted(text: &Text, source: &Source) -> Vec<Quantity> {
    let there: Vec<(i64, String)> = counted(&source.text.words).collect();
    let lacks = |pair: &(i64, String)| {
        pair.0 != 1_000 && !there.contains(pair) && there.iter().any(|(_, measure)| *measure == pair.1)
    };
    let number =
        |(count, _): (i64, String)| Quantity { unit: Unit::Number, value: count.to_string(), at: 0, end: 0 };
    counted(&text.words).filter(lacks).map(number).collect()
}

/// Measures that count one kind of thing each.
const MEASURES: [char; 20] = [
    '次', '张', '件', '条', '台', '份', '本', '位', '名', '家', '款', '步', '项', '倍', '间', '晚', '笔',
    '趟', '层', '门',
];

/// Numbers with what they count, of Chinese by its measure.
fn counted(words: &[Word]) -> impl Iterator<Item = (i64, String)> + '_ {
    words.iter().enumerate().filter_map(|(at, word)| {
        let next = words.get(at + 1).filter(|next| next.clause == word.clause);
        let value = match word.script {
            Script::Latin => spelt(&word.text)?,
            Script::Number if word.text.bytes().all(|byte| byte.is_ascii_digit()) => {
                word.text.parse::<i64>().ok()?.checked_mul(1_000)?
            }
            Script::Number | Script::Han => numeral(&word.text)?,
        };
        let own = word.text.chars().last().filter(|c| MEASURES.contains(c) && word.text.chars().count() > 1);
        let measure = own.map(String::from).or_else(|| {
            let next = next?;
            let begins = next.text.chars().next().filter(|c| MEASURES.contains(c)).map(String::from);
            begins.or_else(|| {
                (next.script == Script::Latin && next.tells() && word.script != Script::Han)
                    .then(|| next.text.clone())
            })
        })?;
        Some((value, measure))
    })
}

/// Whether the source counts to this anywhere, in digits or words, or by a larger unit.
fn plain(count: i64, source: &Source) -> bool {
    source.counts.contains(&count)
        || source.quantities.iter().any(|quantity| quantity.unit == Unit::Number && quantity.value.parse() == Ok(count))
        // 24 hours for a day, 7 days for a week.
        || source.quantities.iter().any(|quantity| {
            let Some(length) = quantity.value.parse::<i64>().ok().filter(|_| quantity.unit == Unit::Time) else { return false };
            [60_000, 1_440_000, 10_080_000, 43_200_000, 518_400_000].iter().any(|unit| length % unit == 0 && length / unit * 1_000 == count)
        })
        || count == 12_000 && NOON.iter().any(|noon| source.text.low.contains(noon))
        || source.quantities.iter().any(|quantity| quantity.unit == Unit::Money("CNY") || matches!(quantity.unit, Unit::Money(_)))
            && source.quantities.iter().any(|quantity| {
                matches!(quantity.unit, Unit::Money(_)) && quantity.value.parse().is_ok_and(|cents: i64| cents * 10 == count)
            })
        || source.quantities.iter().any(|quantity| {
            quantity.unit == Unit::Percent && quantity.value.parse().is_ok_and(|off: i64| 100_000 - off == count || (100_000 - off) / 10 == count)
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
        Unit::Clock
            if quantity.value == "12:00" && NOON.iter().any(|noon| source.text.low.contains(noon)) =>
        {
            true
        }
        Unit::Number => number.is_some_and(|number| plain(number, source)),
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

#[cfg(test)]
mod tests {
    use crate::entail::{Source, look};

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        let lacks =
            |sentence: &str, source: &str| !look(sentence, &Source::read(source)).1.quantities.is_empty();
        for (truth, source) in [
            ("一年年费 80 元。", "普卡年费 80 元。"),
            ("A pass is 90 a year.", "The annual pass costs 90."),
            ("We deliver until 12 noon.", "We deliver until noon."),
            ("You have 24 hours.", "You have one day."),
            ("一共可以停两次。", "可以停 2 次。"),
        ] {
            assert!(!lacks(truth, source), "{truth}");
        }
        for (lie, source) in [
            ("一年能停三次。", "每年可以停两次，请提前 3 天申请。"),
            ("Take three bags.", "Take two bags and three coats."),
            ("A pass is 90 a month.", "The annual pass costs 90 a year."),
        ] {
            assert!(lacks(lie, source), "{lie}");
        }
    }
}
