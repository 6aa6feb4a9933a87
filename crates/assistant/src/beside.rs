//! A second section that bears on the question too: its sentences stand beside those of the first.

use std::collections::HashSet;

use domain::{Kind, Rung};
use knowledge::{Hit, Library, section::sections};

use crate::{consider::Considered, decide::Decision, policy::Policy, quote::quote};

/// Another article bears on the question from this share of the best one's probability on.
const SHARE: f32 = 0.5;
/// Another section of the same article does if it holds so many telling words that the first does not; one in its
/// heading counts for two.
const WORDS: usize = 2;

/// Adds the second section, where there is one.
pub(crate) fn joined(mut whole: Considered, library: &Library, policy: &Policy) -> Considered {
    let [only] = whole.decision.picks[..] else { return whole };
    if whole.decision.rung != Rung::Composed {
        return whole;
    }
    let Some(second) =
        another_article(&whole.hits, only, policy).or_else(|| another_section(&mut whole, only, library))
    else {
        return whole;
    };
    let decision = Decision { picks: vec![only, second], ..whole.decision };
    Considered { decision, ..whole }
}

fn another_article(hits: &[Hit], best: usize, policy: &Policy) -> Option<usize> {
    let line = (hits[best].probability * SHARE).max(policy.suggest_above);
    (0..hits.len()).find(|&at| at != best && hits[at].kind == Kind::Article && hits[at].probability >= line)
}

/// The section of the same article that holds most of the question's telling words that the first lacks.
fn another_section(whole: &mut Considered, best: usize, library: &Library) -> Option<usize> {
    let hit = whole.hits.get(best)?.clone();
    let entry = library.entry(&hit.entry)?;
    let (lang, text) = entry.text(hit.lang)?;
    let parts = sections(&text.title, &text.answer);
    let first = parts.get(hit.section? as usize)?;
    let wanted: HashSet<String> = telling(&whole.question).collect();
    let said = |heading: &str, part: &str| -> HashSet<String> {
        let lines = quote(&whole.question, part, lang).join(" ");
        telling(&format!("{heading} {lines}")).filter(|word| wanted.contains(word)).collect()
    };
    let known = said(&first.heading, &first.text);
    let worth = |heading: &str, part: &str| {
        let in_heading =
            telling(heading).filter(|word| wanted.contains(word) && !known.contains(word)).count();
        said(heading, part).difference(&known).count() + in_heading
    };
    let adds = parts
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at as u32) != hit.section)
        .map(|(at, part)| (worth(&part.heading, &part.text), at));
    let (count, section) = adds.max_by_key(|(count, at)| (*count, std::cmp::Reverse(*at)))?;
    if count < WORDS {
        return None;
    }
    let title = parts[section].heading.clone();
    whole.hits.push(Hit { section: Some(section as u32), title, ..hit });
    Some(whole.hits.len() - 1)
}

/// Words that say something: no single characters, but those that the dictionary left side by side ("上油").
pub(crate) fn telling(text: &str) -> impl Iterator<Item = String> {
    let is_single = |term: &String| term.chars().count() == 1 && !term.is_ascii();
    let terms = language::segment::terms(text);
    let joined: Vec<String> =
        terms.chunk_by(|a, b| is_single(a) && is_single(b)).map(<[String]>::concat).collect();
    let long = |term: &String| term.chars().count() >= if term.is_ascii() { 4 } else { 2 };
    let usual = |term: &String| USUAL.contains(&term.as_str());
    joined.into_iter().filter(move |term| long(term) && !usual(term))
}

const USUAL: &[&str] = &[
    "怎么", "可以", "什么", "多少", "多久", "如何", "我们", "你们", "自己", "一个", "没有", "时候", "如果",
    "这个", "那个", "要是", "已经", "还是", "what", "when", "where", "which", "with", "that", "this", "have",
    "your", "from", "does", "will", "would", "could", "they", "them", "then", "there", "about", "been",
    "just", "some", "only", "much", "long", "into",
];
