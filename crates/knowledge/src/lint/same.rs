//! Two entries that answer the same question: a duplicate if they say the same, a contradiction if they do not.

use std::collections::{HashMap, HashSet};

use domain::{Kind as EntryKind, Lang};
use jiff::civil::Date;
use language::quantity::{self, Quantity, quantities};

use super::{
    case::same_case,
    claims, clauses,
    finding::{Finding, Fix, Kind, Other, Place, Said, short},
    near::Near,
    others::PROBABLE,
    shop::{Shop, Text},
    spans::Spans,
    stance::{self, stance},
    stated::Stated,
};

/// Questions that share so much of their words are asked of the library.
const LIKE: f32 = 0.45;
/// Those that share so much are the same question anyway.
const SAME: f32 = 0.9;
/// The library takes another entry for the answer of this one's question.
const SURE: f32 = 0.9;
/// As much of two answers in common as makes one superfluous.
const SAME_ANSWER: f32 = 0.55;
/// As much of the shorter answer in the other as makes it superfluous.
const CONTAINED: f32 = 0.72;
/// As little in common as two answers to the same question still have.
const RELATED: f32 = 0.08;
/// Sentences that are the same but for a "not".
const SAME_SENTENCE: f32 = 0.85;
/// Fewer words than this say nothing.
const FEWEST: usize = 6;
/// Candidates looked at for a question.
const MOST: usize = 4;

/// Two texts, by their places, of the same question.
type Pair = (usize, usize);

/// Duplicates and contradictions between entries.
pub(super) fn check(shop: &Shop<'_>, today: Date) -> Vec<Finding> {
    let stated = Stated::new(shop, today);
    let pairs = same_questions(&stated);
    let mut findings: Vec<Finding> = pairs.iter().filter_map(|&pair| judge(&stated, pair)).collect();
    let known: HashSet<Pair> = pairs.iter().copied().collect();
    let clauses = clauses::check(&stated, &known);
    let at = |finding: &Finding| {
        let place =
            |id: &str| shop.by_id[id].iter().find(|&&at| shop.texts[at].lang == finding.lang).copied();
        let (one, other) = (place(finding.entry.as_str())?, place(finding.other.as_ref()?.entry.as_str())?);
        Some(ordered(one, other))
    };
    findings.extend(clauses);
    let known: HashSet<Pair> = findings.iter().filter_map(at).collect();
    findings.extend(claims::check(&stated, &known));
    findings
}

/// Pairs of texts in one language whose questions are the same, each once.
fn same_questions(stated: &Stated<'_, '_>) -> Vec<Pair> {
    let shop = stated.shop;
    let ways: Vec<(usize, &str, bool)> = shop
        .texts
        .iter()
        .enumerate()
        .filter(|(_, text)| text.entry.kind == EntryKind::Answer)
        .flat_map(|(at, text)| {
            text.ways.iter().map(move |way| (at, way.core.as_str(), way.place == Place::Title))
        })
        .collect();
    let near = Near::new(ways.iter().map(|way| way.1), |_| false);
    let mut by_core: HashMap<(Lang, &str), Vec<usize>> = HashMap::new();
    for &(at, core, _) in &ways {
        by_core.entry((shop.texts[at].lang, core)).or_default().push(at);
    }
    let mut pairs = HashSet::new();
    for (place, &(at, core, _)) in ways.iter().enumerate().filter(|(_, way)| way.2) {
        (shop.rest)();
        let comparable = |other: usize| shop.is_comparable(at, other);
        let exact = by_core[&(shop.texts[at].lang, core)].iter().copied().filter(|&other| comparable(other));
        pairs.extend(exact.take(MOST).map(|other| ordered(at, other)));
        let nearest = near.nearest(place, LIKE, MOST, |other| comparable(ways[other].0));
        for like in shop.tally.count(shop.texts[at].number, nearest) {
            let other = ways[like.at].0;
            let pair = ordered(at, other);
            if !pairs.contains(&pair) && (like.share >= SAME || shop.answers_title(at, other, SURE)) {
                pairs.insert(pair);
            }
        }
    }
    same_answers(stated, &mut pairs);
    let mut pairs: Vec<Pair> = pairs.into_iter().collect();
    pairs.sort_unstable();
    pairs
}

/// Pairs whose answers say the same, asked for in words that have little in common: the library knows whether one
/// answers what the other is asked.
fn same_answers(stated: &Stated<'_, '_>, pairs: &mut HashSet<Pair>) {
    let shop = stated.shop;
    let is_short = |at: usize| shop.texts[at].entry.kind == EntryKind::Answer;
    let whole = |answer: &str| vec![(0, answer.len())];
    let spans = Spans::cut(stated, whole, stance::only_affirms);
    for at in (0..shop.texts.len()).filter(|&at| is_short(at)) {
        (shop.rest)();
        for like in spans.nearest(at, SAME_ANSWER, MOST, is_short) {
            let pair = ordered(at, like.at);
            if spans.near.contained(at, like.at) >= CONTAINED
                && !pairs.contains(&pair)
                && (shop.answers_title(at, like.at, PROBABLE) || shop.answers_title(like.at, at, PROBABLE))
            {
                pairs.insert(pair);
            }
        }
    }
}

fn ordered(one: usize, other: usize) -> Pair {
    (one.min(other), one.max(other))
}

/// Why two answers cannot both be right.
pub(super) enum Why {
    Quantity(Quantity, Quantity),
    YesNo,
}

fn judge(stated: &Stated<'_, '_>, pair: Pair) -> Option<Finding> {
    let (ours, theirs) = later_first(stated.shop, pair);
    let (one, other) = (&stated.shop.texts[ours], &stated.shop.texts[theirs]);
    if one.answer().trim().is_empty() || other.answer().trim().is_empty() {
        return None;
    }
    let near = Near::new([one.answer(), other.answer()], stance::only_affirms);
    let likeness = near.share(0, 1);
    let title = |text: &Text| text.ways.first().map(|way| way.core.clone());
    let same_title = title(one) == title(other);
    // The other has a phrasing that is out of place there.
    if likeness < RELATED && !same_title {
        return None;
    }
    let one_case = same_case(one.title(), other) && same_case(other.title(), one);
    if let Some(why) = contradict(stated, (ours, theirs), likeness).filter(|_| one_case) {
        return Some(contradiction(one, other, &why));
    }
    let same_answer = near.contained(0, 1) >= CONTAINED;
    (same_answer || same_title).then(|| duplicate(one, other, same_answer))
}

/// The one that was changed last, else the one with fewer phrasings, is the one to look at.
fn later_first(shop: &Shop<'_>, pair: Pair) -> Pair {
    let (one, other) = (&shop.texts[pair.0], &shop.texts[pair.1]);
    let order = (one.entry.updated_at, other.ways.len(), other.id())
        >= (other.entry.updated_at, one.ways.len(), one.id());
    if order { pair } else { (pair.1, pair.0) }
}

/// Whether words say what an answer says: enough of it, with no other number, day or "not".
pub(crate) fn says_the_same(words: &str, answer: &str, lang: Lang, today: Date) -> bool {
    let near = Near::new([words, answer], stance::only_affirms);
    near.words(0) >= FEWEST
        && near.contained(0, 1) >= SAME_ANSWER
        && near.share(0, 1) >= LIKE
        && quantity::conflict(&quantities(words, today), &quantities(answer, today)).is_none()
        && clauses::denials_of(words, answer, lang) % 2 == clauses::denials_of(answer, words, lang) % 2
}

fn contradict(stated: &Stated<'_, '_>, (one, other): Pair, likeness: f32) -> Option<Why> {
    let conflict = quantity::conflict(&stated.by_answer(one), &stated.by_answer(other));
    let (one, other) = (&stated.shop.texts[one], &stated.shop.texts[other]);
    if let Some(conflict) = conflict.filter(|conflict| conflict.disjoint || likeness >= SAME_ANSWER) {
        return Some(Why::Quantity(conflict.ours, conflict.theirs));
    }
    match (stance(one.answer(), one.lang), stance(other.answer(), other.lang)) {
        (Some(one), Some(other)) if one != other => Some(Why::YesNo),
        _ => denies(one, other).then_some(Why::YesNo),
    }
}

/// Whether a sentence of one is a sentence of the other with a "not" more or less.
fn denies(one: &Text, other: &Text) -> bool {
    let sentences = |text: &Text| {
        let parts = clauses::sentences(text.answer());
        parts.into_iter().map(|(from, to)| text.answer()[from..to].to_owned()).collect::<Vec<_>>()
    };
    let (ours, theirs) = (sentences(one), sentences(other));
    let near = Near::new(ours.iter().chain(&theirs).map(String::as_str), stance::only_affirms);
    let odd = |text: &str, of: &str| clauses::denials_of(text, of, one.lang) % 2;
    ours.iter().enumerate().any(|(at, sentence)| {
        let best = (0..theirs.len()).max_by(|a, b| {
            let share = |of: &usize| near.share(at, ours.len() + of);
            share(a).total_cmp(&share(b))
        });
        best.is_some_and(|best| {
            near.share(at, ours.len() + best) >= SAME_SENTENCE
                && odd(sentence, &theirs[best]) != odd(&theirs[best], sentence)
        })
    })
}

/// A contradiction between two entries, or two languages of one.
pub(super) fn contradiction(one: &Text, other: &Text, why: &Why) -> Finding {
    let (ours, theirs) = match why {
        Why::Quantity(ours, theirs) => {
            (around(one.answer(), ours.at, ours.end), around(other.answer(), theirs.at, theirs.end))
        }
        Why::YesNo => (first_sentence(one.answer()), first_sentence(other.answer())),
    };
    let said = said(one, other, why);
    let about = [one.answer(), other.id(), other.lang.code(), other.answer()];
    let mut finding = one.finding(Kind::Contradiction, Place::Answer, &ours, &about, said);
    finding.other = Some(Other {
        entry: other.entry.id.clone(),
        lang: other.lang,
        title: other.title().to_owned(),
        quote: short(&theirs),
    });
    finding
}

fn said(one: &Text, other: &Text, why: &Why) -> [Said; 2] {
    let words = |text: &Text, quantity: &Quantity| text.answer()[quantity.at..quantity.end].trim().to_owned();
    let (ours, theirs) = match why {
        Why::Quantity(ours, theirs) => (words(one, ours), words(other, theirs)),
        Why::YesNo => (String::new(), String::new()),
    };
    let same = one.entry.id == other.entry.id;
    let problem = match (why, same) {
        (Why::Quantity(..), true) => Said::new(
            format!("中英文说法不一致：一处写“{ours}”，另一处写“{theirs}”。"),
            format!("The two languages disagree: one says “{ours}”, the other “{theirs}”."),
        ),
        (Why::YesNo, true) => Said::new("中英文一个说是，一个说否。", "One language says yes, the other no."),
        (Why::Quantity(..), false) => Said::new(
            format!("同一个问题有两个答案：这里写“{ours}”，“{}”里写“{theirs}”。", other.title()),
            format!("The same question has two answers: “{ours}” here, “{theirs}” in “{}”.", other.title()),
        ),
        (Why::YesNo, false) => Said::new(
            format!("同一个问题，这里和“{}”一个说是，一个说否。", other.title()),
            format!("To the same question this says one thing and “{}” the opposite.", other.title()),
        ),
    };
    let advice = Said::new(
        "确认哪一个是对的，把另一个改过来。如果两处说的是不同情况，请在文中写明，然后标记为已处理。",
        "Find out which one is right and correct the other. If they speak of different cases, say so in the text and settle this.",
    );
    [problem, advice]
}

fn duplicate(one: &Text, other: &Text, same_answer: bool) -> Finding {
    let problem = if same_answer {
        Said::new(
            format!("与条目“{}”问的是同一件事，答案也相同。", other.title()),
            format!("It asks the same as the entry “{}” and answers the same.", other.title()),
        )
    } else {
        Said::new(
            format!("与条目“{}”问的是同一件事，答案却不同。", other.title()),
            format!("It asks the same as the entry “{}” and answers something else.", other.title()),
        )
    };
    let advice = if same_answer {
        Said::new(
            "合并成一条：把问法移到另一条，删除这一条。",
            "Merge them: move the phrasings to the other entry and remove this one.",
        )
    } else {
        Said::new(
            "写成一条，或让两条的问法分得开。",
            "Make one entry of them, or tell their questions apart.",
        )
    };
    let about = [one.answer(), other.id(), other.title(), other.answer()];
    let mut finding = one.finding(Kind::Duplicate, Place::Entry, one.title(), &about, [problem, advice]);
    finding.other = Some(Other {
        entry: other.entry.id.clone(),
        lang: other.lang,
        title: other.title().to_owned(),
        quote: short(other.answer()),
    });
    finding.fix = same_answer.then(|| Fix::MergeInto { entry: other.entry.id.clone() });
    finding
}

/// The sentence that holds these bytes.
pub(super) fn around(text: &str, at: usize, end: usize) -> String {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '；' | '\n');
    let begin = text[..at]
        .rfind(ends)
        .map_or(0, |place| place + text[place..].chars().next().map_or(1, char::len_utf8));
    let begin = text[..at].rfind(". ").map_or(begin, |place| begin.max(place + 2));
    let rest = &text[end..];
    let stop = rest.find(ends).or_else(|| rest.find(". ")).unwrap_or(rest.len());
    text[begin..end + stop].trim().to_owned()
}

fn first_sentence(text: &str) -> String {
    let first = text.trim_start();
    around(first, 0, first.chars().next().map_or(0, char::len_utf8))
}
