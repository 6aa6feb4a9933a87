//! Days in Chinese: 明天, 下周三, 上个月15号, 三天前, 2026年1月2日.

use jiff::civil::Date;

use super::{
    Read,
    calendar::{Days, Unit, dated, month, nearest, nearest_day, shifted, weekday, whole},
};
use crate::facts::{numeral, text::Text, value::Part};

/// Words for a day, counted from today.
const DAYS: &[(&str, (i64, Option<Part>))] = &[
    ("今天", (0, None)),
    ("今日", (0, None)),
    ("当天", (0, None)),
    ("明天", (1, None)),
    ("明日", (1, None)),
    ("后天", (2, None)),
    ("大后天", (3, None)),
    ("昨天", (-1, None)),
    ("昨日", (-1, None)),
    ("前天", (-2, None)),
    ("大前天", (-3, None)),
    ("今晚", (0, Some(Part::Evening))),
    ("今早", (0, Some(Part::Morning))),
    ("明晚", (1, Some(Part::Evening))),
    ("明早", (1, Some(Part::Morning))),
    ("昨晚", (-1, Some(Part::Evening))),
    ("昨夜", (-1, Some(Part::Night))),
    ("昨早", (-1, Some(Part::Morning))),
    ("前晚", (-2, Some(Part::Evening))),
];
/// Words for a year, counted from this one.
const YEARS: &[(&str, i64)] = &[("今年", 0), ("去年", -1), ("明年", 1), ("前年", -2), ("后年", 2)];
/// Words that say which week or month.
const WHICH: &[(&str, i64)] = &[
    ("上上个", -2),
    ("下下个", 2),
    ("上上", -2),
    ("下下", 2),
    ("上个", -1),
    ("下个", 1),
    ("这个", 0),
    ("上", -1),
    ("下", 1),
    ("这", 0),
    ("本", 0),
];
const WEEK: &[(&str, ())] = &[("周", ()), ("星期", ()), ("礼拜", ())];
/// After 号 these make it a house, a train or a battery.
const NOT_A_DAY: &str = "楼线院房机球店柜桌色电车弄码门库口馆厅单幢栋室铺仓服床窗段";

/// No day begins otherwise.
const BEGINS: &str = "今明后昨前大当去上下这本周星礼半零〇一二两三四五六七八九十";

pub(super) fn day(text: &Text, at: usize, today: Date) -> Option<Read> {
    let c = text.at(at);
    if !(c.is_ascii_digit() || BEGINS.contains(c)) {
        return None;
    }
    named(text, at, today)
        .or_else(|| of_year(text, at, today))
        .or_else(|| week_or_month(text, at, today))
        .or_else(|| counted(text, at, today))
        .or_else(|| month_and_day(text, at, today, None))
        .or_else(|| lone_day(text, at, today))
}

fn named(text: &Text, at: usize, today: Date) -> Option<Read> {
    let (end, (offset, part)) = text.pick(at, DAYS)?;
    // 每天的今天 is no matter; 以前天天 is: the word must not begin inside another.
    if text.at(at) == '前' && matches!(text.before(at), '以' | '之' | '目') {
        return None;
    }
    Some(Read { end, days: shifted(today, offset, Unit::Day).map(Days::one), part })
}

/// 去年3月, 2026年1月2日, 二〇二五年.
fn of_year(text: &Text, at: usize, today: Date) -> Option<Read> {
    let (end, year) = match text.pick(at, YEARS) {
        Some((end, offset)) => (end, i64::from(today.year()) + offset),
        None => year_in_digits(text, at)?,
    };
    month_and_day(text, text.skip_blanks(end), today, Some(year)).or_else(|| {
        let days = dated(year, 1, 1).map(|from| Days { from, to: from.last_of_year() });
        Read::new(end, days)
    })
}

fn year_in_digits(text: &Text, at: usize) -> Option<(usize, i64)> {
    let digit = |c: char| c.to_digit(10).map(i64::from).or_else(|| numeral::digit(c));
    let end = text.run(at, 5, |c| digit(c).is_some());
    let year = text.slice(at..end).iter().filter_map(|&c| digit(c)).fold(0, |sum, d| sum * 10 + d);
    let full = match end - at {
        2 if text.at(at).is_ascii_digit() && text.at(end + 1).is_ascii_digit() => 2000 + year,
        4 => year,
        _ => return None,
    };
    let mark = text.skip_blanks(end);
    (text.at(mark) == '年' && (1900..=2199).contains(&full)).then_some((mark + 1, full))
}

/// A number up to 99 in digits or Chinese.
fn small(text: &Text, at: usize) -> Option<(usize, i64)> {
    let end = text.run(at, 3, |c| c.is_ascii_digit());
    if end > at {
        let value = text.slice(at..end).iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, d| sum * 10 + d);
        return (end - at <= 2 && !text.before(at).is_ascii_digit()).then_some((end, i64::from(value)));
    }
    numeral::chinese(text, at).filter(|&(end, value)| value < 100 && end - at <= 3)
}

/// 3月5号, 三月, 1月底; the year is known or the nearest.
fn month_and_day(text: &Text, at: usize, today: Date, year: Option<i64>) -> Option<Read> {
    let (end, number) = small(text, at).filter(|(_, month)| (1..=12).contains(month))?;
    // 12 月 31 日 is how one sets it, 12月31日 how one types it.
    let end = text.skip_blanks(end);
    if !matches!(text.at(end), '月') || text.at(end + 1) == '份' && year.is_none() && text.before(at) == '个'
    {
        return None;
    }
    let past = text.skip_blanks(end + 1);
    if let Some((end, day)) = small(text, past).filter(|(_, day)| (1..=31).contains(day)) {
        let mark = text.skip_blanks(end);
        let marked = matches!(text.at(mark), '日' | '号' | '號');
        let end = if marked { mark } else { end };
        if marked || (!crate::is_han(text.at(end)) && !text.at(end).is_ascii_alphanumeric()) {
            let date = match year {
                Some(year) => dated(year, number, day),
                None => nearest(today, number, day),
            };
            return Read::new(end + usize::from(marked), date.map(Days::one));
        }
    }
    let date = year.map_or_else(|| nearest(today, number, 1), |year| dated(year, number, 1));
    Read::new(end + 1, date.and_then(|date| month(i64::from(date.year()), number)))
}

/// 下周三, 上个月15号, 本周, 周末.
fn week_or_month(text: &Text, at: usize, today: Date) -> Option<Read> {
    let which = text.pick(at, WHICH);
    let (begin, offset) = which.unwrap_or((at, 0));
    if let Some((end, ())) = text.pick(begin, WEEK) {
        return week(text, at, end, which.is_some(), today, offset);
    }
    if which.is_none() || text.at(begin) != '月' {
        return None;
    }
    if let Some((end, day)) = small(text, begin + 1).filter(|&(end, _)| matches!(text.at(end), '号' | '日'))
    {
        let first = shifted(today.first_of_month(), offset, Unit::Month);
        let date = first.and_then(|first| dated(i64::from(first.year()), i64::from(first.month()), day));
        return Read::new(end + 1, date.map(Days::one));
    }
    let end = begin + 1 + usize::from("底初中".contains(text.at(begin + 1)));
    Read::new(end, whole(today, offset, Unit::Month))
}

fn week(text: &Text, at: usize, end: usize, which: bool, today: Date, offset: i64) -> Option<Read> {
    let often = matches!(text.before(at), '一' | '每' | '两' | '几' | '二' | '三' | '四')
        || text.before(at).is_ascii_digit();
    let day = match text.at(end) {
        '日' | '天' | '7' => Some(6),
        '末' => Some(5),
        c => "一二三四五六"
            .chars()
            .position(|day| day == c)
            .or("123456".chars().position(|day| day == c))
            .and_then(|day| i64::try_from(day).ok()),
    };
    match day {
        Some(_) if !which && often => None,
        Some(5) if text.at(end) == '末' => {
            let days = weekday(today, offset, 5).zip(weekday(today, offset, 6));
            Read::new(end + 1, days.map(|(from, to)| Days { from, to }))
        }
        Some(day) => Read::new(end + 1, weekday(today, offset, day).map(Days::one)),
        None if which => Read::new(end, whole(today, offset, Unit::Week)),
        None => None,
    }
}

/// 三天前, 两周后, 半个月前.
fn counted(text: &Text, at: usize, today: Date) -> Option<Read> {
    let half = text.at(at) == '半';
    let (end, count) = if half { (at + 1, 15) } else { small(text, at)? };
    let units = [
        ("天", Unit::Day),
        ("日", Unit::Day),
        ("周", Unit::Week),
        ("个星期", Unit::Week),
        ("星期", Unit::Week),
        ("个礼拜", Unit::Week),
        ("个月", Unit::Month),
        ("年", Unit::Year),
    ];
    let (end, unit) = text.pick(end, &units)?;
    let ways = [("之前", -1), ("以前", -1), ("前", -1), ("之后", 1), ("以后", 1), ("后", 1)];
    let (end, way) = text.pick(end, &ways)?;
    let unit = if half && unit == Unit::Month { Unit::Day } else { unit };
    Read::new(end, shifted(today, way * count, unit).map(Days::one))
}

/// 26号, when nothing makes it a house or a battery.
fn lone_day(text: &Text, at: usize, today: Date) -> Option<Read> {
    let (end, day) = small(text, at).filter(|(_, day)| (1..=31).contains(day))?;
    let before = text.before(at);
    let house =
        crate::is_han(before) && !"在从到是就我于的等约改想要们买和了过今本这了间自前还".contains(before);
    let other = house
        || before.is_ascii_alphanumeric()
        || "-.#".contains(before)
        || NOT_A_DAY.contains(text.at(end + 1));
    (text.at(end) == '号' && !other).then(|| Read {
        end: end + 1,
        days: nearest_day(today, day).map(Days::one),
        part: None,
    })
}
