//! What something may cost, as customers say it: "200元以内", "一百到两百", "under $30", "around 50".

use domain::{Price, Product};
use language::facts::{Value, facts};

/// The bounds of a price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// By ISO 4217; empty where only a number was said.
    pub currency: String,
    /// At least, in hundredths.
    pub from: Option<i64>,
    /// At most, in hundredths.
    pub to: Option<i64>,
    /// It was not said as a sum.
    pub than: Option<Than>,
}

/// A price that is said by what was shown before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Than {
    /// Cheaper than that.
    Cheaper,
    /// Dearer than that.
    Dearer,
}

const NUMERALS: &str = "0123456789.零一二两三四五六七八九十百千万";
const UNITS: [&str; 8] = ["以内", "以下", "之内", "左右", "上下", "以上", "出头", "内"];
const MOST: [&str; 20] = [
    "不超过",
    "不高于",
    "低于",
    "少于",
    "最多",
    "预算",
    "under",
    "below",
    "less than",
    "up to",
    "at most",
    "no more than",
    "not more than",
    "max",
    "maximum of",
    "within",
    "cheaper than",
    "budget of",
    "budget is",
    "budget",
];
const LEAST: [&str; 7] = ["不低于", "高于", "至少", "over", "at least", "more than", "above"];
const ABOUT: [&str; 5] = ["大概", "大约", "差不多", "around", "about"];

impl Budget {
    /// What a message says of the price, if anything.
    pub fn read(text: &str) -> Option<Self> {
        let text = with_units(&text.to_lowercase().replace(['，', ','], " "));
        let found = facts(&text, jiff::civil::Date::ZERO, None);
        let amounts: Vec<_> = found
            .iter()
            .filter_map(|fact| match &fact.value {
                Value::Amount(amount) => Some((fact.span.clone(), amount)),
                _ => None,
            })
            .collect();
        match amounts.as_slice() {
            [] => bare(&text),
            [(span, amount)] => {
                let (before, after) = (&text[..span.start], &text[span.end..]);
                let currency = amount.currency.to_owned();
                Some(match lower_end(before) {
                    Some(from) => Self { currency, from: Some(from), to: Some(amount.cents), than: None },
                    None => bounds(currency, amount.cents, before, after),
                })
            }
            [(_, first), .., (_, last)] => {
                let (from, to) = (first.cents.min(last.cents), first.cents.max(last.cents));
                Some(Self { currency: last.currency.to_owned(), from: Some(from), to: Some(to), than: None })
            }
        }
    }

    /// Cheaper than the cheapest, or dearer than the dearest, of these prices; those of another currency than the first
    /// do not count.
    pub(super) fn beside(prices: &[&Price], than: Than) -> Option<Self> {
        let currency = prices.first()?.currency.clone();
        let cents = prices.iter().filter(|price| price.currency == currency).map(|price| price.cents);
        let (from, to) = match than {
            Than::Cheaper => (None, cents.min().map(|least| least - 1)),
            Than::Dearer => (cents.max().map(|most| most + 1), None),
        };
        Some(Self { currency, from, to, than: Some(than) })
    }

    /// The bound that was meant before these prices were shown: they all keep it.
    pub(super) fn kept_by(self, prices: &[&Price]) -> Self {
        let cents = prices.iter().filter(|price| price.currency == self.currency).map(|price| price.cents);
        match self.than {
            Some(Than::Cheaper) => Self { to: cents.max().or(self.to), ..self },
            Some(Than::Dearer) => Self { from: cents.min().or(self.from), ..self },
            None => self,
        }
    }

    /// Whether a product costs no more and no less; `None` where it has no price in this currency.
    pub fn holds(&self, product: &Product) -> Option<bool> {
        let price = if self.currency.is_empty() {
            product.prices.first()?
        } else {
            product.price_in(&self.currency)?
        };
        let above = self.from.is_none_or(|from| price.cents >= from);
        Some(above && self.to.is_none_or(|to| price.cents <= to))
    }
}

/// "200以内" lacks its unit, which is the shop's own.
fn with_units(text: &str) -> String {
    let mut out = text.to_owned();
    for unit in UNITS {
        let mut from = 0;
        while let Some(at) = out[from..].find(unit).map(|at| at + from) {
            let numeral = out[..at].chars().next_back().is_some_and(|c| NUMERALS.contains(c));
            if numeral {
                out.insert(at, '元');
            }
            from = at + unit.len() + if numeral { '元'.len_utf8() } else { 0 };
        }
    }
    out
}

fn bounds(currency: String, cents: i64, before: &str, after: &str) -> Budget {
    let ends = |words: &[&str]| words.iter().any(|word| before.trim_end().ends_with(word));
    let starts = |words: &[&str]| words.iter().any(|word| after.trim_start().starts_with(word));
    let (from, to) = if starts(&["以内", "以下", "之内", "内", "or less", "or under", "max"]) || ends(&MOST)
    {
        (None, Some(cents))
    } else if starts(&["以上", "or more"]) || ends(&LEAST) {
        (Some(cents), None)
    } else if starts(&["左右", "上下", "出头"]) || ends(&ABOUT) {
        (Some(cents * 6 / 10), Some(cents * 125 / 100))
    } else {
        (Some(cents / 2), Some(cents * 110 / 100))
    };
    Budget { currency, from, to, than: None }
}

/// "100到200元": the lower end before the sum.
fn lower_end(before: &str) -> Option<i64> {
    let joins = ["到", "至", "-", "~", "—", "–", "to", "and"];
    let rest = before.trim_end().trim_end_matches(['$', '¥', '￥']).trim_end();
    let rest = joins.iter().find_map(|join| rest.strip_suffix(join))?.trim_end();
    let digits = |text: &str| {
        let tail: Vec<char> = text.chars().rev().take_while(char::is_ascii_digit).collect();
        tail.into_iter().rev().collect::<String>()
    };
    let number: i64 = digits(rest).parse().ok()?;
    number.checked_mul(100)
}

/// "under 200": a number without a currency, after a word that makes it one.
fn bare(text: &str) -> Option<Budget> {
    let words = MOST.iter().chain(&LEAST).chain(&ABOUT).chain(&["between"]);
    words.filter_map(|word| text.find(word).map(|at| (at, *word))).min().and_then(|(at, word)| {
        let rest = text[at + word.len()..].trim_start_matches([' ', '是', ':', '：']);
        let number = |text: &str| {
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            (digits.len() <= 7)
                .then(|| digits.parse::<i64>().ok())
                .flatten()
                .map(|number| (number * 100, digits.len()))
        };
        let (first, length) = number(rest)?;
        let second = ["到", "-", "~", " to ", " and "]
            .iter()
            .find_map(|join| number(rest[length..].strip_prefix(join)?.trim_start()));
        if let Some((second, _)) = second {
            return Some(Budget { currency: String::new(), from: Some(first), to: Some(second), than: None });
        }
        (first > 0).then(|| bounds(String::new(), first, &text[..at + word.len()], &rest[length..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_understood_as_customers_say_them() {
        let cny = "CNY";
        for (text, currency, from, to) in [
            ("200元以内的礼物", cny, None, Some(20_000)),
            ("两百以内有什么推荐", cny, None, Some(20_000)),
            ("200以下", cny, None, Some(20_000)),
            ("预算300块", cny, None, Some(30_000)),
            ("不超过150元", cny, None, Some(15_000)),
            ("100到200元的", cny, Some(10_000), Some(20_000)),
            ("100-200元", cny, Some(10_000), Some(20_000)),
            ("200块左右", cny, Some(12_000), Some(25_000)),
            ("500元以上的", cny, Some(50_000), None),
            ("a gift under $30", "USD", None, Some(3_000)),
            ("under 200 yuan", cny, None, Some(20_000)),
            ("something below 50", "", None, Some(5_000)),
            ("between 20 and 40", "", Some(2_000), Some(4_000)),
            ("around $50", "USD", Some(3_000), Some(6_250)),
            ("over 100 dollars", "USD", Some(10_000), None),
        ] {
            let expected = Budget { currency: currency.to_owned(), from, to, than: None };
            assert_eq!(Budget::read(text), Some(expected), "{text}");
        }
        for text in ["有什么推荐", "a gift for my mother", "about the shop", "订单1234567890123"] {
            assert_eq!(Budget::read(text), None, "{text}");
        }
    }
}
