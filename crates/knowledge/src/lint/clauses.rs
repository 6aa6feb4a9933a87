//! Sentences anywhere that say the same of the same thing, but for a number or a "not".

use std::collections::HashSet;

use domain::Lang;
use jiff::civil::Date;
use language::quantity::{self, Quantity, quantities};

use super::{
    finding::Finding,
    near::Near,
    same::{Why, contradiction},
    shop::Shop,
    stance,
};

/// As much in common as makes two clauses speak of the same.
const SAME: f32 = 0.8;
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
    let odd = |text: &str| stance::denials(text, lang) % 2;
    (odd(one) != odd(other)).then_some(Why::YesNo)
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
