//! Hides what is personal among the facts of a text. What everything downstream keeps is this form.
//!
//! Order and parcel numbers, sums, dates and service lines stay: the desk needs them, and they are nobody's
//! own. A number is taken for a card only if its check digit fits and nobody called it an order.

use std::ops::Range;

use jiff::civil::{Date, date};

pub use crate::facts::Kind;
use crate::facts::{Fact, facts};

/// A text without its personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked<'a> {
    /// The text with a tag in each place.
    pub text: String,
    /// What was hidden, in order.
    pub found: Vec<(Kind, &'a str)>,
}

/// Any day: where facts stand does not depend on it.
const SOME_DAY: Date = date(2000, 1, 1);

/// Hides what is personal.
pub fn mask(text: &str) -> Masked<'_> {
    hide(text, &facts(text, SOME_DAY, None))
}

/// Hides what is personal among these facts of the text.
pub fn hide<'a>(text: &'a str, facts: &[Fact]) -> Masked<'a> {
    let mut masked = Masked { text: String::with_capacity(text.len()), found: Vec::new() };
    let mut done = 0;
    for (kind, tag, span) in personal(facts) {
        let (Some(between), Some(hidden)) = (text.get(done..span.start), text.get(span.clone())) else {
            continue;
        };
        masked.text.push_str(between);
        masked.text.push_str(tag);
        masked.found.push((kind, hidden));
        done = span.end;
    }
    masked.text.push_str(text.get(done..).unwrap_or_default());
    masked
}

fn personal(facts: &[Fact]) -> impl Iterator<Item = (Kind, &'static str, Range<usize>)> {
    facts.iter().filter_map(|fact| Some((fact.kind, fact.kind.tag()?, fact.span.clone())))
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
