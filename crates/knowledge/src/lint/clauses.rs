//! Sentences anywhere that say the same of the same thing, but for a number or a "not".

use std::collections::HashSet;

use domain::Lang;
use language::quantity::{self, Quantity};

use super::{
    case::same_case,
    finding::Finding,
    near::Near,
    same::{Why, contradiction},
    spans::Spans,
    stance,
    stated::{Span, Stated},
};

/// As much in common as makes two clauses speak of the same.
const SAME: f32 = 0.8;
/// As much of a part in the other sentence as makes it speak of the same.
const SHARED: f32 = 0.75;
/// With fewer words than this a clause says too little to compare.
const FEWEST: usize = 6;
/// Candidates looked at for a clause.
const MOST: usize = 3;

/// Contradictions between sentences of different entries, but for pairs that were judged already.
pub(super) fn check(stated: &Stated<'_, '_>, known: &HashSet<(usize, usize)>) -> Vec<Finding> {
    let shop = stated.shop;
    let spans = Spans::cut(stated, sentences, stance::only_affirms);
    let (mut findings, mut seen) = (Vec::new(), known.clone());
    for (at, &clause) in spans.list.iter().enumerate().filter(|(at, _)| spans.near.words(*at) >= FEWEST) {
        (shop.rest)();
        for like in spans.nearest(at, SAME, MOST, |other| other > at) {
            let other = spans.list[like.at];
            let pair = (clause.text.min(other.text), clause.text.max(other.text));
            if seen.contains(&pair) || spans.near.words(like.at) < FEWEST {
                continue;
            }
            let (text, theirs) = (&shop.texts[clause.text], &shop.texts[other.text]);
            if !same_case(shop.said(clause), theirs) || !same_case(shop.said(other), text) {
                continue;
            }
            if let Some(why) = differ(&spans, clause, other) {
                seen.insert(pair);
                findings.push(contradiction(text, theirs, &why));
            }
        }
    }
    findings
}

fn differ(spans: &Spans<'_, '_>, one: Span, other: Span) -> Option<Why> {
    if let Some(conflict) = quantity::conflict(&spans.stated.by(one), &spans.stated.by(other)) {
        return Some(Why::Quantity(moved(conflict.ours, one.at), moved(conflict.theirs, other.at)));
    }
    let (ours, theirs, lang) =
        (spans.shop.said(one), spans.shop.said(other), spans.shop.texts[one.text].lang);
    let odd = |text: &str, of: &str| denials_of(text, of, lang) % 2;
    (odd(ours, theirs) != odd(theirs, ours)).then_some(Why::YesNo)
}

/// From a place in a piece to a place in its answer.
pub(super) fn moved(quantity: Quantity, by: usize) -> Quantity {
    Quantity { at: quantity.at + by, end: quantity.end + by, ..quantity }
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
