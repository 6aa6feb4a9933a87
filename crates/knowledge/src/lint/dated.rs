//! What says itself until when it holds, and what speaks of a time that has passed.
// long because: its lists of words, in both languages, are half of it

use domain::Kind as EntryKind;
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use language::facts::{self, Kind as FactKind, Value};

use super::{
    finding::{Finding, Kind, Place, Said},
    same::around,
    shop::{Shop, Text},
};

/// Days before the end at which people are told.
const SOON: i32 = 30;
/// A day without a year that lies further ahead of the last change is one that was.
const AHEAD: i32 = 120;

/// Before or after a day: it is the end of something.
const UNTIL: &[&str] = &[
    "截至",
    "截止",
    "有效期至",
    "有效期到",
    "有效至",
    "持续到",
    "持续至",
    "延长至",
    "延长到",
    "延期至",
    "直到",
    "为止",
    "结束",
    "到期",
    "失效",
    "止",
    "作废",
    "下架",
    "下线",
    "until",
    "till",
    "through",
    "expire",
    "ends",
    "end on",
    "ending",
    "valid to",
    "no later than",
    "deadline",
    "closes",
    "last day",
    "runs to",
    "runs out",
    "up to and including",
];
/// Right before or after a day: something is to be done by then.
const BEFORE: &[&str] = &[" by", " before", "back on", "reopens on", "reopen on", "resumes on", "resume on"];
const AFTER: &[&str] = &["前", "之前", "以前", "恢复", "重新开"];
/// In the sentence: it speaks of something that passes.
const EVENT: &[&str] = &[
    "活动",
    "优惠",
    "促销",
    "特价",
    "限时",
    "满减",
    "报名",
    "预售",
    "期间",
    "放假",
    "暂停",
    "调整",
    "赠",
    "打折",
    "折扣",
    "立减",
    "秒杀",
    "抽奖",
    "团购",
    "停运",
    "停发",
    "闭馆",
    "休业",
    "停业",
    "折",
    "春节",
    "国庆",
    "元旦",
    "中秋",
    "端午",
    "双十一",
    "双11",
    "618",
    "装修",
    "sale",
    "offer",
    "promotion",
    "promo",
    "discount",
    "coupon code",
    "voucher",
    "holiday",
    "closed",
    "campaign",
    "event",
    "sign up",
    "register by",
    "pre-order",
    "limited",
    "% off",
    "suspend",
    "paused",
    "raffle",
    "christmas",
    "black friday",
    "spring festival",
    "new year",
    "renovation",
    "special price",
    "维护",
    "停机",
    "检修",
    "盘点",
    "改版",
    "搬迁",
    "双倍",
    "翻倍",
    "福利",
    "返现",
    "maintenance",
    "downtime",
    "unavailable",
    "out of service",
    "stocktaking",
    "double points",
    "counts double",
    "bonus",
    "cashback",
];
/// It comes again every year, or counts from a day of the customer's.
const AGAIN: &[&str] = &[
    "每年",
    "每月",
    "次年",
    "第二年",
    "明年",
    "当年",
    "每逢",
    "年底",
    "年末",
    "in the new year",
    "历年",
    "生日",
    "every year",
    "each year",
    "annually",
    "year after",
    "next year",
    "following year",
    "of the year",
    "yearly",
];
/// After or before a day: it begins.
const SINCE: &[&str] = &["起", "开始", "以来", "成立", "开业", "上线", "生效", "施行", "实施"];
const SINCE_BEFORE: &[&str] = &["from", "since", "as of", "effective", "founded", "opened", "自", "从"];

/// Expired and soon-expiring entries, and stale ones.
pub(super) fn check(shop: &Shop<'_>, today: Date) -> Vec<Finding> {
    let said = shop.texts.iter().filter_map(|text| ending(text, today).or_else(|| stale(text, today)));
    let held = shop.by_id.values().filter_map(|places| validity(&shop.texts[*places.first()?], today));
    said.chain(held).collect()
}

/// The day until which the entry is to hold, of its two languages told once.
fn validity(text: &Text, today: Date) -> Option<Finding> {
    let until = text.entry.valid.until?;
    // It holds until just before that moment.
    let day = until.to_zoned(TimeZone::UTC).date();
    in_days(today, SOON).is_some_and(|soon| day <= soon).then(|| over(text, day, text.title(), today))
}

fn changed(text: &Text) -> Date {
    text.entry.updated_at.to_zoned(TimeZone::UTC).date()
}

/// The last day that each sentence names, if it is the end of something.
fn ending(text: &Text, today: Date) -> Option<Finding> {
    let (from, answer) = (changed(text), text.answer());
    let mut ends: Vec<(Date, String)> = Vec::new();
    for fact in facts::facts(answer, from, None).iter().filter(|fact| fact.kind == FactKind::Date) {
        let words = &answer[fact.span.clone()];
        let Value::When(Some(when)) = &fact.value else { continue };
        let sentence = around(answer, fact.span.start, fact.span.end);
        if !names_a_day(words) || !is_end(answer, fact.span.start, fact.span.end, &sentence) {
            continue;
        }
        let day = if has_year(words) { Some(when.to) } else { without_year(when.to, from) };
        if let Some(day) = day {
            match ends.last_mut().filter(|(_, known)| *known == sentence) {
                Some((latest, _)) => *latest = day.max(*latest),
                None => ends.push((day, sentence)),
            }
        }
    }
    let (day, sentence) =
        ends.into_iter().filter(|(day, _)| in_days(today, SOON).is_some_and(|soon| *day <= soon)).min()?;
    Some(over(text, day, &sentence, today))
}

fn in_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(days.days()).ok()
}

fn names_a_day(words: &str) -> bool {
    let low = words.to_lowercase();
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = low.contains('月') && !low.contains("个月") && !low.contains(['上', '下', '这', '本']);
    let numeric = low.matches(['-', '/', '.']).count() >= 2 && low.contains("20");
    month || numeric || months.iter().any(|month| low.contains(month))
}

fn has_year(words: &str) -> bool {
    let digits = words.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4 || run.len() == 8);
    digits || words.contains("二〇") || words.contains("二零") || words.contains("20") && words.contains('年')
}

/// The year that was meant: the end of the year is ahead, other days are not far ahead.
fn without_year(day: Date, changed: Date) -> Option<Date> {
    let on = |year: i16| Date::new(year, day.month(), day.day()).ok();
    let year_end = (day.month(), day.day()) == (12, 31);
    let latest = in_days(changed, if year_end { 365 } else { AHEAD })?;
    [changed.year() + 1, changed.year(), changed.year() - 1]
        .into_iter()
        .filter_map(on)
        .find(|day| *day <= latest)
}

fn is_end(answer: &str, at: usize, end: usize, sentence: &str) -> bool {
    let low = sentence.to_lowercase();
    if AGAIN.iter().any(|word| low.contains(word)) {
        return false;
    }
    let tail = |text: &str, most: usize| {
        let skip = text.chars().count().saturating_sub(most);
        text.chars().skip(skip).collect::<String>().to_lowercase()
    };
    let (before, after) =
        (tail(&answer[..at], 16), answer[end..].chars().take(8).collect::<String>().to_lowercase());
    let begins = SINCE.iter().any(|word| after.trim_start().starts_with(word))
        || SINCE_BEFORE.iter().any(|word| before.trim_end().ends_with(word));
    let ranges = ["至", "到", "–", "-", "—", "~", "to "];
    let range = ranges.iter().any(|word| after.trim_start_matches(['起', ' ', '日']).starts_with(word));
    let until = UNTIL.iter().any(|word| before.contains(word) || after.contains(word))
        || BEFORE.iter().any(|word| before.trim_end().ends_with(word))
        || AFTER.iter().any(|word| after.trim_start().starts_with(word));
    let event = EVENT.iter().any(|word| low.contains(word));
    (until || event) && (range || !begins)
}

fn over(text: &Text, day: Date, sentence: &str, today: Date) -> Finding {
    let past = day < today;
    let kind = if past { Kind::Expired } else { Kind::ExpiresSoon };
    let said = if past {
        [
            Said::new(
                format!("写着到 {day} 为止，已经过期。"),
                format!("It says that it holds until {day}; that is over."),
            ),
            Said::new(
                "更新日期，或删掉这段内容；不再适用的条目请删除。",
                "Update the date or take the passage out; remove the entry if it no longer applies.",
            ),
        ]
    } else {
        [
            Said::new(
                format!("写着到 {day} 为止，快到期了。"),
                format!("It says that it holds until {day}, which is soon."),
            ),
            Said::new("提前准备好之后的说法。", "Prepare what is to be said afterwards."),
        ]
    };
    text.finding(kind, Place::Answer, sentence, &[], said)
}

/// Words that mean another time when the text grows old: after how many days they do.
const PASSING: &[(&[&str], i32)] = &[
    (&["本月", "这个月", "本周", "这周", "this month", "this week"], 45),
    (&["上个月刚", "上周刚", "前几天", "the other day"], 60),
    (
        &[
            "近期",
            "即将",
            "刚刚上",
            "刚上",
            "最新推出",
            "新推出",
            "新上线",
            "刚推出",
            "近日",
            "不久",
            "recently",
            "upcoming",
            "coming soon",
            "just launched",
            "newly launched",
            "just arrived",
            "brand-new",
            "shortly",
        ],
        180,
    ),
    (
        &[
            "春节",
            "国庆",
            "元旦",
            "中秋",
            "端午",
            "清明",
            "五一",
            "双十一",
            "双11",
            "双十二",
            "618",
            "年货节",
            "暑假",
            "寒假",
            "本季",
            "当季",
            "spring festival",
            "christmas",
            "black friday",
            "easter",
            "new year",
            "halloween",
            "thanksgiving",
            "mid-autumn",
            "this season",
            "this summer",
            "this winter",
            "this spring",
            "this autumn",
            "summer holidays",
        ],
        330,
    ),
    (
        &[
            "目前",
            "暂时",
            "现阶段",
            "当前",
            "眼下",
            "currently",
            "at present",
            "at the moment",
            "for now",
            "for the time being",
            "these days",
        ],
        540,
    ),
];

/// A year that is no statement about the present.
const HISTORY: &[&str] = &[
    "成立",
    "创立",
    "创办",
    "创建",
    "始于",
    "以来",
    "年起",
    "年开始",
    "获",
    "荣",
    "标准",
    "认证",
    "版权",
    "法",
    "条例",
    "since",
    "founded",
    "established",
    "awarded",
    "©",
    "copyright",
    "standard",
    "iso",
    "gb ",
    "gb/",
    "from 20",
    "act ",
    "regulation",
    "opened",
];

fn stale(text: &Text, today: Date) -> Option<Finding> {
    let age = changed(text).until(today).map_or(0, |span| span.get_days());
    let mut sentences = sentences(text.answer());
    if text.entry.kind == EntryKind::Article {
        sentences.push(text.title());
    }
    sentences.into_iter().find_map(|sentence| {
        let low = sentence.to_lowercase();
        let again = AGAIN.iter().any(|word| low.contains(word));
        past_year(&low, today)
            .map(|year| (year.to_string(), true))
            .or_else(|| {
                let this_year = ["今年", "本年度", "this year"].iter().find(|word| low.contains(**word));
                let passing = this_year.filter(|_| changed(text).year() < today.year() && !again).copied();
                let passing = passing.or_else(|| {
                    let (words, _) = PASSING.iter().find(|(words, days)| {
                        age > *days && words.iter().any(|word| low.contains(word)) && !(again && *days > 300)
                    })?;
                    words.iter().find(|word| low.contains(**word)).copied()
                });
                passing.map(|word| (word.to_owned(), false))
            })
            .map(|(word, year)| old(text, sentence, &word, year))
    })
}

fn sentences(text: &str) -> Vec<&str> {
    text.split(['。', '\n', '；', '！'])
        .flat_map(|part| part.split(". "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// A year gone by that the sentence speaks of as if it were now.
fn past_year(low: &str, today: Date) -> Option<i16> {
    if HISTORY.iter().any(|word| low.contains(word)) {
        return None;
    }
    let digits = |at: usize| low.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    low.match_indices("20").find_map(|(at, _)| {
        let alone = !(at > 0 && (digits(at - 1) || matches!(low.as_bytes()[at - 1], b'-' | b'.' | b'/')))
            && !digits(at + 4);
        let year: i16 = low.get(at..at + 4)?.parse().ok()?;
        let next = low[at + 4..].trim_start();
        let counts = next.starts_with(['元', '个', '件', '%', '天', '克', '积', 'm', 'k', 'w'])
            || low[..at].ends_with(['¥', '$', '€', '#']);
        let plausible = (today.year() - 8..today.year()).contains(&year) && alone && !counts;
        let said = next.starts_with('年')
            || low[..at].ends_with([' ', '\'', '(', '“'])
            || at == 0
            || next.starts_with(['春', '夏', '秋', '冬', '新', '款', '版']);
        (plausible && said).then_some(year)
    })
}

fn old(text: &Text, sentence: &str, word: &str, year: bool) -> Finding {
    let day = changed(text);
    let problem = if year {
        Said::new(format!("还在说 {word} 年的情况。"), format!("It still speaks of {word}."))
    } else {
        Said::new(
            format!("写着“{word}”，但 {day} 以后没有改过。"),
            format!("It says “{word}” and has not been changed since {day}."),
        )
    };
    let advice = Said::new(
        "看看现在是否还对：不对就改，对就标记为已核对。",
        "See whether it still holds: change it, or settle this as checked.",
    );
    text.finding(Kind::Stale, Place::Answer, sentence, &[&day.to_string()], [problem, advice])
}
