//! Days and times as people say them, counted from today: 下周三下午, next Wed pm, 2026-01-02 18:30.
//!
//! Where a date stands does not depend on today; only what it means does. A day without a year is the
//! nearest such day, for customers speak of what was or comes soon.

mod calendar;
mod chinese;
mod clock;
mod english;
mod numeric;

use jiff::civil::Date;

use super::{
    Found, Kind, Value,
    text::Text,
    value::{Part, When},
};
use calendar::Days;

/// A day that was read: where it ends, and the days it means, if the calendar has them.
struct Read {
    end: usize,
    days: Option<Days>,
    /// 昨晚, tonight: the word names a part of the day too.
    part: Option<Part>,
}

impl Read {
    #[allow(clippy::unnecessary_wraps, reason = "every reader ends with it")]
    fn new(end: usize, days: Option<Days>) -> Option<Self> {
        Some(Self { end, days, part: None })
    }
}

pub(super) fn find(text: &Text, today: Date) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match when(text, at, today) {
            Some((end, when)) => {
                found.push(Found { kind: Kind::Date, range: at..end, value: Value::When(when) });
                at = end;
            }
            None => at = text.run(at, text.len(), |c| c.is_ascii_digit()).max(at + 1),
        }
    }
    found
}

fn when(text: &Text, at: usize, today: Date) -> Option<(usize, Option<When>)> {
    let c = text.at(at);
    if c.is_ascii_alphanumeric() && text.before(at).is_ascii_alphanumeric() {
        return None;
    }
    let read = numeric::day(text, at, today)
        .or_else(|| chinese::day(text, at, today))
        .or_else(|| english::day(text, at, today));
    let Some(read) = read else {
        let (end, clock) = clock::alone(text, at)?;
        return Some((end, Some(When { from: today, to: today, part: clock.part, time: clock.time })));
    };
    let (end, clock) = clock::after_day(text, read.end, read.part);
    let when =
        read.days.map(|days| When { from: days.from, to: days.to, part: clock.part, time: clock.time });
    Some((end, when))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Monday, 23 November 2026.
    #[track_caller]
    fn reads(text: &str, expected: &[&str]) {
        let found = find(&Text::new(text), date(2026, 11, 23));
        let told: Vec<String> = found.iter().map(|found| found.value.to_string()).collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn days_in_chinese() {
        reads("明天到，昨晚八点下的单", &["2026-11-24", "2026-11-22 20:00"]);
        reads("下周三下午有空，上周五没人", &["2026-12-02 afternoon", "2026-11-20"]);
        reads("这个星期天早上9点半", &["2026-11-29 09:30"]);
        reads("3月5号，12月30日", &["2027-03-05", "2026-12-30"]);
        reads("2026年1月2日和二〇二五年三月", &["2026-01-02", "2025-03-01/2025-03-31"]);
        reads("上个月15号买的，前天坏了", &["2026-10-15", "2026-11-21"]);
        reads(
            "上个月 去年 下周",
            &["2026-10-01/2026-10-31", "2025-01-01/2025-12-31", "2026-11-30/2026-12-06"],
        );
        reads("三天前，两周后，半个月前", &["2026-11-20", "2026-12-07", "2026-11-08"]);
        reads("26号下午3:20", &["2026-11-26 15:20"]);
        reads("2月30号", &["?"]);
        reads("截至 3 月 31 日，2026 年 9 月 30 日", &["2027-03-31", "2026-09-30"]);
        reads("大后天晚上", &["2026-11-26 evening"]);
    }

    #[test]
    fn days_in_english() {
        reads("next Wed pm, last Friday", &["2026-12-02 afternoon", "2026-11-20"]);
        reads("tomorrow at 5, tonight", &["2026-11-24 17:00", "2026-11-23 evening"]);
        reads("Jan 3rd or 15 March 2027", &["2027-01-03", "2027-03-15"]);
        reads("3 days ago, in two weeks", &["2026-11-20", "2026-12-07"]);
        reads("01/15/2026 and 31/12/2026", &["2026-01-15", "2026-12-31"]);
        reads("last month, this week", &["2026-10-01/2026-10-31", "2026-11-23/2026-11-29"]);
        reads("the day after tomorrow at 10:30 am", &["2026-11-25 10:30"]);
        reads("on Monday morning", &["2026-11-23 morning"]);
    }

    #[test]
    fn numbers_with_separators() {
        reads("2026-01-02 18:30:05", &["2026-01-02 18:30"]);
        reads("2026/1/15 18:30付款", &["2026-01-15 18:30"]);
        reads("2024.01.15 20240115", &["2024-01-15", "2024-01-15"]);
        reads("2024-13-40", &["?"]);
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for text in [
            "一周三次",
            "5号电池",
            "3号楼",
            "有3点建议",
            "may I ask",
            "march on",
            "10-12 pieces",
            "sun cream",
            "型号2026",
        ] {
            reads(text, &[]);
        }
    }
}
