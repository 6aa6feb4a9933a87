//! What words mean in one company's knowledge: learnt from its own phrasings, which mean the same, and from its
//! answers, which belong to their questions; and from the words with which its customers found an answer. Questions
//! for other kinds of business are learnt to be far from all.

use std::{
    borrow::Borrow,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use domain::{Entry, EntryText, Kind, Lesson, picture::in_words};
use language::{
    embed::{self, Embedder, Meaning},
    train::semantic::{Pair, Settings, adapt, opening},
};
use sha2::{Digest, Sha256};

use super::meaning::Directions;

/// To be raised when what is learnt from the same entries changes: what was kept before is then learnt again.
const WAY_OF_LEARNING: u32 = 2;
/// Each phrasing is paired with others of its entry, so many places further on.
const STEPS: [usize; 3] = [1, 2, 5];
/// More pairs than this are thinned out, so that learning stays a matter of seconds.
const MOST_PAIRS: usize = 30_000;
/// A lesson is paired with so many ways of asking for its entry, and with its answer.
const WAYS_A_LESSON: usize = 6;
/// Fewer tell nothing.
const FEWEST_PAIRS: usize = 24;

/// Questions for other kinds of business, one a line, written by us.
const STRANGERS: &str = include_str!("../../models/strangers.txt");
/// More of them, which nothing that ships was trained with: how probable an answer is was learnt, as it is needed, among
/// strangers of whom not all were known.
pub(super) const LATER: &str = include_str!("../../models/strangers_later.txt");
/// A stranger who is so close to one of ours may be one of ours.
const LIKE_OURS: f32 = 0.45;
/// Strangers are compared with so many of ours.
const COMPARED: usize = 1_000;
/// For so many pairs of ours there is one stranger.
const PAIRS_A_STRANGER: usize = 3;

/// Which strangers are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strangers {
    /// Those that training knows.
    First,
    /// Everyone.
    All,
}

impl Strangers {
    fn lines(self) -> impl Iterator<Item = &'static str> {
        let later = if self == Self::All { LATER } else { "" };
        STRANGERS.lines().chain(later.lines())
    }
}

/// The shipped model, adapted to these entries, which come in the order of their ids, and to what customers taught.
pub(super) fn adapted(entries: &[Arc<Entry>], lessons: &[Lesson], who: Strangers) -> Embedder {
    let Some(mut pairs) = pairs(entries, taught(entries, lessons)) else {
        return Embedder::clone(&embed::shipped());
    };
    let most = pairs.len() / PAIRS_A_STRANGER;
    let asked: Vec<&str> = pairs.iter().map(|pair| pair.a.as_str()).collect();
    let strangers: Vec<&str> = strangers(&asked, who);
    let pair = |(number, line): (u64, &&str)| pair(line, line, u64::MAX - number);
    pairs.extend((0..).zip(&strangers).map(pair).cycle().take(most).collect::<Vec<_>>());
    adapt(&embed::shipped(), &pairs, &Settings::for_adapting())
}

/// What was learnt, after the name of what it was learnt from and the lessons among it.
pub(super) fn kept(entries: &[Arc<Entry>], lessons: &[Lesson], embedder: &Embedder) -> Option<Vec<u8>> {
    let taught = serde_json::to_vec(lessons).ok()?;
    let mut bytes = name_of(entries, lessons).to_le_bytes().to_vec();
    bytes.extend(u32::try_from(taught.len()).ok()?.to_le_bytes());
    bytes.extend(taught);
    bytes.extend(embedder.own_bytes());
    Some(bytes)
}

/// What was kept, with its lessons, if it was learnt from these entries.
pub(super) fn recalled(entries: &[Arc<Entry>], kept: &[u8]) -> Option<(Embedder, Vec<Lesson>)> {
    let mut ordered: Vec<&Entry> = entries.iter().map(Borrow::borrow).collect();
    ordered.sort_by(|a, b| a.id.cmp(&b.id));
    let (of, rest) = kept.split_first_chunk::<8>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (taught, own) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    let lessons: Vec<Lesson> = serde_json::from_slice(taught).ok()?;
    let same = u64::from_le_bytes(*of) == name_of(&ordered, &lessons);
    let embedder = same.then(|| embed::shipped().with_own_bytes(own).ok()).flatten()?;
    Some((embedder, lessons))
}

/// A name for all that learning depends on: the entries in the order of their ids, what customers taught, the models,
/// the way of learning.
fn name_of<E: Borrow<Entry>>(entries: &[E], lessons: &[Lesson]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (WAY_OF_LEARNING, STRANGERS, LATER, embed::shipped().fingerprint()).hash(&mut hasher);
    for lesson in lessons {
        (lesson.entry.as_str(), &lesson.question).hash(&mut hasher);
    }
    for entry in entries.iter().map(Borrow::borrow) {
        (entry.id.as_str(), entry.kind == Kind::Article).hash(&mut hasher);
        for (lang, text) in &entry.texts {
            (lang.code(), &text.title, &text.phrasings, &text.answer).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// A name for what customers taught: the same for the same lessons, on every machine; 0 for none.
pub(super) fn name_of_lessons(lessons: &[Lesson]) -> u32 {
    let mut hasher = Sha256::new();
    for lesson in lessons {
        for word in [lesson.entry.as_str(), &lesson.question] {
            hasher.update((word.len() as u64).to_le_bytes());
            hasher.update(word);
        }
    }
    let [a, b, c, d, ..] = hasher.finalize().0;
    if lessons.is_empty() { 0 } else { u32::from_le_bytes([a, b, c, d]).max(1) }
}

/// Pairs of the entries' own texts, then what customers taught, evenly thinned; `None` of too few. Of a large knowledge
/// there are a million, so only those that are kept are written down.
fn pairs(entries: &[Arc<Entry>], taught: Vec<Pair>) -> Option<Vec<Pair>> {
    let mut own = 0;
    each_pair(entries, |_, _, _| own += 1);
    let all = own + taught.len();
    let every = all.div_ceil(MOST_PAIRS).max(1);
    let (mut pairs, mut at) = (Vec::with_capacity(all.div_ceil(every)), 0);
    each_pair(entries, |a, b, group| {
        if at % every == 0 {
            pairs.push(pair(a, b, group));
        }
        at += 1;
    });
    pairs.extend((own..).zip(taught).filter(|(at, _)| at % every == 0).map(|(_, pair)| pair));
    (all >= FEWEST_PAIRS).then_some(pairs)
}

/// The texts of each pair and the number of their entry.
fn each_pair(entries: &[Arc<Entry>], mut is_pair: impl FnMut(&str, &str, u64)) {
    for (group, entry) in (0_u64..).zip(entries) {
        let asked: Vec<&str> = entry.texts.values().flat_map(ways).collect();
        for (at, &a) in asked.iter().enumerate() {
            for step in STEPS.into_iter().filter(|&step| step < asked.len()) {
                is_pair(a, asked[(at + step) % asked.len()], group);
            }
        }
        let answers = entry.texts.values().flat_map(|text| answers(entry.kind, text));
        answers.for_each(|(question, answer)| is_pair(&question, &answer, group));
    }
}

/// What customers taught, beside the entries' own words. Lessons about what is not there any more teach nothing.
fn taught(entries: &[Arc<Entry>], lessons: &[Lesson]) -> Vec<Pair> {
    let of = |lesson: &&Lesson| {
        let at = entries.binary_search_by(|entry| entry.id.cmp(&lesson.entry)).ok()?;
        Some((at as u64, &entries[at]))
    };
    let mut pairs = Vec::new();
    for lesson in lessons {
        let Some((group, entry)) = of(&lesson) else { continue };
        let told = entry.texts.values().flat_map(|text| answers(entry.kind, text)).take(1);
        let asked = entry.texts.values().flat_map(ways).take(WAYS_A_LESSON).map(str::to_owned);
        pairs.extend(
            asked.chain(told.map(|(_, answer)| answer)).map(|way| pair(&lesson.question, &way, group)),
        );
    }
    pairs
}

/// Questions for other kinds of business. Who asks much as ours do is left out: to a travel agency trains are no
/// strangers. Each is paired with itself: nothing to draw together, but all of ours to be pushed from.
pub(super) fn strangers(ours: &[&str], who: Strangers) -> Vec<&'static str> {
    let (embedder, every) = (embed::shipped(), ours.len().div_ceil(COMPARED).max(1));
    let known: Vec<Meaning> = ours.iter().step_by(every).filter_map(|asked| embedder.embed(asked)).collect();
    let is_far = |line: &&str| {
        embedder.embed(line).is_some_and(|asked| known.iter().all(|ours| asked.closeness(ours) < LIKE_OURS))
    };
    who.lines().filter(is_far).collect()
}

/// Where the strangers of these entries point, in whatever order the entries come.
pub(super) fn strange<E: Borrow<Entry>>(entries: &[E], embedder: &Embedder, who: Strangers) -> Directions {
    let mut ordered: Vec<&Entry> = entries.iter().map(Borrow::borrow).collect();
    ordered.sort_by(|a, b| a.id.cmp(&b.id));
    let asked: Vec<&str> = ordered.iter().flat_map(|entry| entry.texts.values().flat_map(ways)).collect();
    Directions::of(embedder, &strangers(&asked, who))
}

pub(super) fn ways(text: &EntryText) -> impl Iterator<Item = &str> {
    let all = std::iter::once(&text.title).chain(&text.phrasings);
    all.map(String::as_str).filter(|way| !way.trim().is_empty())
}

/// What a text is asked by, with what it says: of an article, section by section.
fn answers(kind: Kind, text: &EntryText) -> Vec<(String, String)> {
    let told = match kind {
        Kind::Answer => vec![(text.title.clone(), in_words(&text.answer).into_owned())],
        Kind::Article => crate::section::sections(&text.title, &text.answer)
            .into_iter()
            .map(|section| {
                (format!("{} {}", text.title, section.heading), in_words(&section.text).into_owned())
            })
            .collect(),
    };
    told.into_iter().filter(|(asked, told)| !asked.trim().is_empty() && !told.trim().is_empty()).collect()
}

fn pair(a: &str, b: &str, group: u64) -> Pair {
    Pair { a: opening(a), b: opening(b), group }
}
