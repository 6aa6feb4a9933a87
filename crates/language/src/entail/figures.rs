//! Whether every quantity of a sentence stands in its source, and beside the same words.
// long because: one comparison of quantities, with the lists of words that say them

use super::{
    shares,
    source::{SOME_DAY, Source, counts, numeral, spelt},
    words::{Script, Text, Word},
};
use crate::{
    is_han,
    quantity::{Quantity, Unit, quantities},
};

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
    let lacking = said.iter().filter(|quantity| !stands(quantity, text, source, !halves)).cloned();
    let mut found = Figures {
        said: said.len().max(own.len()),
        lacking: lacking.collect(),
        bound: bound(text, source, 5),
        beside: bound(text, source, 2),
    };
    found.lacking.extend(rhythm(&text.low, source));
    found.lacking.extend(shares::lacking(&text.low, source).map(|share| Quantity {
        unit: Unit::Percent,
        value: (share * 1_000).to_string(),
        at: 0,
        end: 0,
    }));
    if found.lacking.is_empty() {
        found.lacking.extend(miscounted(text, source));
    }
    if found.lacking.is_empty() {
        found.lacking.extend(uncounted(text, &own, source));
    }
    found
}

/// Half of something, in words.
const HALF: [&str; 5] = ["一半", "半价", "减半", "半数", "half"];
/// Twelve o'clock, in words.
const NOON: [&str; 5] = ["noon", "midday", "正午", "中午", "midnight"];

/// How often: words for the same, the shortest time first, with its length in thousandths of a minute.
const RHYTHMS: [(&[&str], &str); 5] = [
    (
        &[
            "每小时",
            "每个小时",
            "每个钟头",
            "/小时",
            "hourly",
            "per hour",
            "an hour",
            "every hour",
            "each hour",
        ],
        "60000",
    ),
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
            "-a-month",
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
            "-a-year",
        ],
        "518400000",
    ),
];

/// How often the sentence says, where the source says another rhythm and not this one.
fn rhythm(here: &str, source: &Source) -> Option<Quantity> {
    let there = source.text.low.as_str();
    let has = |text: &str, words: &[&str]| words.iter().any(|word| rhythmic(text, word));
    let other = RHYTHMS.iter().any(|(words, _)| has(there, words) && !has(here, words));
    let (_, minutes) =
        RHYTHMS.iter().find(|(words, _)| has(here, words) && !has(there, words)).filter(|_| other)?;
    // Every 12 months is once a year.
    let same = |other: &Quantity| other.unit == Unit::Time && other.value == *minutes;
    if source.quantities.iter().any(same) {
        return None;
    }
    Some(Quantity { unit: Unit::Time, value: (*minutes).to_owned(), at: 0, end: 0 })
}

/// Whether a text says how often with these words; "a day ahead" says when.
fn rhythmic(text: &str, word: &str) -> bool {
    let mut found = text.match_indices(word);
    found.any(|(at, _)| {
        let rest = text[at + word.len()..].trim_start();
        ![
            "ahead",
            "before",
            "late",
            "early",
            "after",
            "from",
            "in advance",
            "beforehand",
            "permit",
            "pass",
            "ticket",
            "trip",
        ]
        .iter()
        .any(|next| rest.starts_with(next))
    })
}

/// Numbers of a thing or a measure of which the source has others and not this: three times where it says twice and 3 days.
fn miscounted(text: &Text, source: &Source) -> Vec<Quantity> {
    let there: Vec<(i64, String)> = counted(&source.text.words).collect();
    // A number that the source says of nothing may be of anything: "at least 60".
    let bare = |count: i64, measure: &str| {
        let all = source.text.words.iter().filter(|word| value(word) == Some(count)).count();
        measure.is_ascii() && all > there.iter().filter(|(known, _)| *known == count).count()
    };
    let lacks = |pair: &(i64, String)| {
        pair.0 != 1_000
            && !there.contains(pair)
            && !bare(pair.0, &pair.1)
            && !MEASURED.contains(&pair.1.as_str())
            && there.iter().any(|(_, measure)| *measure == pair.1)
    };
    let number =
        |(count, _): (i64, String)| Quantity { unit: Unit::Number, value: count.to_string(), at: 0, end: 0 };
    counted(&text.words).filter(lacks).map(number).collect()
}

/// Measures that count one kind of thing each.
const MEASURES: [char; 29] = [
    '次', '张', '件', '条', '台', '份', '本', '位', '名', '家', '款', '步', '项', '倍', '间', '晚', '笔',
    '趟', '层', '门', '套', '人', '回', '遍', '号', '栋', '座', '楼', '室',
];

/// What is measured is compared with its unit elsewhere.
const MEASURED: [&str; 18] = [
    "day", "hour", "minut", "week", "month", "year", "dollar", "pound", "euro", "percent", "kilo", "mile",
    "cent", "metr", "meter", "working", "busi", "calendar",
];

/// The number that a word is, in thousandths.
fn value(word: &Word) -> Option<i64> {
    match word.script {
        Script::Latin => spelt(&word.text),
        Script::Number if word.text.bytes().all(|byte| byte.is_ascii_digit()) => {
            word.text.parse::<i64>().ok()?.checked_mul(1_000)
        }
        Script::Number | Script::Han => numeral(&word.text),
    }
}

/// Numbers with what they count, of Chinese by its measure.
fn counted(words: &[Word]) -> impl Iterator<Item = (i64, String)> + '_ {
    words.iter().enumerate().filter_map(|(at, word)| {
        let next = words.get(at + 1).filter(|next| next.clause == word.clause);
        let value = value(word)?;
        let own = word.text.chars().last().filter(|c| MEASURES.contains(c) && word.text.chars().count() > 1);
        let measure = own.map(String::from).or_else(|| {
            let next = next?;
            let begins = next.text.chars().next().filter(|c| MEASURES.contains(c)).map(String::from);
            begins.or_else(|| {
                (next.script == Script::Latin && next.tells() && word.script != Script::Han)
                    .then(|| next.text.clone())
            })
        })?;
        let measure = match measure.as_str() {
            "位" | "名" => "人".to_owned(),
            "楼" => "层".to_owned(),
            "回" | "遍" => "次".to_owned(),
            _ => measure,
        };
        Some((value, measure))
    })
}

/// Plain numbers that the source does not have.
fn uncounted(text: &Text, own: &[i64], source: &Source) -> Vec<Quantity> {
    let behind = text.low.split_once('米').map_or("", |(_, rest)| rest);
    let behind: String = behind.chars().take_while(|c| "零一二三四五六七八九".contains(*c)).collect();
    // 一米五, 一米零五: what stands behind was compared with the length.
    let part = numeral(&behind);
    // The hour of a clock that stands was compared as such: 下午3点 of 15点.
    let hours: Vec<String> = text
        .stated
        .iter()
        .filter(|(said, _)| said.unit == Unit::Clock)
        .map(|(said, _)| said.value.clone())
        .collect();
    let hour = |count: i64| hours.iter().any(|clock| clock_is(clock, count));
    let lacks = |count: &&i64| {
        ![500, 1_000].contains(*count) && part != Some(**count) && !plain(**count, source) && !hour(**count)
    };
    let number =
        |count: &i64| Quantity { unit: Unit::Number, value: (count / 1_000).to_string(), at: 0, end: 0 };
    own.iter().filter(lacks).map(number).collect()
}

/// Whether the source counts to this anywhere, in digits or words, or by a larger unit.
fn plain(count: i64, source: &Source) -> bool {
    source.counts.contains(&count)
        || count == 2_000 && BOTH.iter().any(|both| source.text.low.contains(both))
        || source.quantities.iter().any(|quantity| quantity.unit == Unit::Number && quantity.value.parse() == Ok(count))
        // 24 hours for a day, 7 days for a week.
        || source.quantities.iter().any(|quantity| {
            let Some(length) = quantity.value.parse::<i64>().ok().filter(|_| quantity.unit == Unit::Time) else { return false };
            [1_000, 60_000, 1_440_000, 10_080_000, 43_200_000, 518_400_000].iter().any(|unit| length % unit == 0 && length / unit * 1_000 == count)
        })
        || count == 50_000 && HALF.iter().any(|half| source.text.low.contains(half))
        || count == 12_000 && NOON.iter().any(|noon| source.text.low.contains(noon))
        || source.quantities.iter().any(|quantity| quantity.unit == Unit::Money("CNY") || matches!(quantity.unit, Unit::Money(_)))
            && source.quantities.iter().any(|quantity| {
                matches!(quantity.unit, Unit::Money(_)) && quantity.value.parse().is_ok_and(|cents: i64| cents * 10 == count)
            })
        || source.quantities.iter().any(|quantity| {
            quantity.unit == Unit::Percent && quantity.value.parse().is_ok_and(|off: i64| off == count || 100_000 - off == count || (100_000 - off) / 10 == count)
        })
        || source.quantities.iter().any(|quantity| quantity.unit == Unit::Clock && clock_is(&quantity.value, count))
        || source.quantities.iter().any(|quantity| quantity.unit == Unit::Day && quantity.value.split(['-', '/']).any(|part| part.parse().is_ok_and(|part: i64| part * 1_000 == count)))
}

/// Two, in other words.
const BOTH: [&str; 2] = ["both", "双方"];

/// 13:00 is one o'clock too.
fn clock_is(clock: &str, count: i64) -> bool {
    let mut parts = clock.split(':').filter_map(|part| part.parse::<i64>().ok());
    let (Some(hour), minute) = (parts.next(), parts.next().unwrap_or(0)) else { return false };
    // 21:45 is a quarter to ten, 九点三刻.
    let quarter = minute == 45;
    let [next, three] = if quarter { [hour % 12 + 1, 3] } else { [hour, hour] };
    let said = [hour, (hour + 11) % 12 + 1, next, minute, three];
    said.iter().any(|said| said * 1_000 == count)
}

/// `either` says that the half of the day was left out and may be either.
fn stands(quantity: &Quantity, text: &Text, source: &Source, either: bool) -> bool {
    let same = |other: &Quantity| other.unit == quantity.unit && other.value == quantity.value;
    if source.quantities.iter().any(same) {
        return true;
    }
    let number: Option<i64> = quantity.value.parse().ok();
    match quantity.unit {
        Unit::Time
            if !is_limit(&text.low)
                && RHYTHMS.iter().any(|(words, minutes)| {
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
        Unit::Time if number.is_some_and(|number| is_about(number, source)) => true,
        // 八十块一张: the 一 counts what follows.
        Unit::Money(_) if text.low.contains("块一") => number.is_some_and(|cents| {
            source
                .quantities
                .iter()
                .any(|other| matches!(other.unit, Unit::Money(_)) && other.value.parse() == Ok(cents - 10))
        }),
        // 一米三: the 三 are tenths.
        Unit::Length => number.zip(tenths(&text.low)).is_some_and(|(length, tenths)| {
            source
                .quantities
                .iter()
                .any(|other| other.unit == Unit::Length && other.value.parse() == Ok(length + tenths))
        }),
        Unit::Percent if number == Some(50_000) => HALF.iter().any(|half| source.text.low.contains(half)),
        Unit::Weekday => quantity.value.parse().is_ok_and(|day: u8| is_weekday_said(day, source)),
        Unit::Day if ["下个月", "下月", "next month"].iter().any(|word| text.low.contains(word)) => {
            ["下个月", "下月", "次月", "next month", "following month"]
                .iter()
                .any(|word| source.text.low.contains(word))
                && quantity
                    .value
                    .split(['-', '/'])
                    .nth(1)
                    .and_then(|day| day.parse::<i64>().ok())
                    .is_some_and(|day| source.counts.contains(&(day * 1_000)))
        }
        // 8 pm may be written 20:00, and half the day left out.
        Unit::Clock => {
            hour_is_said(&quantity.value, source)
                || either
                    && !is_full_clock(&quantity.value, &text.low, source)
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

/// A month is four weeks, 28 to 31 days; a year 52 weeks, 12 months, 365 days.
const ALIKE: [&[i64]; 3] = [
    &[20_160_000, 21_600_000],
    &[40_320_000, 43_200_000, 44_640_000],
    &[518_400_000, 524_160_000, 525_600_000],
];

/// Whether the source has the same span, by a calendar that counts otherwise.
fn is_about(span: i64, source: &Source) -> bool {
    let alike = ALIKE.iter().find(|alike| alike.contains(&span)).copied().unwrap_or_default();
    let times = source.quantities.iter().filter(|other| other.unit == Unit::Time);
    times.filter_map(|other| other.value.parse().ok()).any(|other: i64| alike.contains(&other))
}

/// Whether a single unit is as long as something takes or holds, and no rhythm: 满一年, 一小时起, 保修一年.
fn is_limit(low: &str) -> bool {
    [
        "满一",
        "一年内",
        "一年之内",
        "个小时起",
        "一小时起",
        "保修一",
        "质保一",
        "within a",
        "within one",
        "for a year",
        "for one year",
    ]
    .iter()
    .any(|word| low.contains(word))
}

/// What stands behind 米 as its tenths, in thousandths of a millimetre.
fn tenths(low: &str) -> Option<i64> {
    let (_, rest) = low.split_once('米')?;
    let (rest, scale) = rest.strip_prefix('零').map_or((rest, 100_000), |rest| (rest, 10_000));
    let digit = "零一二三四五六七八九".chars().position(|known| rest.starts_with(known))?;
    Some(i64::try_from(digit).ok()? * scale)
}

/// Whether a source speaks of a day of the week, 0 for Monday: at the weekend, on weekdays, from Tuesday to Thursday.
fn is_weekday_said(day: u8, source: &Source) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| source.text.low.contains(word));
    let days: Vec<u8> = source
        .quantities
        .iter()
        .filter(|other| other.unit == Unit::Weekday)
        .filter_map(|other| other.value.parse().ok())
        .collect();
    let range = has(&[" to ", "至", "到", "-", "–", "~", "through"])
        && days.windows(2).any(|two| two[0] < day && day < two[1]);
    range || if day < 5 { has(&["工作日", "weekday", "working day"]) } else { has(&["周末", "weekend"]) }
}

/// Whether a source writes a full hour as 20点, which may be a number of anything to a reader of times.
fn hour_is_said(clock: &str, source: &Source) -> bool {
    let hour = clock.strip_suffix(":00").map(|hour| hour.trim_start_matches('0'));
    let said = |hour: &str, text: &str| {
        text.match_indices(&format!("{hour}点"))
            .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_ascii_digit()))
    };
    hour.is_some_and(|hour| !hour.is_empty() && said(hour, &source.tight))
}

/// Whether a time can only be meant as it is written: an hour of the afternoon where the source counts to 24 too, or a
/// Chinese text with a colon.
fn is_full_clock(clock: &str, low: &str, source: &Source) -> bool {
    let late = |clock: &str| {
        clock.split(':').next().and_then(|hour| hour.parse::<u8>().ok()).is_some_and(|hour| hour > 12)
    };
    let counts = source.quantities.iter().any(|other| other.unit == Unit::Clock && late(&other.value));
    let written = low.contains([':', '：']) && low.contains(is_han);
    counts && (late(clock) || written)
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
            ("末班车是晚上九点三刻。", "6:15 到 21:45 每半小时一班。"),
            ("It goes at a quarter to ten.", "The last one goes at 21:45."),
            ("咖啡厅晚上六点打烊。", "咖啡厅11点到18点营业。"),
            ("一米零五以上坐增高垫。", "105厘米以上用增高垫。"),
            ("You have to be twenty-three or over.", "The driver must be at least 23."),
            ("Put in two new ones.", "Replace both batteries."),
            ("It may take a month.", "It is posted within four weeks."),
        ] {
            assert!(!lacks(truth, source), "{truth} {:?}", look(truth, &Source::read(source)).1.quantities);
        }
        for (lie, source) in [
            ("一年能停三次。", "每年可以停两次，请提前 3 天申请。"),
            ("Take three bags.", "Take two bags and three coats."),
            ("A pass is 90 a month.", "The annual pass costs 90 a year."),
            ("要按住三十秒。", "按住旋钮10秒，屏幕显示RE后松手。"),
            ("You can rent from the age of twenty-one.", "The driver must be at least 23."),
        ] {
            assert!(lacks(lie, source), "{lie}");
        }
    }
}
