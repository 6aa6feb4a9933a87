//! Hides personal data: e-mail addresses, telephone numbers, identity cards, bank cards.
//!
//! Order and parcel numbers stay: the desk needs them. A number is taken for a card only if its check
//! digit fits and nobody called it an order; service lines (400, 95…) are nobody's private number.

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A mobile or landline number.
    Phone,
    /// A Chinese identity card, by its check digit.
    IdCard,
    /// A bank card, by its check digit.
    BankCard,
}

impl Kind {
    /// What stands in the text instead.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Email => "<EMAIL>",
            Self::Phone => "<PHONE>",
            Self::IdCard => "<ID>",
            Self::BankCard => "<CARD>",
        }
    }
}

/// A text without its personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked<'a> {
    /// The text with a tag in each place.
    pub text: String,
    /// What was hidden, in order.
    pub found: Vec<(Kind, &'a str)>,
}

/// Hides what is personal.
pub fn mask(text: &str) -> Masked<'_> {
    let mut masked = Masked { text: String::with_capacity(text.len()), found: Vec::new() };
    let mut spans = emails(text);
    spans.extend(numbers(text));
    spans.sort_unstable_by_key(|&(start, _, _)| start);
    let mut done = 0;
    for (start, end, kind) in spans {
        if start < done {
            continue;
        }
        masked.text.push_str(&text[done..start]);
        masked.text.push_str(kind.tag());
        masked.found.push((kind, &text[start..end]));
        done = end;
    }
    masked.text.push_str(&text[done..]);
    masked
}

type Span = (usize, usize, Kind);

/// `name@host.tld`, grown outwards from each `@`.
fn emails(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans: Vec<Span> = Vec::new();
    for (at, _) in text.match_indices(['@', '＠']) {
        let after = at + text[at..].chars().next().map_or(1, char::len_utf8);
        let floor = spans.last().map_or(0, |span| span.1).max(at.saturating_sub(64));
        let name = |b: u8| b.is_ascii_alphanumeric() || b"._%+-".contains(&b);
        let host = |b: u8| b.is_ascii_alphanumeric() || b".-".contains(&b);
        let mut start = at - bytes[floor..at].iter().rev().take_while(|&&b| name(b)).count();
        while start < at && b".-%+".contains(&bytes[start]) {
            start += 1;
        }
        let mut end = after + bytes[after..].iter().take(255).take_while(|&&b| host(b)).count();
        while end > after && b".-".contains(&bytes[end - 1]) {
            end -= 1;
        }
        let tld = text[after..end].rsplit_once('.').map_or("", |(_, tld)| tld);
        if start < at && tld.len() >= 2 && tld.bytes().all(|b| b.is_ascii_alphabetic()) {
            spans.push((start, end, Kind::Email));
        }
    }
    spans
}

/// Digits that belong together: single blanks and hyphens between them do not part them.
fn numbers(text: &str) -> Vec<Span> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut spans = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if digit(chars[at].1).is_none() {
            at += 1;
            continue;
        }
        let glued = at > 0 && (chars[at - 1].1.is_ascii_alphabetic() || chars[at - 1].1 == '_');
        // Groups of digits: (first, past the last) in `chars`.
        let mut groups: Vec<(usize, usize)> = Vec::new();
        let mut end = at;
        loop {
            let first = end;
            while end < chars.len() && digit(chars[end].1).is_some() {
                end += 1;
            }
            groups.push((first, end));
            let joined = matches!(chars.get(end), Some((_, ' ' | '-' | '－')))
                && chars.get(end + 1).is_some_and(|&(_, c)| digit(c).is_some());
            if !joined {
                break;
            }
            end += 1;
        }
        let tail_x = matches!(chars.get(end), Some((_, 'x' | 'X')))
            && !chars.get(end + 1).is_some_and(|(_, c)| c.is_ascii_alphanumeric());
        if !glued {
            let plus = at > 0 && matches!(chars[at - 1].1, '+' | '＋');
            let before: String = chars[at.saturating_sub(12)..at].iter().map(|&(_, c)| c).collect();
            read_groups(&chars, &groups, tail_x, plus, &before, text.len(), &mut spans);
        }
        at = end.max(at + 1);
    }
    spans
}

fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '０'..='９' => u8::try_from(u32::from(c) - 0xFF10).ok(),
        _ => None,
    }
}

/// Tries the longest joint reading first, then each shorter one, from each group.
fn read_groups(
    chars: &[(usize, char)],
    groups: &[(usize, usize)],
    tail_x: bool,
    plus: bool,
    before: &str,
    length: usize,
    spans: &mut Vec<Span>,
) {
    let byte = |at: usize| chars.get(at).map_or(length, |&(byte, _)| byte);
    let mut from = 0;
    while from < groups.len() {
        let reach = groups.len().min(from + 6);
        let reading = (from + 1..=reach).rev().find_map(|to| {
            let digits: Vec<u8> = groups[from..to]
                .iter()
                .flat_map(|&(a, b)| &chars[a..b])
                .filter_map(|&(_, c)| digit(c))
                .take(24)
                .collect();
            let x = tail_x && to == groups.len();
            let sizes: Vec<usize> = groups[from..to].iter().map(|&(a, b)| b - a).collect();
            kind_of(&digits, &sizes, x, plus && from == 0, before)
                .map(|kind| (to, x && kind == Kind::IdCard, kind))
        });
        if let Some((to, x, kind)) = reading {
            let start = byte(groups[from].0) - usize::from(plus && from == 0 && kind == Kind::Phone);
            spans.push((start, byte(groups[to - 1].1 + usize::from(x)), kind));
            from = to;
        } else {
            from += 1;
        }
    }
}

fn kind_of(digits: &[u8], sizes: &[usize], tail_x: bool, plus: bool, before: &str) -> Option<Kind> {
    if is_id_card(digits, tail_x) && sizes.len() <= 4 {
        return Some(Kind::IdCard);
    }
    if tail_x {
        return None;
    }
    let order = ["单号", "单编号", "order", "Order", "ORDER", "tracking", "Tracking", "parcel", "invoice"];
    if is_bank_card(digits, sizes) && !order.iter().any(|word| before.contains(word)) {
        return Some(Kind::BankCard);
    }
    is_phone(digits, sizes, plus).then_some(Kind::Phone)
}

fn is_phone(digits: &[u8], sizes: &[usize], plus: bool) -> bool {
    if plus {
        return (8..=15).contains(&digits.len());
    }
    let home = match digits {
        [8, 6, rest @ ..] | [0, 0, 8, 6, rest @ ..] if rest.len() == 11 => rest,
        _ => digits,
    };
    match home {
        [1, 3..=9, ..] if home.len() == 11 => sizes.len() <= 4,
        // Area code and number: one group, or parted after the area code.
        [0, 1..=9, ..] if (10..=12).contains(&home.len()) => {
            matches!(sizes, [_] | [3 | 4, 7 | 8] | [3 | 4, 3 | 4, 4])
        }
        // Service lines are public.
        [4 | 8, 0, 0, ..] => false,
        // North American, parted: 555-123-4567.
        [2..=9, ..] if home.len() == 10 => matches!(sizes, [3, 3, 4]),
        _ => false,
    }
}

/// Eighteen places: region, date of birth, sequence, check digit by ISO 7064 MOD 11-2.
fn is_id_card(digits: &[u8], tail_x: bool) -> bool {
    if digits.len() + usize::from(tail_x) != 18 || digits[0] == 0 {
        return false;
    }
    let two = |at: usize| digits[at] * 10 + digits[at + 1];
    let born = matches!(two(6), 18..=20) && matches!(two(10), 1..=12) && matches!(two(12), 1..=31);
    let weights = [7_u32, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = weights.iter().zip(digits).map(|(w, &d)| w * u32::from(d)).sum();
    let check = (12 - sum % 11) % 11;
    born && check == if tail_x { 10 } else { u32::from(digits[17]) }
}

/// Thirteen to nineteen digits of an issuer that exists, with Luhn's check digit.
fn is_bank_card(digits: &[u8], sizes: &[usize]) -> bool {
    let shape = match digits {
        [4 | 6, ..] => (16..=19).contains(&digits.len()),
        [5, 1..=5, ..] | [2, 2..=7, ..] | [3, 5, ..] => digits.len() == 16,
        [3, 4 | 7, ..] => digits.len() == 15,
        _ => false,
    };
    let grouped = sizes.len() == 1 || sizes.iter().all(|&size| (2..=7).contains(&size));
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, &d)| {
            let d = u32::from(d) * (1 + at as u32 % 2);
            d / 10 + d % 10
        })
        .sum();
    shape && grouped && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn masks(text: &str, expected: &str) {
        assert_eq!(mask(text).text, expected);
    }

    #[test]
    fn mail_addresses() {
        masks("写到li.lei@example.com吧", "写到<EMAIL>吧");
        masks("mail <a+b@mail.example.co.uk>.", "mail <<EMAIL>>.");
        masks("a@b and @home and 5@6", "a@b and @home and 5@6");
    }

    #[test]
    fn telephones_in_any_grouping() {
        masks("我的手机13812345678，谢谢", "我的手机<PHONE>，谢谢");
        masks("138-1234-5678 / 138 1234 5678", "<PHONE> / <PHONE>");
        masks("+86 13812345678 or 8613812345678", "<PHONE> or <PHONE>");
        masks("座机 010-62345678、0755 8234567", "座机 <PHONE>、<PHONE>");
        masks("call +44 20 7946 0958 or 555-123-4567", "call <PHONE> or <PHONE>");
        masks("１３８１２３４５６７８", "<PHONE>");
        masks("客服热线 400-800-8820 和 95588", "客服热线 400-800-8820 和 95588");
    }

    #[test]
    fn cards_only_with_a_true_check_digit() {
        masks("身份证11010519491231002X。", "身份证<ID>。");
        masks("110105194912310021", "110105194912310021");
        masks("卡号 6222 0212 3456 7890 128", "卡号 <CARD>");
        masks("卡号 4111 1111 1111 1112", "卡号 4111 1111 1111 1112");
        masks("card 4111 1111 1111 1111", "card <CARD>");
        masks("4111111111111112", "4111111111111112");
    }

    #[test]
    fn orders_parcels_prices_and_dates_stay() {
        for text in [
            "订单号 4111111111111111 到哪了",
            "order 20240115-00123",
            "SF1381234567890",
            "运单 773123456789012",
            "2024-01-15 18:30 ¥1299.00",
            "AB13812345678",
        ] {
            masks(text, text);
        }
    }

    #[test]
    fn what_was_hidden_is_listed() {
        let masked = mask("13812345678 a@b.cn");
        assert_eq!(masked.found, [(Kind::Phone, "13812345678"), (Kind::Email, "a@b.cn")]);
    }

    proptest! {
        /// Masking what is masked changes nothing, and what stays stands in order.
        #[test]
        fn masking_twice_is_masking_once(text in r"(?s)([0-9@.+ xX-]|[a-z]|\PC){0,80}") {
            let once = mask(&text).text;
            prop_assert_eq!(&mask(&once).text, &once);
        }
    }
}
