//! Falsehoods made of true sentences: another number, the opposite, another name, a promise that nobody made.
// long because: one list of ways to lie, in two languages

use super::pool::Pool;
use crate::{
    entail::{concepts, opposite_surface},
    is_han, segment,
    train::chance::Chance,
};

const PROMISES_ZH: &str = include_str!("../rows/promises.zh.txt");
const PROMISES_EN: &str = include_str!("../rows/promises.en.txt");

/// The kinds of falsehood, as they are reported.
pub const KINDS: [&str; 8] =
    ["number", "date", "negation", "opposite", "entity", "promise", "other entry", "hedge"];

/// A falsehood of a kind, or none where the sentence gives no occasion.
pub(super) fn lie(
    kind: &str,
    sentence: &str,
    source: &str,
    chinese: bool,
    pool: &Pool,
    chance: &mut Chance,
) -> Option<String> {
    let lie = match kind {
        "number" => number(sentence, source, chance),
        "date" => date(sentence, source, chance),
        "negation" if chinese => negated_zh(sentence, chance),
        "negation" => negated_en(sentence, chance),
        "opposite" => opposite(sentence, chinese, chance),
        "entity" => entity(sentence, source, chinese, pool, chance),
        "promise" => promise(sentence, source, chinese, chance),
        "other entry" => pool.stranger(sentence, source, chinese, chance),
        "hedge" => hedge(sentence, source, chance),
        _ => None,
    };
    lie.filter(|lie| lie != sentence)
}

/// Runs of digits that are no part of a word, and their values.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut end = at;
        while bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += 1;
        }
        let letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
        if !letter(at.checked_sub(1).and_then(|at| bytes.get(at))) && end - at <= 6 {
            found.push((at, end));
        }
        at = end;
    }
    found
}

const UNITS: &[&[&str]] = &[
    &["小时", "天", "个月", "年"],
    &["分钟", "小时", "天"],
    &["天", "小时", "周"],
    &["工作日", "小时"],
    &["days", "hours", "weeks", "months"],
    &["hours", "minutes", "days"],
    &["minutes", "hours"],
    &["months", "days", "years"],
    &["years", "months"],
    &["weeks", "days"],
    &["day", "hour", "week"],
    &["GBP", "USD"],
    &["公斤", "克"],
    &["cm", "mm"],
    &["元", "美元"],
];
const NUMERALS: &[&str] = &["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
const SPELT: &[&str] = &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"];

fn number(sentence: &str, source: &str, chance: &mut Chance) -> Option<String> {
    let found = numbers(sentence);
    if !found.is_empty() && chance.share() < 0.2 {
        let rest_has = |unit: &&&[&str]| {
            found.iter().any(|&(_, end)| sentence[end..].trim_start_matches([' ', '个']).starts_with(unit[0]))
        };
        if let Some(units) = UNITS.iter().filter(rest_has).nth(chance.below(2)) {
            let to = units[1 + chance.below(units.len() - 1)];
            let lie = sentence.replacen(units[0], to, 1);
            return Some(lie);
        }
    }
    if let Some(&(at, end)) = found.get(chance.below(found.len())) {
        let old = &sentence[at..end];
        let behind = |text: &str, end: usize| -> Option<char> {
            text[end..]
                .trim_start_matches([' ', '-'])
                .chars()
                .next()
                .filter(|c| c.is_alphanumeric() || *c == '%')
        };
        let others = numbers(source).into_iter().filter(|&(at, end)| source[at..end] != *old);
        // What is borrowed from the same text counts the same thing if it can.
        let (alike, others): (Vec<_>, Vec<_>) = others.partition(|&(_, other)| {
            behind(source, other).is_some() && behind(source, other) == behind(sentence, end)
        });
        let borrowed = match chance.share() {
            share if share < 0.45 && !alike.is_empty() => Some(alike[chance.below(alike.len())]),
            share if share < 0.15 && !others.is_empty() => Some(others[chance.below(others.len())]),
            _ => None,
        };
        let new = borrowed.map_or_else(|| another(old, chance), |(at, end)| source[at..end].to_owned());
        return Some(format!("{}{new}{}", &sentence[..at], &sentence[end..]));
    }
    for (list, han) in [(SPELT, false), (NUMERALS, true)] {
        for word in list {
            let Some(at) = sentence.find(word) else { continue };
            let after = &sentence[at + word.len()..];
            let counts = if han {
                [
                    "天", "个月", "年", "次", "个", "种", "倍", "周", "小时", "项", "张", "条", "位", "家",
                    "款", "件",
                ]
                .iter()
                .any(|unit| after.starts_with(unit))
                    && !sentence[..at].ends_with(['第', '十', '百', '一', '二', '三'])
                    && *word != "一"
            } else {
                after.starts_with([' ', '-']) && sentence[..at].ends_with(' ')
            };
            if counts {
                let new = list[chance.below(list.len())];
                return (new != *word).then(|| format!("{}{new}{after}", &sentence[..at]));
            }
        }
    }
    None
}

/// Another number of about the same size.
fn another(old: &str, chance: &mut Chance) -> String {
    let value: i64 = old.parse().unwrap_or(7);
    let new = match chance.below(5) {
        0 => value * 2,
        1 => value + 1 + [0, 1, 2, 3, 4][chance.below(5)],
        2 => (value - 1 - [0, 1, 2][chance.below(3)]).max(2),
        3 => value * 10,
        _ => value / 2 + 3,
    };
    let new = if new == value { value + 3 } else { new };
    if old.starts_with('0') && old.len() == 2 { format!("{:02}", new % 24) } else { new.to_string() }
}

const DAYS: &[&[&str]] = &[
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    &["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    &["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
    &[
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    &["上午", "下午", "晚上"],
    &[" am", " pm"],
    &["AM", "PM"],
    &["春季", "夏季", "秋季", "冬季"],
    &["今天", "明天", "后天", "昨天"],
    &["today", "tomorrow", "yesterday"],
    &["weekends", "weekdays"],
    &["每天", "每周", "每月", "每年"],
    &["daily", "weekly", "monthly", "yearly"],
];

fn date(sentence: &str, source: &str, chance: &mut Chance) -> Option<String> {
    for list in DAYS {
        for word in *list {
            if sentence.contains(word) {
                let new = list[chance.below(list.len())];
                return (new != *word && !source.contains(new)).then(|| sentence.replacen(word, new, 1));
            }
        }
    }
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == ' ');
    for mark in ["月", "年", "号"] {
        if let Some(at) = sentence.find(mark).filter(|&at| digit(sentence[..at].chars().next_back())) {
            let (from, end) = numbers(sentence).into_iter().find(|&(_, end)| end + 1 >= at && end <= at)?;
            let new = if mark == "月" {
                (chance.below(12) + 1).to_string()
            } else {
                another(&sentence[from..end], chance)
            };
            return (new != sentence[from..end])
                .then(|| format!("{}{new}{}", &sentence[..from], &sentence[end..]));
        }
    }
    None
}

const NO_ZH: &[(&str, &str)] = &[
    ("不可以", "可以"),
    ("不支持", "支持"),
    ("不能够", "能够"),
    ("不能", "可以"),
    ("不会", "会"),
    ("不需要", "需要"),
    ("无需", "需要"),
    ("无须", "必须"),
    ("不必", "必须"),
    ("无法", "可以"),
    ("没有", "有"),
    ("不得", "可以"),
    ("禁止", "允许"),
    ("严禁", "允许"),
    ("请勿", "请"),
    ("不要", "要"),
    ("不应", "应"),
    ("不允许", "允许"),
    ("不包括", "包括"),
    ("不包含", "包含"),
    ("不提供", "提供"),
    ("不是", "是"),
    ("不收", "收"),
    ("不再", "仍然"),
    ("不予", "予以"),
    ("不建议", "建议"),
    ("不可", "可"),
    ("未", "已"),
    ("不", ""),
];
const YES_ZH: &[(&str, &str)] = &[
    ("可以", "不可以"),
    ("可以", "不能"),
    ("可以", "无法"),
    ("支持", "不支持"),
    ("支持", "暂不支持"),
    ("需要", "不需要"),
    ("需要", "无需"),
    ("能够", "不能够"),
    ("必须", "不必"),
    ("允许", "不允许"),
    ("允许", "禁止"),
    ("提供", "不提供"),
    ("包含", "不包含"),
    ("包括", "不包括"),
    ("将会", "将不会"),
    ("应该", "不应该"),
    ("应", "不应"),
    ("适用", "不适用"),
    ("接受", "不接受"),
    ("建议", "不建议"),
    ("能", "不能"),
    ("会", "不会"),
    ("是", "不是"),
    ("有", "没有"),
    ("已", "尚未"),
    ("使用", "不使用"),
    ("可", "不可"),
    ("要", "不要"),
    ("属于", "不属于"),
    ("请", "请不要"),
    ("将", "不会"),
];
/// Words of which a character is no word.
const WITHIN_ZH: &[&str] = &[
    "功能",
    "智能",
    "性能",
    "能力",
    "能源",
    "可能",
    "会员",
    "会议",
    "会话",
    "机会",
    "社会",
    "会计",
    "是否",
    "还是",
    "就是",
    "也是",
    "都是",
    "但是",
    "而是",
    "有效",
    "有关",
    "所有",
    "拥有",
    "具有",
    "有限",
    "有时",
    "没有",
    "只有",
    "还有",
    "含有",
    "应用",
    "相应",
    "对应",
    "供应",
    "适应",
    "响应",
    "反应",
    "重要",
    "主要",
    "需要",
    "不要",
    "要求",
    "要素",
    "可选",
    "认可",
    "许可",
    "可用",
    "即将",
    "将来",
    "请求",
    "申请",
    "邀请",
    "已经",
    "已知",
    "能量",
    "可靠",
    "摘要",
    "如果要",
    "可见",
    "可视",
    "可以",
    "不同",
    "不仅",
    "不但",
    "不过",
    "不断",
    "不管",
    "不论",
    "不足",
    "不满",
    "不超过",
    "不少于",
    "不锈钢",
    "未来",
    "不得不",
    "差不多",
    "不久",
    "不良",
    "能够",
    "不稳定",
    "不适",
    "不良",
    "对不起",
    "只要",
    "协会",
    "都会",
];

fn negated_zh(sentence: &str, chance: &mut Chance) -> Option<String> {
    let inside = |at: usize, len: usize| {
        WITHIN_ZH.iter().any(|word| {
            sentence
                .match_indices(word)
                .any(|(from, _)| from <= at && at + len <= from + word.len() && word.len() > len)
        })
    };
    let occasions = |list: &'static [(&'static str, &'static str)],
                     adds: bool|
     -> Vec<(usize, &'static str, &'static str)> {
        list.iter()
            .flat_map(|&(from, to)| sentence.match_indices(from).map(move |(at, _)| (at, from, to)))
            .filter(|&(at, from, _)| {
                let denied = sentence[..at].ends_with(['不', '没', '未', '无', '否']);
                !(inside(at, from.len()) || adds && denied)
            })
            .collect()
    };
    let (no, yes) = (occasions(NO_ZH, false), occasions(YES_ZH, true));
    let from = if no.is_empty() || (!yes.is_empty() && chance.share() < 0.4) { yes } else { no };
    // The surest words stand first.
    let pick = chance.below(from.len().min(4));
    let (at, old, new) = *from.get(pick)?;
    Some(format!("{}{new}{}", &sentence[..at], &sentence[at + old.len()..]))
}

const NO_EN: &[(&str, &str)] = &[
    (" cannot ", " can "),
    (" can't ", " can "),
    (" not ", " "),
    ("n't ", " "),
    (" no longer ", " still "),
    (" never ", " always "),
    (" without ", " with "),
    (" no ", " a "),
    ("There is no ", "There is "),
    ("There are no ", "There are "),
    ("No, ", "Yes, "),
];
const YES_EN: &[(&str, &str)] = &[
    (" can ", " cannot "),
    (" is ", " is not "),
    (" are ", " are not "),
    (" will ", " will not "),
    (" must ", " need not "),
    (" should ", " should not "),
    (" may ", " may not "),
    (" has ", " does not have "),
    (" have ", " do not have "),
    (" was ", " was not "),
    (" were ", " were not "),
    (" does ", " does not "),
    (" do ", " do not "),
    (" offers ", " does not offer "),
    (" offer ", " do not offer "),
    (" provides ", " does not provide "),
    (" accepts ", " does not accept "),
    (" allows ", " does not allow "),
    (" includes ", " does not include "),
    (" include ", " do not include "),
    (" requires ", " does not require "),
    (" supports ", " does not support "),
    (" with ", " without "),
    ("Yes, ", "No, "),
    ("There is ", "There is no "),
    ("There are ", "There are no "),
    (" need ", " do not need "),
    (" needs ", " does not need "),
    (" be ", " not be "),
    (" accept ", " do not accept "),
    (" allow ", " do not allow "),
    (" require ", " do not require "),
    (" support ", " do not support "),
    (" isn't ", " is "),
    (" always ", " never "),
    (" could ", " could not "),
    (" would ", " would not "),
    (" get ", " do not get "),
    (" use ", " do not use "),
    (" charge ", " do not charge "),
];

fn negated_en(sentence: &str, chance: &mut Chance) -> Option<String> {
    let occasions = |list: &'static [(&'static str, &'static str)],
                     adds: bool|
     -> Vec<(usize, &'static str, &'static str)> {
        list.iter()
            .flat_map(|&(from, to)| sentence.match_indices(from).map(move |(at, _)| (at, from, to)))
            .filter(|&(at, from, _)| {
                !adds
                    || !(sentence[at + from.len()..].starts_with("not ")
                        || sentence[at + from.len()..].starts_with("no ")
                        || from.starts_with(" be") && sentence[..at].ends_with("not"))
            })
            .collect()
    };
    let (no, yes) = (occasions(NO_EN, false), occasions(YES_EN, true));
    let from = if no.is_empty() || (!yes.is_empty() && chance.share() < 0.3) { yes } else { no };
    let pick = chance.below(from.len().min(4));
    let (at, old, new) = *from.get(pick)?;
    Some(format!("{}{new}{}", &sentence[..at], &sentence[at + old.len()..]))
}

fn opposite(sentence: &str, chinese: bool, chance: &mut Chance) -> Option<String> {
    let words: Vec<(usize, &str)> = pieces(sentence);
    let found: Vec<(usize, &str, &str)> = words
        .into_iter()
        .filter(|(_, word)| {
            word.is_ascii() != chinese
                && !["you", "we", "your", "our", "我们", "您", "和", "on", "all", "with", "same"]
                    .contains(word)
        })
        .filter_map(|(at, word)| Some((at, word, opposite_surface(word)?)))
        .collect();
    let (at, word, other) = *found.get(chance.below(found.len()))?;
    (word.chars().count() > 1 || !chinese || chance.share() < 0.3)
        .then(|| format!("{}{other}{}", &sentence[..at], &sentence[at + word.len()..]))
}

/// The words of a sentence and where they stand.
pub(super) fn pieces(sentence: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = sentence[at..].chars().next() {
        let run = |is: &dyn Fn(char) -> bool| {
            sentence[at..].find(|c| !is(c)).map_or(sentence.len(), |end| at + end)
        };
        if is_han(c) {
            let end = run(&is_han);
            for word in segment::words(&sentence[at..end]) {
                found.push((at, word));
                at += word.len();
            }
        } else if c.is_ascii_alphanumeric() {
            let end = run(&|c| c.is_ascii_alphanumeric());
            found.push((at, &sentence[at..end]));
            at = end;
        } else {
            at += c.len_utf8();
        }
    }
    found
}

fn entity(sentence: &str, source: &str, chinese: bool, pool: &Pool, chance: &mut Chance) -> Option<String> {
    let names: Vec<(usize, usize)> = if chinese { Vec::new() } else { super::pool::names(sentence) };
    if let Some(&(at, end)) = names.get(chance.below(names.len())).filter(|_| chance.share() < 0.75) {
        let other = pool.name(&sentence[at..end], source, chance)?;
        return Some(format!("{}{other}{}", &sentence[..at], &sentence[end..]));
    }
    let words: Vec<(usize, &str)> =
        pieces(sentence).into_iter().filter(|(_, word)| super::pool::is_thing(word, chinese)).collect();
    let (at, word) = *words.get(chance.below(words.len()))?;
    let other = pool.thing(word, source, chinese, chance)?;
    Some(format!("{}{other}{}", &sentence[..at], &sentence[at + word.len()..]))
}

fn promise(sentence: &str, source: &str, chinese: bool, chance: &mut Chance) -> Option<String> {
    let low = source.to_lowercase();
    let made = concepts(&low);
    let list: Vec<&str> = if chinese { PROMISES_ZH } else { PROMISES_EN }.lines().collect();
    let template = list[chance.below(list.len())];
    let number = [5, 10, 20, 30, 50, 100, 200][chance.below(7)].to_string();
    let promise =
        template.replace("{n}", &number).replace("{d}", ["五", "六", "八", "9", "7"][chance.below(5)]);
    if concepts(&promise.to_lowercase()) & !made == 0 && chance.share() < 0.8 {
        return None;
    }
    let bare = sentence.trim_end_matches(['.', '。', '；', ';', '！', '!']);
    let (stop, comma, and) = if chinese { ("。", "，", "，并且") } else { (".", ", ", " and ") };
    Some(match chance.below(4) {
        0 => format!("{promise}{stop}"),
        1 => format!("{bare}{and}{promise}{stop}"),
        2 => inserted(bare, chinese, made, chance).unwrap_or_else(|| format!("{bare}{comma}{promise}{stop}")),
        _ => format!("{bare}{comma}{promise}{stop}"),
    })
}

/// A promise of one word put into the sentence.
fn inserted(bare: &str, chinese: bool, made: u32, chance: &mut Chance) -> Option<String> {
    let words: &[&str] = if chinese {
        &["免费", "终身", "无条件", "一定", "全额", "随时", "立即", "永久"]
    } else {
        &[
            " for free",
            " free of charge",
            " at no extra cost",
            " for life",
            " at any time",
            " guaranteed",
            " without any conditions",
            " with a full refund",
        ]
    };
    let word = words[chance.below(words.len())];
    if concepts(word) & !made == 0 {
        return None;
    }
    if !chinese {
        return Some(format!("{bare}{word}."));
    }
    ["可以", "能", "会", "提供", "支持", "享受", "需要", "为您"].iter().find_map(|verb| {
        let at = bare.find(verb)?;
        let at = if ["提供", "支持", "享受"].contains(verb) { at } else { at + verb.len() };
        Some(format!("{}{word}{}。", &bare[..at], &bare[at..]))
    })
}

const SURER: &[(&str, &str)] = &[
    ("通常", "一律"),
    ("一般", "总是"),
    ("可能会", "一定会"),
    ("可能", "必定"),
    ("部分", "全部"),
    ("最多", "至少"),
    ("至少", "最多"),
    ("不超过", "超过"),
    ("大多数", "所有"),
    ("有些", "所有"),
    ("少于", "多于"),
    ("大于", "小于"),
    ("以上", "以下"),
    ("以下", "以上"),
    ("之前", "之后"),
    ("之后", "之前"),
    ("以内", "以后"),
    (" may ", " will always "),
    (" might ", " will definitely "),
    (" usually ", " always "),
    (" some ", " all "),
    (" up to ", " at least "),
    (" at least ", " at most "),
    (" most ", " all "),
    (" before ", " after "),
    (" after ", " before "),
    (" less than ", " more than "),
    (" more than ", " less than "),
    (" sometimes ", " always "),
    (" or ", " and not "),
    (" only ", " not only "),
    ("Most ", "All "),
    ("Some ", "All "),
];

fn hedge(sentence: &str, source: &str, chance: &mut Chance) -> Option<String> {
    let found: Vec<&(&str, &str)> =
        SURER.iter().filter(|(from, to)| sentence.contains(from) && !source.contains(to)).collect();
    let (from, to) = *found.get(chance.below(found.len()))?;
    Some(sentence.replacen(from, to, 1))
}
