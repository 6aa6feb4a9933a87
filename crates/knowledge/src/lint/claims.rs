//! Claims: parts of sentences that say of the same thing another number, another code, or the opposite, in entries of
//! which one answers what the other says or is asked.
//!
//! Words alone find what may be the same claim; the library says whether the two entries are about the same at all.

use std::collections::{HashMap, HashSet};

use domain::Kind as EntryKind;
use language::{
    quantity::{self, Quantity},
    segment,
};

use super::{
    case::same_case,
    clauses, counts,
    finding::Finding,
    near::Like,
    others::PROBABLE,
    same::{Why, around, contradiction},
    shop::Shop,
    spans::Spans,
    stance,
    stated::{Span, Stated},
};

/// Two claims share so much at least.
const LIKE: f32 = 0.4;
/// So much of the shorter one stands in the other.
const CONTAINED: f32 = 0.7;
/// With so much in common a "not" more or less is a contradiction.
const SAME: f32 = 0.8;
/// So much of what it says may be unknown to the other entry: more, and it speaks of another thing.
const STRANGE: f32 = 0.15;
/// A claim has so many words beside those that only affirm.
const FEWEST: usize = 3;
/// All but all of it does.
const WHOLE: f32 = 0.9;
/// So sure that a "not" more or less counts among other words.
const SURE: f32 = 0.9;
/// Candidates looked at for a claim.
const MOST: usize = 6;

/// Contradictions between claims of entries, but for pairs that were judged already.
pub(super) fn check(stated: &Stated<'_, '_>, known: &HashSet<(usize, usize)>) -> Vec<Finding> {
    let shop = stated.shop;
    let spans = Spans::cut(stated, claims, says_little);
    let mut judge = Judge { shop, vocabularies: HashMap::new() };
    let (mut findings, mut seen) = (Vec::new(), known.clone());
    for (at, &claim) in spans.list.iter().enumerate().filter(|(at, _)| spans.near.words(*at) >= FEWEST) {
        (shop.rest)();
        let answers = |text: usize| shop.texts[text].entry.kind == EntryKind::Answer;
        let one_answers =
            |other: usize| other > at && (answers(claim.text) || answers(spans.list[other].text));
        for like in spans.nearest(at, LIKE, MOST, one_answers) {
            let other = spans.list[like.at];
            let pair = (claim.text.min(other.text), claim.text.max(other.text));
            if seen.contains(&pair) {
                continue;
            }
            if let Some(why) = differ(&spans, at, like, &mut judge) {
                seen.insert(pair);
                findings.push(contradiction(&shop.texts[claim.text], &shop.texts[other.text], &why));
            }
        }
    }
    findings
}

/// Why a claim and one that is like it cannot both be right, if they speak of one thing.
fn differ(spans: &Spans<'_, '_>, at: usize, like: Like, judge: &mut Judge<'_, '_>) -> Option<Why> {
    let (near, claim, other) = (&spans.near, spans.list[at], spans.list[like.at]);
    if near.words(like.at) < FEWEST || near.contained(at, like.at) < CONTAINED {
        return None;
    }
    let why = opposed(spans, claim, other)?;
    let of_article = |claim: Span| spans.shop.texts[claim.text].entry.kind == EntryKind::Article;
    let article = of_article(claim) || of_article(other);
    let least = match why {
        Why::YesNo if like.share >= SAME => PROBABLE,
        Why::YesNo if article || near.contained(at, like.at) < WHOLE => return None,
        Why::YesNo => SURE,
        Why::Quantity(..) => PROBABLE,
    };
    let ours_is_shorter = near.words(at) <= near.words(like.at);
    let (short, long) = if ours_is_shorter { (claim, other) } else { (other, claim) };
    judge.are_of_one_thing(short, long, least).then_some(why)
}

/// Words that only affirm, and numbers.
fn says_little(word: &str) -> bool {
    let numeral = |c: char| "零一二两三四五六七八九十".contains(c);
    stance::only_affirms(word) || (word.chars().count() <= 2 && word.starts_with(numeral))
}

/// Where each part of each sentence begins and ends.
fn claims(answer: &str) -> Vec<(usize, usize)> {
    let of_sentence = |(from, to): (usize, usize)| {
        clauses::parts(&answer[from..to]).into_iter().map(move |(at, end)| (from + at, from + end))
    };
    clauses::sentences(answer).into_iter().flat_map(of_sentence).collect()
}

/// What the words of two claims have against each other.
fn opposed(spans: &Spans<'_, '_>, one: Span, other: Span) -> Option<Why> {
    let (ours, theirs, lang) =
        (spans.shop.said(one), spans.shop.said(other), spans.shop.texts[one.text].lang);
    let conflict = quantity::conflict(&spans.stated.by(one), &spans.stated.by(other))
        .filter(|conflict| conflict.disjoint)
        .map(|conflict| (conflict.ours, conflict.theirs))
        .or_else(|| counts::conflict(ours, theirs, lang));
    let said_too = |quantity: &Quantity, by: Span| {
        let all = spans.stated.by_answer(by.text);
        all.iter().any(|other| (other.unit, &other.value) == (quantity.unit, &quantity.value))
    };
    if let Some((ours, theirs)) = conflict {
        // Of several that it says it says this one too.
        let both = said_too(&ours, other) || said_too(&theirs, one);
        return (!both)
            .then(|| Why::Quantity(clauses::moved(ours, one.at), clauses::moved(theirs, other.at)));
    }
    let odd = |text: &str| stance::denials(text, lang) % 2;
    let denied = odd(ours) != odd(theirs) && !excludes(spans.shop, one) && !excludes(spans.shop, other);
    denied.then_some(Why::YesNo)
}

/// Whether the sentence leaves something out by a word that is no "not": then a "not" tells little.
fn excludes(shop: &Shop<'_>, claim: Span) -> bool {
    const WORDS: &[&str] = &[
        "除外",
        "除了",
        "不含",
        "不包",
        "不计",
        "exclud",
        "except",
        "without",
        "other than",
        "unless",
        "only",
    ];
    let sentence = around(shop.texts[claim.text].answer(), claim.at, claim.end).to_lowercase();
    WORDS.iter().any(|word| sentence.contains(word))
}

struct Judge<'a, 'b> {
    shop: &'a Shop<'b>,
    /// All words of a text, by its place.
    vocabularies: HashMap<usize, HashSet<String>>,
}

impl Judge<'_, '_> {
    /// Whether a claim and the one that it stands in speak of the same thing in the same case.
    fn are_of_one_thing(&mut self, short: Span, long: Span, least: f32) -> bool {
        let (ours, theirs) = (&self.shop.texts[short.text], &self.shop.texts[long.text]);
        let said = self.shop.said(short);
        same_case(said, theirs)
            && same_case(self.shop.said(long), ours)
            && self.knows(long.text, said)
            && self.is_asked(short, long, least)
    }

    fn knows(&mut self, text: usize, said: &str) -> bool {
        let of = &self.shop.texts[text];
        let words = self.vocabularies.entry(text).or_insert_with(|| {
            let ways = of.ways.iter().map(|way| way.text.as_str());
            ways.chain([of.answer()]).flat_map(segment::terms).collect()
        });
        let said: Vec<String> = segment::terms(said).into_iter().filter(|word| !says_little(word)).collect();
        let strange = said.iter().filter(|word| !words.contains(*word)).count();
        strange as f32 <= STRANGE * said.len() as f32
    }

    /// Titles first: what the library finds for them is known from other pairs.
    fn is_asked(&self, short: Span, long: Span, least: f32) -> bool {
        let asks = |of: Span| self.shop.texts[of.text].entry.kind == EntryKind::Answer;
        (asks(short) && self.shop.answers_title(short.text, long.text, least))
            || (asks(long) && self.shop.answers_title(long.text, short.text, least))
            || self.shop.answers(short.text, short.at..short.end, long.text, least)
    }
}
