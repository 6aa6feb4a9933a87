//! Places in an answer that a customer's own facts fill: `{order.amount}` or `{订单金额}`, or with words for whoever has
//! none, `{order.amount|the amount is in your order}`.
//!
//! Where neither is there, the sentence goes: a customer never sees braces of ours.

use crate::record::Record;

/// A place to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot<'a> {
    /// The place with its braces, as written.
    pub whole: &'a str,
    /// The fact that belongs there.
    pub name: &'a str,
    /// What stands there for customers of whom the fact is not known.
    pub otherwise: Option<&'a str>,
}

/// Stands where a fact is missing until its sentence is taken out. No text of ours holds it.
const MISSING: char = '\u{0}';

/// The places in a text, in order. Braces that hold no name are ordinary characters.
pub fn slots(text: &str) -> impl Iterator<Item = Slot<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let inside = &rest[rest.find('{')? + 1..];
            rest = inside;
            let Some(end) = inside.find(['{', '}', '\n']).filter(|&end| inside[end..].starts_with('}'))
            else {
                continue;
            };
            let (body, after) = inside.split_at(end);
            let (name, otherwise) =
                body.split_once('|').map_or((body, None), |(name, words)| (name, Some(words.trim())));
            if is_name(name.trim()) {
                rest = &after[1..];
                // The brace before `inside` is one byte.
                let start = text.len() - inside.len() - 1;
                let whole = &text[start..=start + 1 + end];
                return Some(Slot { whole, name: name.trim(), otherwise });
            }
        }
    })
}

/// The names of facts that no record ever has: slips of the pen.
pub fn unknown(text: &str) -> impl Iterator<Item = &str> {
    slots(text).map(|slot| slot.name).filter(|name| known(name).is_none())
}

/// The fact that a name stands for; names are English or Chinese.
fn known(name: &str) -> Option<&'static str> {
    Record::NAMES.iter().find(|(fact, zh)| *fact == name || *zh == name).map(|(fact, _)| *fact)
}

/// The text with its places filled, each value as `say` writes it; `None` for values that may not be said.
pub fn fill(text: &str, record: &Record, say: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = text.to_owned();
    // Places within places fill from the inside; each round takes a pair of braces away.
    while slots(&filled).next().is_some() {
        filled = fill_once(&filled, record, &say);
    }
    filled
}

fn fill_once(text: &str, record: &Record, say: &impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut from = 0;
    for slot in slots(text) {
        let at = from + text[from..].find(slot.whole).unwrap_or_default();
        filled.push_str(&text[from..at]);
        let value = known(slot.name).and_then(|fact| record.get(fact));
        let words = value.filter(|value| !value.contains(['{', '}'])).and_then(say);
        let words = words.or_else(|| slot.otherwise.map(str::to_owned));
        filled.push_str(&words.unwrap_or_else(|| MISSING.to_string()));
        from = at + slot.whole.len();
    }
    filled.push_str(&text[from..]);
    if filled.contains(MISSING) { without_gaps(&filled) } else { filled }
}

/// The text for somebody of whom nothing is known.
pub fn plain(text: &str) -> String {
    fill(text, &Record::default(), |_| None)
}

fn is_name(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(char::is_alphabetic) && part.chars().all(|ch| ch.is_alphanumeric() || ch == '_')
    };
    name.split('.').all(part)
}

/// Without the sentences that lack a fact, and without lines of which nothing is left.
fn without_gaps(text: &str) -> String {
    let kept = |line: &str| -> Option<String> {
        if !line.contains(MISSING) {
            return Some(line.to_owned());
        }
        let whole: String = sentences(line).filter(|sentence| !sentence.contains(MISSING)).collect();
        whole.contains(char::is_alphanumeric).then(|| whole.trim_end().to_owned())
    };
    text.lines().filter_map(kept).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A line in sentences, each with what ends it.
fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let end = rest.char_indices().find_map(|(at, ch)| {
            let after = at + ch.len_utf8();
            let latin = matches!(ch, '.' | '!' | '?') && rest[after..].starts_with(' ');
            (latin || matches!(ch, '。' | '！' | '？' | '；')).then_some(after)
        });
        let (sentence, left) = rest.split_at(end.unwrap_or(rest.len()));
        rest = left;
        (!sentence.is_empty()).then_some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record([("order.amount".to_owned(), "¥ 99".to_owned())].into())
    }

    fn said(text: &str) -> String {
        fill(text, &record(), |value| Some(value.to_owned()))
    }

    #[test]
    fn a_known_fact_is_said_and_an_unknown_one_has_other_words_or_takes_its_sentence_along() {
        assert_eq!(said("您付了 {order.amount}。"), "您付了 ¥ 99。");
        assert_eq!(said("您付了 { order.amount | 的金额见订单页 }。"), "您付了 ¥ 99。");
        assert_eq!(said("您付了 {订单金额}。{姓名|您}好。"), "您付了 ¥ 99。您好。");
        assert_eq!(said("下单日：{order.date|见订单页}。"), "下单日：见订单页。");
        assert_eq!(said("下单日是 {order.date}。三天内发货。"), "三天内发货。");
        assert_eq!(said("Hello {name}. It ships today."), " It ships today.".trim_start());
        assert_eq!(said("- {order.id}\n- 其他"), "- 其他");
        assert_eq!(said("{order.date}"), "");
    }

    #[test]
    fn braces_that_name_nothing_stay_and_none_of_ours_is_ever_shown() {
        assert_eq!(said("写 {} 或 {A b} 或 {\"a\": 1}"), "写 {} 或 {A b} 或 {\"a\": 1}");
        assert_eq!(said("a {x {order.amount} b"), "a {x ¥ 99 b");
        assert_eq!(plain("{order.amount|见订单页}，{nam}"), "");
        assert_eq!(
            unknown("{nam} {order.amount} {姓名} {order.colour|x}").collect::<Vec<_>>(),
            ["nam", "order.colour"]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_filled_without_a_slot_left(text in "[a-z{}|.。\n ]{0,40}") {
            let filled = plain(&text);
            proptest::prop_assert_eq!(slots(&filled).count(), 0, "{:?} became {:?}", text, filled);
        }
    }
}
