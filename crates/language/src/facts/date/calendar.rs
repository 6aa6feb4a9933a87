//! Counting in the calendar.

use jiff::{Span, ToSpan, civil::Date};

/// A day or a span of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) from: Date,
    pub(super) to: Date,
}

impl Days {
    pub(super) fn one(day: Date) -> Self {
        Self { from: day, to: day }
    }
}

/// What people count days in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

fn after(day: Date, span: Span) -> Option<Date> {
    day.checked_add(span).ok()
}

/// So many units from a day on; negative is back.
pub(super) fn shifted(day: Date, count: i64, unit: Unit) -> Option<Date> {
    let count = i32::try_from(count).ok().filter(|count| count.abs() <= 10_000)?;
    match unit {
        Unit::Day => after(day, count.days()),
        Unit::Week => after(day, count.weeks()),
        Unit::Month => after(day, count.months()),
        Unit::Year => after(day, count.years()),
    }
}

/// The whole week (from Monday), month or year that lies so many from today's.
pub(super) fn whole(today: Date, count: i64, unit: Unit) -> Option<Days> {
    let day = shifted(today, count, unit)?;
    match unit {
        Unit::Day => Some(Days::one(day)),
        Unit::Week => {
            let from = weekday(today, count, 0)?;
            Some(Days { from, to: after(from, 6.days())? })
        }
        Unit::Month => Some(Days { from: day.first_of_month(), to: day.last_of_month() }),
        Unit::Year => Some(Days { from: day.first_of_year(), to: day.last_of_year() }),
    }
}

/// A day of the week (Monday is 0) in the week that lies so many from today's.
pub(super) fn weekday(today: Date, weeks: i64, day: i64) -> Option<Date> {
    let monday = i64::from(today.weekday().to_monday_zero_offset());
    shifted(today, weeks * 7 + day - monday, Unit::Day)
}

/// A month and day of the year that is nearest to today.
pub(super) fn nearest(today: Date, month: i64, day: i64) -> Option<Date> {
    let years = [0, -1, 1].map(|offset| today.year().checked_add(offset));
    years
        .into_iter()
        .filter_map(|year| dated(i64::from(year?), month, day))
        .min_by_key(|date| distance(today, *date))
}

/// A day of the month that is nearest to today.
pub(super) fn nearest_day(today: Date, day: i64) -> Option<Date> {
    let month = |offset: i64| {
        let there = shifted(today.first_of_month(), offset, Unit::Month)?;
        dated(i64::from(there.year()), i64::from(there.month()), day)
    };
    [0, -1, 1].into_iter().filter_map(month).min_by_key(|date| distance(today, *date))
}

fn distance(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days().abs())
}

/// A date, if the calendar has it.
pub(super) fn dated(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (1900..=2200).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A whole month.
pub(super) fn month(year: i64, month: i64) -> Option<Days> {
    let first = dated(year, month, 1)?;
    Some(Days { from: first, to: first.last_of_month() })
}
