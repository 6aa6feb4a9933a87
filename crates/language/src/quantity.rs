//! The quantities that a text states, in one spelling for both languages: 七天, 7 days and a week are the same.
// long because: one reader of numbers, with the table of their units

use std::sync::LazyLock;

use crate::facts::{self, Kind, Value};
use jiff::civil::Date;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A sum, by currency.
    Money(&'static str),
    /// A span of time, in minutes.
    Time,
    /// A share of a hundred.
    Percent,
    /// A day of the calendar, in any year.
    Day,
    /// A year.
    Year,
    /// A day of the week.
    Weekday,
    /// A time of the day.
    Clock,
    /// Millimetres.
    Length,
    /// Grams.
    Weight,
    /// Degrees.
    Heat,
    /// Watts.
    Power,
    /// A telephone, in digits.
    Phone,
    /// A mail address.
    Mail,
    /// Anything else.
    Number,
}

/// A quantity and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// What is counted.
    pub unit: Unit,
    /// In the unit's own spelling.
    pub value: String,
    /// Where it begins: bytes of the text.
    pub at: usize,
    /// Where it ends.
    pub end: usize,
}

/// Thousandths of the unit that the words name.
type Named = (&'static str, Unit, i64);

/// The longer first where one begins the other.
const UNITS: &[Named] = &[
    ("个工作日", Unit::Time, 1_440_000),
    ("工作日", Unit::Time, 1_440_000),
    ("个自然日", Unit::Time, 1_440_000),
    ("自然日", Unit::Time, 1_440_000),
    ("个小时", Unit::Time, 60_000),
    ("个钟头", Unit::Time, 60_000),
    ("钟头", Unit::Time, 60_000),
    ("刻钟", Unit::Time, 15_000),
    ("秒", Unit::Time, 17),
    ("小时", Unit::Time, 60_000),
    ("分钟", Unit::Time, 1_000),
    ("个星期", Unit::Time, 10_080_000),
    ("星期", Unit::Time, 10_080_000),
    ("个礼拜", Unit::Time, 10_080_000),
    ("个月", Unit::Time, 43_200_000),
    ("个季度", Unit::Time, 129_600_000),
    ("周年", Unit::Number, 1_000),
    ("周岁", Unit::Number, 1_000),
    ("岁", Unit::Number, 1_000),
    ("周", Unit::Time, 10_080_000),
    ("天", Unit::Time, 1_440_000),
    ("日内", Unit::Time, 1_440_000),
    ("年", Unit::Time, 518_400_000),
    ("working days", Unit::Time, 1_440_000),
    ("working day", Unit::Time, 1_440_000),
    ("business days", Unit::Time, 1_440_000),
    ("business day", Unit::Time, 1_440_000),
    ("calendar days", Unit::Time, 1_440_000),
    ("calendar day", Unit::Time, 1_440_000),
    ("days", Unit::Time, 1_440_000),
    ("day", Unit::Time, 1_440_000),
    ("seconds", Unit::Time, 17),
    ("fortnight", Unit::Time, 20_160_000),
    ("hours", Unit::Time, 60_000),
    ("hour", Unit::Time, 60_000),
    ("hrs", Unit::Time, 60_000),
    ("minutes", Unit::Time, 1_000),
    ("minute", Unit::Time, 1_000),
    ("mins", Unit::Time, 1_000),
    ("min", Unit::Time, 1_000),
    ("weeks", Unit::Time, 10_080_000),
    ("week", Unit::Time, 10_080_000),
    ("months", Unit::Time, 43_200_000),
    ("month", Unit::Time, 43_200_000),
    ("years", Unit::Time, 518_400_000),
    ("year", Unit::Time, 518_400_000),
    ("%", Unit::Percent, 1_000),
    ("％", Unit::Percent, 1_000),
    ("percent", Unit::Percent, 1_000),
    ("per cent", Unit::Percent, 1_000),
    ("公斤", Unit::Weight, 1_000_000),
    ("千克", Unit::Weight, 1_000_000),
    ("kg", Unit::Weight, 1_000_000),
    ("kilograms", Unit::Weight, 1_000_000),
    ("kilogram", Unit::Weight, 1_000_000),
    ("kilos", Unit::Weight, 1_000_000),
    ("克", Unit::Weight, 1_000),
    ("grams", Unit::Weight, 1_000),
    ("毫米", Unit::Length, 1_000),
    ("mm", Unit::Length, 1_000),
    ("厘米", Unit::Length, 10_000),
    ("公分", Unit::Length, 10_000),
    ("cm", Unit::Length, 10_000),
    ("公里", Unit::Length, 1_000_000_000),
    ("km", Unit::Length, 1_000_000_000),
    ("米", Unit::Length, 1_000_000),
    ("metres", Unit::Length, 1_000_000),
    ("meters", Unit::Length, 1_000_000),
    ("°c", Unit::Heat, 1_000),
    ("℃", Unit::Heat, 1_000),
    ("摄氏度", Unit::Heat, 1_000),
    ("度", Unit::Heat, 1_000),
    ("degrees", Unit::Heat, 1_000),
    ("瓦", Unit::Power, 1_000),
    ("watts", Unit::Power, 1_000),
    ("watt", Unit::Power, 1_000),
    ("w", Unit::Power, 1_000),
];

const WORDS: &[(&str, i64)] = &[
    ("half an", 500),
    ("half a", 500),
    ("a quarter of an", 250),
    ("quarter of an", 250),
    ("a couple of", 2_000),
    ("a", 1_000),
    ("an", 1_000),
    ("one", 1_000),
    ("two", 2_000),
    ("three", 3_000),
    ("four", 4_000),
    ("five", 5_000),
    ("six", 6_000),
    ("seven", 7_000),
    ("eight", 8_000),
    ("nine", 9_000),
    ("ten", 10_000),
    ("eleven", 11_000),
    ("twelve", 12_000),
    ("thirteen", 13_000),
    ("fourteen", 14_000),
    ("fifteen", 15_000),
    ("sixteen", 16_000),
    ("seventeen", 17_000),
    ("eighteen", 18_000),
    ("nineteen", 19_000),
    ("twenty", 20_000),
    ("thirty", 30_000),
    ("forty", 40_000),
    ("fifty", 50_000),
    ("sixty", 60_000),
    ("seventy", 70_000),
    ("eighty", 80_000),
    ("ninety", 90_000),
];

/// The quantities of a text, in their order. Days are counted from `today`.
pub fn quantities(text: &str, today: Date) -> Vec<Quantity> {
    let mut covered = vec![false; text.len()];
    hide_links(text, &mut covered);
    let mut found = Vec::new();
    for fact in facts::facts(text, today, None) {
        let span = fact.span.clone();
        if let Some(mut said) = of_fact(&text[span.clone()], &fact) {
            for quantity in &mut said {
                (quantity.at, quantity.end) = (span.start, span.end);
            }
            if !covered[span.start] {
                found.extend(said);
            }
            covered[span].fill(true);
        }
    }
    found.extend(counted(text, &covered));
    found.sort_by_key(|quantity| quantity.at);
    found
}

/// Addresses hold numbers that state nothing.
fn hide_links(text: &str, covered: &mut [bool]) {
    for scheme in ["http://", "https://", "](", "www."] {
        for (at, _) in text.match_indices(scheme) {
            let rest = &text[at..];
            let end =
                rest.find(|c: char| c.is_whitespace() || c == ')' || !c.is_ascii()).unwrap_or(rest.len());
            covered[at..at + end].fill(true);
        }
    }
}

fn of_fact(words: &str, fact: &facts::Fact) -> Option<Vec<Quantity>> {
    let one = |unit, value: String| Quantity { unit, value, at: 0, end: 0 };
    match (fact.kind, &fact.value) {
        (Kind::Amount, Value::Amount(amount)) => {
            Some(vec![one(Unit::Money(amount.currency), amount.cents.to_string())])
        }
        (Kind::Phone, Value::Text(digits)) => Some(vec![one(Unit::Phone, digits.clone())]),
        (Kind::Email, Value::Text(mail)) => Some(vec![one(Unit::Mail, mail.to_lowercase())]),
        (Kind::Date, Value::When(Some(when))) if explicit(words) => {
            let mut all = Vec::new();
            let year = words.split(|c: char| !c.is_ascii_digit()).find(|run| matches!(run.len(), 4 | 8));
            all.extend(year.map(|year| one(Unit::Year, year[..4].to_owned())));
            let whole_year = when.from.first_of_year() == when.from && when.to.last_of_year() == when.to;
            if names_a_day(words) && !whole_year {
                all.push(one(
                    Unit::Day,
                    format!("{}/{}", when.from.strftime("%m-%d"), when.to.strftime("%m-%d")),
                ));
            }
            if let Some(time) = when.time {
                all.push(one(Unit::Clock, format!("{:02}:{:02}", time.hour(), time.minute())));
            }
            (!all.is_empty()).then_some(all)
        }
        _ => None,
    }
}

/// Whether words name a day of the calendar, and not one counted from today.
fn names_a_day(words: &str) -> bool {
    let low = words.to_lowercase();
    let digit = low.contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九十〇".contains(c));
    let month = (low.contains('月') && !low.contains("个月")) || low.contains('号');
    let numeric = low.matches(['-', '/', '.']).count() >= 2 || low.contains('年');
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    digit && !low.contains(['前', '后']) && (month || numeric || names.iter().any(|name| low.contains(name)))
}

fn explicit(words: &str) -> bool {
    let low = words.to_lowercase();
    let clock = low.contains([':', '：', '点']) || low.ends_with("am") || low.ends_with("pm");
    names_a_day(words) || clock
}

/// Numbers with their units.
fn counted(text: &str, covered: &[bool]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let free = !covered.get(at).copied().unwrap_or(true);
        let read = if free {
            number(text, at).or_else(|| word(text, at)).or_else(|| weekday(text, at))
        } else {
            None
        };
        match read {
            Some((end, quantities)) => {
                let whole = (at..end).all(|byte| !covered[byte]);
                found.extend(quantities.into_iter().filter(|_| whole));
                at = end.max(at + c.len_utf8());
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

type Read = (usize, Vec<Quantity>);

fn before(text: &str, at: usize) -> char {
    text[..at].chars().next_back().unwrap_or('\n')
}

fn after(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\n')
}

/// 7 天, 2–4 days, 95 折, 400-555-0100.
fn number(text: &str, at: usize) -> Option<Read> {
    let first = before(text, at);
    let counts = text[..at].trim_end_matches(' ').ends_with(['第', '头']);
    if first.is_ascii_alphanumeric() || counts || matches!(first, '#' | '_' | '.') {
        return skip_digits(text, at);
    }
    let (end, value) = digits(text, at).or_else(|| han_number(text, at))?;
    let (end, value) = and_a_half(text, end, value);
    if let Some(read) = dialled(text, at) {
        return Some(read);
    }
    if is_ordinal(text, at, end) || is_label(text, at) {
        return Some((end, Vec::new()));
    }
    if let Some(read) = clock(text, at, end) {
        return Some(read);
    }
    if let Some(read) = discount(text, at, end, value) {
        return Some(read);
    }
    let range = range(text, end);
    let last = range.map_or(end, |(end, _)| end);
    let Some((end, unit, times)) = unit(text, last) else {
        // A Chinese numeral without a unit is a word like any other.
        if !after(text, at).is_ascii_digit() {
            return None;
        }
        if after(text, last).is_ascii_alphabetic() {
            return Some((last, Vec::new()));
        }
        let values = [Some(value), range.map(|(_, value)| value)];
        let plain = values.into_iter().flatten().map(|value| {
            let is_year = (1_990_000..2_100_000).contains(&value) && last - at == 4;
            if is_year {
                made(Unit::Year, value / 1_000, 1_000, at, last)
            } else {
                made(Unit::Number, value, 1_000, at, last)
            }
        });
        return Some((last, plain.collect()));
    };
    let values = [Some(value), range.map(|(_, value)| value)].into_iter().flatten();
    Some((end, values.map(|value| made(unit, value, times, at, end)).collect()))
}

/// 一个半小时 is ninety minutes.
fn and_a_half(text: &str, end: usize, value: i64) -> (usize, i64) {
    let rest = text[end..].strip_prefix("个半");
    let counted = rest.is_some_and(|rest| ["小时", "星期", "礼拜"].iter().any(|unit| rest.starts_with(unit)));
    if counted { (end + "个半".len(), value + 500) } else { (end, value) }
}

/// 95 折 and 9 折 are 5 % and 10 % off.
fn discount(text: &str, at: usize, end: usize, value: i64) -> Option<Read> {
    let rest = text[end..].trim_start_matches(' ');
    let past = text.len() - rest.len() + '折'.len_utf8();
    let paid = if value < 10_000 { value * 10 } else { value };
    (rest.starts_with('折') && paid <= 100_000)
        .then(|| (past, vec![made(Unit::Percent, 100_000 - paid, 1_000, at, past)]))
}

fn made(unit: Unit, value: i64, times: i64, at: usize, end: usize) -> Quantity {
    Quantity { unit, value: (value.saturating_mul(times) / 1_000).to_string(), at, end }
}

/// A number that counts nothing, with its unit.
fn skip_digits(text: &str, at: usize) -> Option<Read> {
    let (end, _) = digits(text, at).or_else(|| han_number(text, at))?;
    Some((unit(text, end).map_or(end, |(end, ..)| end), Vec::new()))
}

/// Up to twelve digits with commas by threes and a point, in thousandths.
fn digits(text: &str, at: usize) -> Option<(usize, i64)> {
    let rest = &text.as_bytes()[at..];
    let (mut whole, mut end) = (0_i64, 0);
    while let Some(&byte) = rest.get(end) {
        let three = || rest.get(end + 1..end + 4).is_some_and(|next| next.iter().all(u8::is_ascii_digit));
        if byte.is_ascii_digit() && end < 15 {
            whole = whole.saturating_mul(10).saturating_add(i64::from(byte - b'0'));
        } else if !(byte == b',' && end > 0 && three()) {
            break;
        }
        end += 1;
    }
    if end == 0 {
        return None;
    }
    let mut value = whole.saturating_mul(1_000);
    if rest.get(end) == Some(&b'.') && rest.get(end + 1).is_some_and(u8::is_ascii_digit) {
        let mut scale = 100;
        end += 1;
        while let Some(byte) = rest.get(end).filter(|byte| byte.is_ascii_digit()) {
            value = value.saturating_add(i64::from(byte - b'0') * scale);
            scale /= 10;
            end += 1;
        }
    }
    Some((at + end, value))
}

/// A Chinese number below a hundred million, in thousandths.
fn han_number(text: &str, at: usize) -> Option<(usize, i64)> {
    if after(text, at) == '半' {
        return Some((at + '半'.len_utf8(), 500));
    }
    let (mut total, mut part, mut end) = (0_i64, 0_i64, at);
    for c in text[at..].chars().take(8) {
        let digit = "零一二三四五六七八九".chars().zip(0_i64..).find(|(known, _)| *known == c);
        match (digit, c) {
            (Some((_, digit)), _) => part = digit,
            (None, '两') => part = 2,
            (None, '十') => (total, part) = (total + part.max(1) * 10, 0),
            (None, '百') => (total, part) = (total + part.max(1) * 100, 0),
            (None, '千') => (total, part) = (total + part.max(1) * 1_000, 0),
            _ => break,
        }
        end += c.len_utf8();
    }
    (end > at).then_some((end, (total + part) * 1_000))
}

/// A number with hyphens is a telephone.
fn dialled(text: &str, at: usize) -> Option<Read> {
    let rest = &text[at..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(rest.len());
    let chain = rest[..end].trim_end_matches('-');
    let digits: String = chain.chars().filter(char::is_ascii_digit).collect();
    let parts = chain.split('-').count();
    let telephone =
        digits.len() >= 9 && (parts >= 2 || digits.len() >= 10) || digits.len() >= 7 && parts == 2;
    let end = at + chain.len();
    telephone.then(|| (end, vec![Quantity { unit: Unit::Phone, value: digits, at, end }]))
}

fn is_ordinal(text: &str, at: usize, end: usize) -> bool {
    let tail = text[end..].get(..2).unwrap_or_default();
    let line = before(text, at) == '\n' && matches!(after(text, end), '.' | '、' | ')' | '）');
    ["st", "nd", "rd", "th"].contains(&tail) || line
}

/// Day 7 and step 2 are names.
fn is_label(text: &str, at: usize) -> bool {
    let head = text[..at].trim_end_matches(' ').to_lowercase();
    ["day", "step", "no.", "page", "level", "class", "type", "line", "version"]
        .iter()
        .any(|name| head.ends_with(name))
}

/// 24:00, which no clock shows.
fn clock(text: &str, at: usize, end: usize) -> Option<Read> {
    let rest = text[end..].strip_prefix([':', '：'])?;
    let minutes = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let past = text.len() - rest.len() + minutes;
    (minutes == 2).then(|| {
        (past, vec![Quantity { unit: Unit::Clock, value: text[at..past].replace('：', ":"), at, end: past }])
    })
}

/// –4, 到 7, to 5.
fn range(text: &str, at: usize) -> Option<(usize, i64)> {
    let rest = &text[at..];
    let blank = rest.len() - rest.trim_start_matches(' ').len();
    let joins = ["–", "-", "—", "~", "～", "至", "到", "to ", "or "];
    let join = joins.iter().find(|join| rest[blank..].starts_with(**join))?;
    let begin = at + blank + join.len();
    let begin = begin + text[begin..].len() - text[begin..].trim_start_matches(' ').len();
    digits(text, begin).or_else(|| han_number(text, begin))
}

fn unit(text: &str, at: usize) -> Option<(usize, Unit, i64)> {
    let rest = &text[at..];
    let begin = at + rest.len() - rest.trim_start_matches([' ', '-']).len();
    let rest = &text[begin..];
    UNITS.iter().find_map(|&(name, unit, times)| {
        let head = rest.get(..name.len())?;
        let end = begin + name.len();
        let goes_on =
            name.ends_with(|c: char| c.is_ascii_alphabetic()) && after(text, end).is_ascii_alphanumeric();
        (head.eq_ignore_ascii_case(name) && !goes_on).then_some((end, unit, times))
    })
}

/// seven days, a week.
fn word(text: &str, at: usize) -> Option<Read> {
    if !after(text, at).is_ascii_alphabetic() || before(text, at).is_ascii_alphanumeric() {
        return None;
    }
    WORDS.iter().find_map(|&(name, value)| {
        let head = text[at..].get(..name.len())?;
        let end = at + name.len();
        if !head.eq_ignore_ascii_case(name) || !matches!(after(text, end), ' ' | '-') {
            return None;
        }
        let (end, value) = ones(text, end, value).unwrap_or((end, value));
        let (end, unit, times) = unit(text, end).filter(|(_, unit, _)| *unit == Unit::Time)?;
        let named = name.len() <= 2 && TICKETS.iter().any(|word| text[end..].trim_start().starts_with(word));
        Some((end, if named { Vec::new() } else { vec![made(unit, value, times, at, end)] }))
    })
}

/// What a day is the name of: a day permit.
const TICKETS: [&str; 8] = ["permit", "pass", "ticket", "trip", "rate", "visit", "room", "off"];

/// What follows the tens after a hyphen: thirty-six.
fn ones(text: &str, at: usize, tens: i64) -> Option<(usize, i64)> {
    let rest = text[at..].strip_prefix('-').filter(|_| tens >= 20_000)?;
    let ones = WORDS.iter().filter(|(_, value)| (1_000..10_000).contains(value));
    let (name, value) = ones.filter(|(name, _)| name.len() > 2).find(|(name, _)| {
        let head = rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
        head && matches!(after(rest, name.len()), ' ' | '-')
    })?;
    Some((at + 1 + name.len(), tens + value))
}

fn weekday(text: &str, at: usize) -> Option<Read> {
    static ENGLISH: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    static HAN: LazyLock<Vec<(String, usize)>> = LazyLock::new(|| {
        let day = |(at, name): (usize, char)| ["周", "星期"].map(|week| (format!("{week}{name}"), at));
        "一二三四五六日".chars().enumerate().flat_map(day).collect()
    });
    let rest = &text[at..];
    let made = |end: usize, day: usize| {
        Some((end, vec![Quantity { unit: Unit::Weekday, value: day.to_string(), at, end }]))
    };
    if let Some((name, day)) = HAN.iter().find(|(name, _)| rest.starts_with(name.as_str())) {
        return made(at + name.len(), *day);
    }
    let day = ENGLISH
        .iter()
        .position(|name| rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)))?;
    (!before(text, at).is_ascii_alphabetic()).then(|| made(at + ENGLISH[day].len(), day))?
}

/// What the first says and the second does not, and the other way round, within one unit. `None` where nothing
/// contradicts: a detail that only one of them gives is no contradiction.
pub fn conflict(one: &[Quantity], other: &[Quantity]) -> Option<Conflict> {
    let mut units: Vec<Unit> = one.iter().map(|quantity| quantity.unit).collect();
    units.sort_unstable();
    units.dedup();
    let mut conflicts = units.into_iter().filter_map(|unit| {
        let only = |ours: &[Quantity], theirs: &[Quantity]| {
            let mut left: Vec<Quantity> = theirs.iter().filter(|other| other.unit == unit).cloned().collect();
            let all = left.len();
            let mut extra = Vec::new();
            for quantity in ours.iter().filter(|ours| ours.unit == unit) {
                match left.iter().position(|theirs| theirs.value == quantity.value) {
                    Some(at) => drop(left.swap_remove(at)),
                    None => extra.push(quantity.clone()),
                }
            }
            (extra, left.len() < all)
        };
        let ((ours, shared), (theirs, _)) = (only(one, other), only(other, one));
        Some(Conflict { disjoint: !shared, ours: ours.first()?.clone(), theirs: theirs.first()?.clone() })
    });
    conflicts.next()
}

/// Two quantities of one unit, each of which only one side has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What only the first says.
    pub ours: Quantity,
    /// What only the second says.
    pub theirs: Quantity,
    /// The two sides have no quantity of this unit in common.
    pub disjoint: bool,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn said(text: &str) -> Vec<String> {
        let found = quantities(text, date(2026, 11, 23));
        found.iter().map(|found| format!("{:?} {}", found.unit, found.value)).collect()
    }

    #[test]
    fn both_languages_say_the_same() {
        for (zh, en) in [
            ("收货后七天内", "within 7 days of receipt"),
            ("2–4 天送达，偏远地区 5–7 天", "2–4 days, remote areas 5-7 days"),
            ("24 小时内答复", "we answer within 24 hours"),
            ("3 个工作日", "three working days"),
            ("一年消费满 1000 元", "spent in a year ¥1000"),
            ("最多缩 3%", "shrinks up to 3 %"),
            ("30 °C 以下", "at 30 °C"),
            ("致电 400-555-0100", "call 400-555-0100"),
            ("每天 9:00–21:00，周一休息", "9:00–21:00 every day, closed on Mondays"),
            ("12 月 31 日到期", "expire on 31 December"),
            ("最大 12 W", "up to 12 W"),
            ("满 99 元", "from ¥99"),
            ("36 小时", "thirty-six hours"),
            ("两周以内", "within a fortnight"),
            ("半个小时后", "in half an hour"),
            ("一刻钟", "a quarter of an hour"),
            ("10 秒", "ten seconds"),
        ] {
            let (mut zh_said, mut en_said) = (said(zh), said(en));
            zh_said.sort();
            en_said.sort();
            assert_eq!(zh_said, en_said, "{zh} / {en}");
            assert!(!zh_said.is_empty(), "{zh}");
        }
    }

    #[test]
    fn names_with_digits_and_places_in_a_row_state_nothing() {
        for text in [
            "E27 螺口",
            "第 8 天",
            "on the 8th day",
            "https://shop.example/2024/15",
            "1. 先申请",
            "一起",
            "一般",
        ] {
            assert_eq!(said(text), [""; 0], "{text}");
        }
    }
}
