//! Claims: parts of sentences that say of the same thing another number, another code, or the opposite, in entries of
//! which one answers what the other says or is asked.
//!
//! Words alone find what may be the same claim; the library says whether the two entries are about the same at all.

use std::collections::{HashMap, HashSet};

use domain::Kind as EntryKind;
use jiff::civil::Date;
use language::{
    quantity::{self, Quantity, quantities},
    segment,
};

use super::{
    case::same_case,
    clauses, counts,
    finding::Finding,
    near::Near,
    same::{Why, around, contradiction},
    shop::Shop,
    stance,
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
/// The other entry is the answer to this one's question, or to the claim.
const PROBABLE: f32 = 0.5;
/// All but all of it does.
const WHOLE: f32 = 0.9;
/// So sure that a "not" more or less counts among other words.
const SURE: f32 = 0.9;
/// Candidates looked at for a claim.
const MOST: usize = 6;

/// A part of a sentence.
#[derive(Clone, Copy)]
struct Claim {
    text: usize,
    at: usize,
    end: usize,
}

/// Contradictions between claims of entries, but for pairs that were judged already.
pub(super) fn check(shop: &Shop<'_>, today: Date, known: &HashSet<(usize, usize)>) -> Vec<Finding> {
    let claims = claims(shop);
    let words = |claim: &Claim| &shop.texts[claim.text].answer()[claim.at..claim.end];
    let near = Near::new(claims.iter().map(words), says_little);
    let mut judge = Judge { shop, vocabularies: HashMap::new(), found: HashMap::new() };
    let (mut findings, mut seen) = (Vec::new(), known.clone());
    for (at, claim) in claims.iter().enumerate().filter(|(at, _)| near.words(*at) >= FEWEST) {
        (shop.rest)();
        let text = &shop.texts[claim.text];
        let comparable = |other: usize| {
            let theirs = &shop.texts[claims[other].text];
            let answer = text.entry.kind == EntryKind::Answer || theirs.entry.kind == EntryKind::Answer;
            answer && other > at && theirs.lang == text.lang && theirs.entry.id != text.entry.id
        };
        for like in near.like(at, LIKE, comparable).into_iter().take(MOST) {
            let other = claims[like.at];
            let pair = (claim.text.min(other.text), claim.text.max(other.text));
            if seen.contains(&pair) || near.words(like.at) < FEWEST || near.contained(at, like.at) < CONTAINED
            {
                continue;
            }
            let Some(why) = differ(shop, *claim, other, today) else { continue };
            let ours_is_shorter = near.words(at) <= near.words(like.at);
            let (short, long) = if ours_is_shorter { (*claim, other) } else { (other, *claim) };
            let article =
                [claim, &other].iter().any(|of| shop.texts[of.text].entry.kind == EntryKind::Article);
            let alike = near.share(at, like.at) >= SAME;
            let least = match why {
                Why::YesNo if !alike && (article || near.contained(at, like.at) < WHOLE) => continue,
                Why::YesNo if !alike => SURE,
                _ => PROBABLE,
            };
            if judge.are_of_one_thing(short, long, least) {
                seen.insert(pair);
                findings.push(contradiction(text, &shop.texts[other.text], &why));
            }
        }
    }
    findings
}

/// Words that only affirm, and numbers.
fn says_little(word: &str) -> bool {
    let numeral = |c: char| "零一二两三四五六七八九十".contains(c);
    stance::only_affirms(word) || (word.chars().count() <= 2 && word.starts_with(numeral))
}

fn claims(shop: &Shop<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (text, of) in shop.texts.iter().enumerate() {
        for (from, to) in clauses::sentences(of.answer()) {
            let parts = clauses::parts(&of.answer()[from..to]);
            claims.extend(parts.into_iter().map(|(at, end)| Claim { text, at: from + at, end: from + end }));
        }
    }
    claims
}

fn differ(shop: &Shop<'_>, one: Claim, other: Claim, today: Date) -> Option<Why> {
    let of = |claim: Claim| &shop.texts[claim.text].answer()[claim.at..claim.end];
    let (ours, theirs, lang) = (of(one), of(other), shop.texts[one.text].lang);
    let conflict = quantity::conflict(&quantities(ours, today), &quantities(theirs, today))
        .filter(|conflict| conflict.disjoint)
        .map(|conflict| (conflict.ours, conflict.theirs))
        .or_else(|| counts::conflict(ours, theirs, lang));
    let said_too = |quantity: &Quantity, by: Claim| {
        let all = quantities(shop.texts[by.text].answer(), today);
        all.iter().any(|other| (other.unit, &other.value) == (quantity.unit, &quantity.value))
    };
    if let Some((mut ours, mut theirs)) = conflict {
        // Of several that it says it says this one too.
        if said_too(&ours, other) || said_too(&theirs, one) {
            return None;
        }
        for (quantity, by) in [(&mut ours, one.at), (&mut theirs, other.at)] {
            (quantity.at, quantity.end) = (quantity.at + by, quantity.end + by);
        }
        return Some(Why::Quantity(ours, theirs));
    }
    if excludes(shop, one) || excludes(shop, other) {
        return None;
    }
    let odd = |text: &str| stance::denials(text, lang) % 2;
    (odd(ours) != odd(theirs)).then_some(Why::YesNo)
}

/// Whether the sentence leaves something out by a word that is no "not": then a "not" tells little.
fn excludes(shop: &Shop<'_>, claim: Claim) -> bool {
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
    /// What else the library finds for a title or a claim, by text and place: many pairs ask the same.
    found: HashMap<(usize, usize), Vec<(String, f32)>>,
}

/// The place of a title.
const TITLE: usize = usize::MAX;

impl Judge<'_, '_> {
    /// Whether a claim and the one that it stands in speak of the same thing in the same case.
    fn are_of_one_thing(&mut self, short: Claim, long: Claim, least: f32) -> bool {
        let (ours, theirs) = (&self.shop.texts[short.text], &self.shop.texts[long.text]);
        let said = &ours.answer()[short.at..short.end];
        same_case(said, theirs)
            && same_case(&theirs.answer()[long.at..long.end], ours)
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

    fn is_asked(&mut self, short: Claim, long: Claim, least: f32) -> bool {
        let asks = |judge: &Self, of: usize| judge.shop.texts[of].entry.kind == EntryKind::Answer;
        (asks(self, short.text) && self.answers(short.text, TITLE..TITLE, long.text, least))
            || self.answers(short.text, short.at..short.end, long.text, least)
            || (asks(self, long.text) && self.answers(long.text, TITLE..TITLE, short.text, least))
    }

    /// Whether the library holds `other` for an answer to the title of a text, or to a part of what it says.
    fn answers(&mut self, text: usize, part: std::ops::Range<usize>, other: usize, least: f32) -> bool {
        let shop = self.shop;
        let of = &shop.texts[text];
        let others = self.found.entry((text, part.start)).or_insert_with(|| {
            let asked = if part.start == TITLE { of.title() } else { &of.answer()[part] };
            shop.library.others(asked, of.lang, &of.entry.id)
        });
        others.iter().any(|(id, probability)| id == shop.texts[other].id() && *probability >= least)
    }
}
