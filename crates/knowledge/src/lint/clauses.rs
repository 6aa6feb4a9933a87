//! Sentences anywhere that say the same of the same thing, but for a number or a "not".

use std::collections::HashSet;

use domain::Lang;
use jiff::civil::Date;
use language::quantity::{self, Quantity, quantities};

use super::{
    case::same_case,
    finding::Finding,
    near::Near,
    same::{Why, contradiction},
    shop::Shop,
    stance,
};

/// As much in common as makes two clauses speak of the same.
const SAME: f32 = 0.8;
/// As much of a part in the other sentence as makes it speak of the same.
const SHARED: f32 = 0.75;
/// With fewer words than this a clause says too little to compare.
const FEWEST: usize = 6;

struct Clause {
    text: usize,
    at: usize,
    end: usize,
}

/// Contradictions between sentences of different entries, but for pairs that were judged already.
pub(super) fn check(shop: &Shop<'_>, today: Date, known: &HashSet<(usize, usize)>) -> Vec<Finding> {
    let clauses: Vec<Clause> = shop
        .texts
        .iter()
        .enumerate()
        .flat_map(|(text, of)| {
            sentences(of.answer()).into_iter().map(move |(at, end)| Clause { text, at, end })
        })
        .collect();
    let words = |clause: &Clause| &shop.texts[clause.text].answer()[clause.at..clause.end];
    let near = Near::new(clauses.iter().map(words), stance::only_affirms);
    let (mut findings, mut seen) = (Vec::new(), known.clone());
    for (at, clause) in clauses.iter().enumerate().filter(|(at, _)| near.words(*at) >= FEWEST) {
        (shop.rest)();
        let text = &shop.texts[clause.text];
        let comparable = |other: usize| {
            let theirs = &shop.texts[clauses[other].text];
            other > at && theirs.lang == text.lang && theirs.entry.id != text.entry.id
        };
        for like in near.like(at, SAME, comparable).into_iter().take(3) {
            let other = &clauses[like.at];
            let pair = (clause.text.min(other.text), clause.text.max(other.text));
            if seen.contains(&pair) || near.words(like.at) < FEWEST {
                continue;
            }
            let theirs = &shop.texts[other.text];
            if !same_case(words(clause), theirs) || !same_case(words(other), text) {
                continue;
            }
            let why = differ(words(clause), words(other), text.lang, today);
            if let Some(why) = why.map(|why| moved(why, clause.at, other.at)) {
                seen.insert(pair);
                findings.push(contradiction(text, &shop.texts[other.text], &why));
            }
        }
    }
    findings
}

fn differ(one: &str, other: &str, lang: Lang, today: Date) -> Option<Why> {
    if let Some(conflict) = quantity::conflict(&quantities(one, today), &quantities(other, today)) {
        return Some(Why::Quantity(conflict.ours, conflict.theirs));
    }
    let odd = |text: &str, of: &str| denials_of(text, of, lang) % 2;
    (odd(one, other) != odd(other, one)).then_some(Why::YesNo)
}

/// How often a sentence denies what the other speaks of; what it adds is its own.
pub(super) fn denials_of(sentence: &str, other: &str, lang: Lang) -> usize {
    let parts = parts(sentence);
    if parts.len() == 1 {
        return stance::denials(sentence, lang);
    }
    let words = parts.iter().map(|&(from, to)| &sentence[from..to]);
    let near = Near::new(words.chain([other]), stance::only_affirms);
    let shared = |at: &usize| near.words(*at) > 0 && near.contained(*at, parts.len()) >= SHARED;
    let shared = (0..parts.len()).filter(shared).map(|at| &sentence[parts[at].0..parts[at].1]);
    shared.map(|part| stance::denials(part, lang)).sum()
}

/// The parts of a sentence between commas.
pub(super) fn parts(sentence: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut begin = 0;
    for (at, c) in sentence.char_indices() {
        let next = sentence[at + c.len_utf8()..].chars().next();
        let ends = matches!(c, '，' | '：' | '；' | '（' | '）' | '—')
            || (matches!(c, ',' | ':' | ';' | '(' | ')' | '–') && next.is_none_or(char::is_whitespace));
        if ends {
            found.push((begin, at));
            begin = at + c.len_utf8();
        }
    }
    found.push((begin, sentence.len()));
    found.retain(|&(from, to)| !sentence[from..to].trim().is_empty());
    found
}

/// From places in the clauses to places in the texts.
fn moved(why: Why, ours: usize, theirs: usize) -> Why {
    let by =
        |quantity: Quantity, by: usize| Quantity { at: quantity.at + by, end: quantity.end + by, ..quantity };
    match why {
        Why::Quantity(one, other) => Why::Quantity(by(one, ours), by(other, theirs)),
        Why::YesNo => Why::YesNo,
    }
}

/// Where each sentence or half-sentence begins and ends.
pub(super) fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let blank_next = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        let ends = matches!(c, '。' | '；' | '！' | '？' | '\n')
            || (matches!(c, '.' | ';' | '!' | '?') && blank_next);
        if ends {
            found.push((begin, at));
            begin = at + c.len_utf8();
        }
    }
    found.push((begin, text.len()));
    found.retain(|&(from, to)| !text[from..to].trim().is_empty());
    found
}
