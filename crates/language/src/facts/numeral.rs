//! Numbers in words: 三百, 两万五, 1,299.00, 1.5万.

use super::text::Text;

/// A number in hundredths, and where it ends.
pub(super) fn number(text: &Text, from: usize) -> Option<(usize, i64)> {
    let (end, value) = arabic(text, from).or_else(|| chinese(text, from).map(|(end, n)| (end, n * 100)))?;
    let (end, times) = match text.at(end) {
        '万' | '萬' => (end + 1, 10_000),
        '亿' => (end + 1, 100_000_000),
        '千' if text.before(end).is_ascii_digit() => (end + 1, 1_000),
        '百' if text.before(end).is_ascii_digit() => (end + 1, 100),
        'k' | 'K' if !text.at(end + 1).is_ascii_alphanumeric() => (end + 1, 1_000),
        _ => (end, 1),
    };
    Some((end, value.checked_mul(times)?))
}

/// Up to twelve digits, commas by threes, two decimals kept.
fn arabic(text: &Text, from: usize) -> Option<(usize, i64)> {
    let (mut at, mut whole, mut digits) = (from, 0_i64, 0);
    loop {
        if let Some(digit) = text.digit(at) {
            whole = whole * 10 + i64::from(digit);
            digits += 1;
        } else if !(text.at(at) == ',' && digits > 0 && three_digits(text, at + 1)) {
            break;
        }
        if digits > 12 {
            return None;
        }
        at += 1;
    }
    let mut cents = 0;
    if text.at(at) == '.' && text.digit(at + 1).is_some() {
        let end = text.run(at + 1, 8, |c| c.is_ascii_digit());
        let place = |place: usize| text.digit(at + place).filter(|_| at + place < end).map_or(0, i64::from);
        cents = place(1) * 10 + place(2);
        at = end;
    }
    (digits > 0).then_some((at, whole * 100 + cents))
}

fn three_digits(text: &Text, at: usize) -> bool {
    text.run(at, 4, |c| c.is_ascii_digit()) == at + 3
}

/// The digit of a Chinese character.
pub(super) fn digit(c: char) -> Option<i64> {
    "零一二三四五六七八九".chars().position(|known| known == c).and_then(|at| i64::try_from(at).ok()).or(
        match c {
            '〇' => Some(0),
            '两' | '俩' => Some(2),
            _ => None,
        },
    )
}

/// A Chinese number up to the thousands of myriads, and where it ends.
pub(super) fn chinese(text: &Text, from: usize) -> Option<(usize, i64)> {
    let end = text.run(from, 16, |c| digit(c).is_some() || unit(c).is_some());
    let (mut total, mut section, mut last, mut scale) = (0_i64, 0_i64, None, 1_i64);
    for &c in text.slice(from..end) {
        if let Some(value) = digit(c) {
            // 一二三: digit by digit is a code, not a number.
            if last.is_some_and(|last| last != 0) {
                return None;
            }
            last = Some(value);
        } else if let Some(value) = unit(c) {
            section += last.take().unwrap_or(i64::from(section == 0)) * value;
            scale = value;
        }
    }
    // 三百五 is 350, 三百零五 is 305.
    let zero = end >= 2 && digit(text.at(end - 2)) == Some(0) && end - 2 >= from;
    section += last.unwrap_or(0) * if scale > 10 && !zero { scale / 10 } else { 1 };
    if text.at(end) == '万' {
        let (past, rest) = chinese_rest(text, end + 1);
        total += section * 10_000 + rest;
        return (section > 0).then_some((past, total));
    }
    (end > from && (section > 0 || text.at(from) == '零')).then_some((end, total + section))
}

/// 两万五 is 25 000, 两万五千 too.
fn chinese_rest(text: &Text, at: usize) -> (usize, i64) {
    let lone =
        digit(text.at(at)).filter(|_| unit(text.at(at + 1)).is_none() && digit(text.at(at + 1)).is_none());
    if let Some(value) = lone {
        return (at + 1, value * 1000);
    }
    let end = text.run(at, 8, |c| digit(c).is_some() || unit(c).is_some());
    if end > at { below_myriad(text, at, end) } else { (at, 0) }
}

fn below_myriad(text: &Text, from: usize, end: usize) -> (usize, i64) {
    let (mut sum, mut last) = (0, 0);
    for &c in text.slice(from..end) {
        if let Some(value) = digit(c) {
            last = value;
        } else if let Some(value) = unit(c) {
            sum += last * value;
            last = 0;
        }
    }
    (end, sum + last)
}

fn unit(c: char) -> Option<i64> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    }
}
