//! Sums of money: a currency with a number, as customers write them in Chinese and English.

use super::{
    Found, Kind, Value,
    numeral::{digit, number},
    text::Text,
    value::Amount,
};

/// What stands before the number.
const BEFORE: &[(&str, &str)] = &[
    ("¥", "CNY"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
    ("人民币", "CNY"),
    ("us$", "USD"),
    ("usd", "USD"),
    ("$", "USD"),
    ("hk$", "HKD"),
    ("hkd", "HKD"),
    ("€", "EUR"),
    ("eur", "EUR"),
    ("£", "GBP"),
    ("gbp", "GBP"),
    ("jpy", "JPY"),
];
/// What stands after it.
const AFTER: &[(&str, &str)] = &[
    ("元人民币", "CNY"),
    ("人民币", "CNY"),
    ("元", "CNY"),
    ("块钱", "CNY"),
    ("块", "CNY"),
    ("圆", "CNY"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
    ("yuan", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("刀", "USD"),
    ("usd", "USD"),
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("bucks", "USD"),
    ("buck", "USD"),
    ("港币", "HKD"),
    ("港元", "HKD"),
    ("hkd", "HKD"),
    ("欧元", "EUR"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("eur", "EUR"),
    ("€", "EUR"),
    ("英镑", "GBP"),
    ("pounds", "GBP"),
    ("gbp", "GBP"),
    ("quid", "GBP"),
    ("日元", "JPY"),
    ("jpy", "JPY"),
];
/// 块 counts pieces too: money is what ends, or goes on like this.
const AFTER_KUAI: &str =
    "钱的了吧吗呢啊呀多包运优左上以就可买退到给是和减半还都够起一二三四五六七八九0123456789";

pub(super) fn find(text: &Text) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match with_sign(text, at).or_else(|| with_unit(text, at)) {
            Some((end, currency, cents)) => {
                let value = Value::Amount(Amount { currency, cents });
                found.push(Found { kind: Kind::Amount, range: at..end, value });
                at = end;
            }
            None => at = past_number(text, at),
        }
    }
    found
}

/// A number is tried once, from its beginning.
fn past_number(text: &Text, at: usize) -> usize {
    text.run(at, text.len(), |c| c.is_ascii_digit()).max(at + 1)
}

type Sum = (usize, &'static str, i64);

fn with_sign(text: &Text, at: usize) -> Option<Sum> {
    let c = text.at(at);
    if !("¥$€£人".contains(c) || c.is_ascii_alphabetic())
        || (c.is_ascii_alphabetic() && text.before(at).is_ascii_alphabetic())
    {
        return None;
    }
    let (end, currency) = text.pick(at, BEFORE)?;
    let (end, cents) = number(text, text.skip_blanks(end))?;
    let end = text.word(end, "元").unwrap_or(end);
    (!text.at(end).is_ascii_digit()).then_some((end, currency, cents))
}

fn with_unit(text: &Text, at: usize) -> Option<Sum> {
    let begins = text.digit(at).is_some() || digit(text.at(at)).is_some() || text.at(at) == '十';
    let c = text.before(at);
    if !begins || c.is_ascii_alphanumeric() || c == '.' || c == '第' {
        return None;
    }
    let (end, cents) = number(text, at)?;
    let unit = text.skip_blanks(text.run(end, 1, |c| c == '多' || c == '来'));
    let (end, currency) = text.pick(unit, AFTER)?;
    if text.before(end) == '块' {
        return kuai(text, at, end, cents);
    }
    let (end, jiao) = small_change(text, end, text.before(end) == '元');
    Some((end, currency, cents + jiao))
}

fn kuai(text: &Text, from: usize, end: usize, cents: i64) -> Option<Sum> {
    let next = text.at(end);
    let together = text.at(from) == '一' && end - from == 2 && digit(next).is_none();
    if together || (crate::is_han(next) && !AFTER_KUAI.contains(next)) {
        return None;
    }
    let (end, jiao) = small_change(text, end, true);
    Some((end, "CNY", cents + jiao))
}

/// 99块9, 3块5毛, 两块半, 5元5角.
fn small_change(text: &Text, at: usize, allowed: bool) -> (usize, i64) {
    let value = text.digit(at).map(i64::from).or(digit(text.at(at)));
    let value = if text.at(at) == '半' { Some(5) } else { value };
    match value.filter(|_| allowed) {
        Some(jiao) if "毛角".contains(text.at(at + 1)) && text.at(at + 1) != '\0' => (at + 2, jiao * 10),
        Some(jiao) if text.before(at) == '块' && text.digit(at + 1).is_none() => (at + 1, jiao * 10),
        _ => (at, 0),
    }
}
