//! Concepts: words of shops that mean the same, within and across the two languages; names of what other businesses
//! are asked about; and small words that turn a question into another one.

use std::{collections::HashMap, sync::LazyLock};

use language::{is_han, normal, segment};

use super::words::{Key, Space, key};

/// One concept a line, its wordings parted by `|`; `#` opens a remark.
const SYNONYMS: &str = include_str!("../../models/synonyms.txt");

/// Wordings by how they begin, the longest first.
struct Lexicon {
    han: HashMap<char, Vec<(String, Key)>>,
    latin: HashMap<String, Vec<(Vec<String>, Key)>>,
}

/// Names of companies, behind `@`, and of things of other trades; parted and remarked as above.
const ELSEWHERE: &str = include_str!("../../models/elsewhere.txt");

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(rows(SYNONYMS).flat_map(|row| {
        let concept = key(Space::Concept, row.split('|').next().unwrap_or_default().trim().as_bytes());
        row.split('|').map(move |wording| (wording, concept))
    }))
});

static NAMES: LazyLock<Lexicon> = LazyLock::new(|| {
    let named = rows(ELSEWHERE).flat_map(|row| row.trim_start_matches("@ ").split('|'));
    Lexicon::of(named.map(|wording| (wording, key(Space::Elsewhere, wording.trim().as_bytes()))))
});

fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
}

/// The concepts that a text names, in order, repeats included. The longest wording wins.
pub(super) fn concepts(normal: &str, terms: &[String]) -> Vec<Key> {
    LEXICON.named(normal, terms)
}

/// What of other businesses a text names.
pub(super) fn elsewhere(normal: &str, terms: &[String]) -> Vec<Key> {
    NAMES.named(normal, terms)
}

/// Names of companies, and things of other trades, as they are written down.
pub(crate) fn written_elsewhere() -> (Vec<&'static str>, Vec<&'static str>) {
    let (companies, things): (Vec<&str>, Vec<&str>) = rows(ELSEWHERE).partition(|row| row.starts_with("@ "));
    let wordings = |rows: Vec<&'static str>| {
        let each = rows.into_iter().flat_map(|row| row.trim_start_matches("@ ").split('|'));
        each.map(str::trim).collect()
    };
    (wordings(companies), wordings(things))
}

impl Lexicon {
    fn of(wordings: impl Iterator<Item = (&'static str, Key)>) -> Self {
        let mut lexicon = Self { han: HashMap::new(), latin: HashMap::new() };
        for (wording, name) in wordings {
            lexicon.put(normal::normalise(wording), name);
        }
        lexicon
            .han
            .values_mut()
            .for_each(|list| list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b))));
        lexicon
            .latin
            .values_mut()
            .for_each(|list| list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b))));
        lexicon
    }

    fn put(&mut self, wording: String, name: Key) {
        match wording.chars().next() {
            Some(first) if is_han(first) => self.han.entry(first).or_default().push((wording, name)),
            Some(_) => {
                let stems = segment::terms_of(&wording);
                if let Some(first) = stems.first() {
                    self.latin.entry(first.clone()).or_default().push((stems, name));
                }
            }
            None => {}
        }
    }

    fn named(&self, normal: &str, terms: &[String]) -> Vec<Key> {
        let mut found = Vec::new();
        let mut rest = normal;
        while let Some(first) = rest.chars().next() {
            let mut step = first.len_utf8();
            let list = self.han.get(&first).map_or(&[][..], Vec::as_slice);
            if let Some((wording, _)) = list.iter().find(|(wording, _)| rest.starts_with(wording.as_str())) {
                let same = list.iter().filter(|(other, _)| other == wording);
                found.extend(same.map(|&(_, name)| name));
                step = wording.len();
            }
            rest = &rest[step..];
        }
        let mut at = 0;
        while at < terms.len() {
            let list = self.latin.get(&terms[at]).map_or(&[][..], Vec::as_slice);
            let mut step = 1;
            if let Some((stems, _)) = list.iter().find(|(stems, _)| terms[at..].starts_with(stems)) {
                found.extend(list.iter().filter(|(other, _)| other == stems).map(|&(_, name)| name));
                step = stems.len();
            }
            at += step;
        }
        found
    }
}

/// Whether something is denied ("收不到", "can't"). A choice ("能不能") denies nothing.
pub(super) fn negates(terms: &[String], normal: &str) -> bool {
    let english = [
        "not", "no", "never", "cant", "cannot", "dont", "doesnt", "didnt", "wont", "isnt", "arent", "havent",
        "hasnt", "unabl", "without", "fail",
    ];
    if terms.iter().any(|term| english.contains(&term.as_str())) {
        return true;
    }
    let chars: Vec<char> = normal.chars().collect();
    chars.iter().enumerate().any(|(at, &c)| {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        match c {
            '不' => {
                let choice = before.is_some() && before == after;
                let idiom = matches!(after, Some('错' | '同' | '过' | '管')) || before == Some('差');
                !choice && !idiom
            }
            '没' => before != Some('有') || after != Some('有'),
            '未' | '无' => true,
            _ => false,
        }
    })
}

/// What is asked for, as a set of bits: how, when, where, who, why, how much, how long.
pub(super) fn asks(normal: &str) -> u16 {
    const KINDS: [&[&str]; 7] = [
        &["怎么", "如何", "怎样", "咋", "how to", "how do", "how can"],
        &["什么时候", "何时", "几点", "哪天", "啥时候", "when", "what time"],
        &["哪里", "哪儿", "在哪", "什么地方", "where"],
        &["谁", "who", "whom"],
        &["为什么", "为何", "为啥", "怎么会", "why"],
        &["多少", "几块", "多贵", "how much", "how many", "price", "cost"],
        &["多久", "几天", "多长时间", "多少天", "how long"],
    ];
    let padded = format!(" {normal} ");
    let mut bits = 0;
    for (bit, wordings) in KINDS.iter().enumerate() {
        let named = wordings.iter().any(|wording| {
            if wording.is_ascii() {
                padded.contains(&format!(" {wording} "))
            } else {
                normal.contains(wording)
            }
        });
        bits |= u16::from(named) << bit;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> usize {
        let normal = normal::normalise(text);
        elsewhere(&normal, &segment::terms_of(&normal)).len()
    }

    #[test]
    fn names_of_others_are_heard_and_words_of_every_shop_are_not() {
        for text in
            ["forgot my Netflix password", "宜家买的台灯坏了", "how do I renew my passport", "护照丢了"]
        {
            assert_eq!(named(text), 1, "{text}");
        }
        let every_shop = [
            "我的包裹去哪儿了",
            "皮肤过敏能退吗",
            "优惠代码不能用",
            "放物业可以吗",
            "我搬家了怎么改地址",
            "完美的包装",
            "resume my subscription",
            "excellent service",
            "toll free number",
            "training",
            "tired of waiting",
            "my iphone app crashes",
            "pay with paypal",
            "used visa card",
            "用顺丰寄",
            "支付宝付不了",
        ];
        for text in every_shop {
            assert_eq!(named(text), 0, "{text}");
        }
    }

    #[test]
    fn each_name_is_written_once() {
        let (companies, things) = written_elsewhere();
        let mut all = [companies, things].concat();
        assert!(all.len() > 700);
        all.sort_unstable();
        assert!(all.windows(2).all(|two| two[0] != two[1]));
    }
}
