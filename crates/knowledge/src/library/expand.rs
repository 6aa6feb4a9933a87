//! Concepts: words of shops that mean the same, within and across the two languages; and small words that
//! turn a question into another one.

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

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon { han: HashMap::new(), latin: HashMap::new() };
    for line in SYNONYMS.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let concept = key(Space::Concept, line.split('|').next().unwrap_or_default().trim().as_bytes());
        for wording in line.split('|').map(normal::normalise) {
            match wording.chars().next() {
                Some(first) if is_han(first) => {
                    lexicon.han.entry(first).or_default().push((wording, concept));
                }
                Some(_) => {
                    let stems = segment::terms_of(&wording);
                    if let Some(first) = stems.first() {
                        lexicon.latin.entry(first.clone()).or_default().push((stems, concept));
                    }
                }
                None => {}
            }
        }
    }
    lexicon.han.values_mut().for_each(|list| list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b))));
    lexicon.latin.values_mut().for_each(|list| list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b))));
    lexicon
});

/// The concepts that a text names, in order, repeats included. The longest wording wins.
pub(super) fn concepts(normal: &str, terms: &[String]) -> Vec<Key> {
    let mut found = Vec::new();
    let mut rest = normal;
    while let Some(first) = rest.chars().next() {
        let mut step = first.len_utf8();
        if let Some((wording, _)) =
            lexicon_han(first).iter().find(|(wording, _)| rest.starts_with(wording.as_str()))
        {
            let same = lexicon_han(first).iter().filter(|(other, _)| other == wording);
            found.extend(same.map(|&(_, concept)| concept));
            step = wording.len();
        }
        rest = &rest[step..];
    }
    let mut at = 0;
    while at < terms.len() {
        let list = LEXICON.latin.get(&terms[at]).map_or(&[][..], Vec::as_slice);
        let mut step = 1;
        if let Some((stems, _)) = list.iter().find(|(stems, _)| terms[at..].starts_with(stems)) {
            found.extend(list.iter().filter(|(other, _)| other == stems).map(|&(_, concept)| concept));
            step = stems.len();
        }
        at += step;
    }
    found
}

fn lexicon_han(first: char) -> &'static [(String, Key)] {
    LEXICON.han.get(&first).map_or(&[], Vec::as_slice)
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
