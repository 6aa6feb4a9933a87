//! The index of all entries and how a question is put to it.
//!
//! A *passage* is what is matched: an entry in one language, or a part of an article's section. The whole
//! index lives in memory and is derived from the entries alone: the same entries give the same list and the
//! same numbers, whatever the order in which they came.
//!
//! A search reads a snapshot, a change builds the next one and swaps it in, so neither waits for the other.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use domain::{Asker, Entry, EntryId, IntentExample, Kind, Lang, Lesson, Timestamp};
use language::{
    embed::{self, Embedder},
    spelling::Corrected,
    train::intent::Example,
};

mod adapt;
mod apart;
mod background;
mod candidates;
mod categories;
mod examples;
mod expand;
pub(crate) mod features;
pub(crate) mod forest;
mod gather;
mod likeness;
mod meaning;
pub(crate) mod model;
mod passage;
mod postings;
mod question;
mod rerank;
pub(crate) mod search;
mod sentences;
pub(crate) mod snapshot;
mod taught;
mod terms;
mod trust;
mod weigh;
mod words;

pub use apart::{Apart, later_strangers};
pub(crate) use expand::written_elsewhere;
pub use gather::{BATCH, Plugging, encode};
pub use language::{
    embed::Meaning,
    sentences::{NoVectors, Sentences},
};
use passage::Analysed;
use rerank::Reranking;
pub use rerank::{NoScores, Reranker, Tried};
pub use search::take_first_place;
pub use sentences::TextName;
use snapshot::Snapshot;
use taught::Taught;

/// A question, put to the library.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// The words, as written.
    pub text: &'a str,
    /// The language in which an answer is wanted: where an entry has both, its text is preferred.
    pub lang: Lang,
    /// At most so many hits, one per entry (for articles: the best section).
    pub limit: usize,
}

/// An entry that may answer the question.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Which entry.
    pub entry: EntryId,
    /// Question or article.
    pub kind: Kind,
    /// Its group.
    pub category: String,
    /// The language of the text that matched.
    pub lang: Lang,
    /// The entry's question, or the heading of the section.
    pub title: String,
    /// The title or phrasing that came closest, as its owner wrote it.
    pub closest: String,
    /// For articles: which section, from 0.
    pub section: Option<u32>,
    /// The order of the list, but for a likely answer in front: greater is better. Comparable within one list only.
    pub rank: f32,
    /// The probability that this entry answers the question; calibrated, comparable everywhere.
    pub probability: f32,
    /// Whether the question is, but for punctuation, width, case and filler words, the title or a phrasing.
    pub near_exact: bool,
    /// In how many ways its question is written, in the language that matched.
    pub phrasings: usize,
    /// What the probability was made of: name and value.
    pub because: Vec<(&'static str, f32)>,
}

/// All entries, indexed. Searching and changing may happen at the same time.
pub struct Library {
    model: Arc<model::Model>,
    current: RwLock<Arc<Snapshot>>,
    /// Held while the next snapshot is made: changes come one after the other.
    changing: Mutex<()>,
    /// A plugged sentence model, if one is wanted.
    gathering: Mutex<Option<gather::Gathering>>,
    /// A plugged reranker, if there is one.
    reranking: Reranking,
}

impl Library {
    /// An empty library at version 0.
    pub fn new() -> Self {
        Self::with(model::shipped())
    }

    /// An empty library that weighs by other weights than those that ship: the text of a `rank.json`.
    pub fn with_weights(json: &str) -> Result<Self, serde_json::Error> {
        Ok(Self::with(Arc::new(model::Model::from(&model::read(json)?))))
    }

    fn with(model: Arc<model::Model>) -> Self {
        let empty = Snapshot::empty(embed::shipped());
        Self {
            model,
            current: RwLock::new(Arc::new(empty)),
            changing: Mutex::default(),
            gathering: Mutex::default(),
            reranking: Reranking::default(),
        }
    }

    /// This state of it, apart: what changes in one is not seen in the other. Cheap.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            model: Arc::clone(&self.model),
            current: RwLock::new(self.snapshot()),
            changing: Mutex::default(),
            gathering: Mutex::default(),
            reranking: self.reranking.unheard(),
        }
    }

    /// Writes and removes entries; they are found when this returns. Many at once are cheaper than one by one.
    /// Where an entry is named twice in `put`, the later one counts; who is in both lists is written.
    pub fn change(&self, put: &[Entry], remove: &[EntryId], version: i64) {
        let mut named = HashSet::new();
        let latest = put.iter().rev().filter(|entry| named.insert(&entry.id));
        let mut latest: Vec<Arc<Entry>> = latest.map(|entry| Arc::new(entry.clone())).collect();
        latest.reverse();
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = Snapshot::clone(&self.snapshot());
        let (embedder, taught) = (Arc::clone(&next.embedder), next.taught.clone());
        next.apply(analysed(&latest, &taught, &embedder), remove, version);
        self.publish(next);
    }

    /// All entries at once, in place of what was there. If `learnt`, which [`Library::learnt`] gave, was learnt
    /// from the same entries, they need not be learnt from again; whether it was.
    pub fn load<E: Into<Arc<Entry>>>(&self, entries: Vec<E>, version: i64, learnt: Option<&[u8]>) -> bool {
        let entries: Vec<Arc<Entry>> = entries.into_iter().map(Into::into).collect();
        let recalled = learnt.and_then(|learnt| adapt::recalled(&entries, learnt));
        let known = recalled.is_some();
        let (embedder, lessons) = recalled.map_or_else(
            || (embed::shipped(), Vec::new()),
            |(embedder, lessons)| (Arc::new(embedder), lessons),
        );
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = Snapshot::empty(Arc::clone(&embedder));
        if known {
            next.strangers = Arc::new(adapt::strange(&entries, &embedder, adapt::Strangers::All));
        }
        let taught = Taught::of(&lessons);
        next.taught = taught.clone();
        next.make_room(entries.len());
        next.apply(analysed(&entries, &taught, &embedder), &[], version);
        next.adapted_to = if known { version } else { 0 };
        next.hold_lessons(lessons);
        self.publish(next);
        known
    }

    /// What [`Library::adapt`] learnt, to be kept for [`Library::load`]; `None` before it did.
    pub fn learnt(&self) -> Option<Vec<u8>> {
        let snapshot = self.snapshot();
        let is_new = snapshot.adapted_to > 0 && snapshot.adapted_to == snapshot.version;
        is_new.then(|| adapt::kept(&snapshot.all(), &snapshot.lessons, &snapshot.embedder)).flatten()
    }

    /// Learns what words mean in this knowledge, from its own phrasings and answers: seconds of work, while
    /// searches and changes go on. The same entries give the same meanings, whatever was learnt before.
    pub fn adapt(&self) {
        self.take(&self.learn_apart(&[]));
    }

    /// What customers taught, as far as the meanings were learnt from it.
    pub fn lessons(&self) -> Arc<Vec<Lesson>> {
        Arc::clone(&self.snapshot().lessons)
    }

    /// A name for [`Library::lessons`], the same for the same lessons; 0 for none.
    pub fn lessons_name(&self) -> u32 {
        self.snapshot().lessons_name
    }

    /// The version of the knowledge that meanings were learnt from; 0 for none.
    pub fn adapted_to(&self) -> i64 {
        self.snapshot().adapted_to
    }

    fn gathering(&self) -> MutexGuard<'_, Option<gather::Gathering>> {
        self.gathering.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self, next: Snapshot) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
    }

    /// The version of the knowledge that is searched.
    pub fn version(&self) -> i64 {
        self.snapshot().version
    }

    /// How many entries it holds.
    pub fn len(&self) -> usize {
        self.snapshot().entries.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries that may answer, best first. A message with slips is read as typed and as meant; the reading
    /// that finds the more probable answer counts.
    pub fn search(&self, query: &Query<'_>) -> Vec<Hit> {
        self.search_as(query, &self.correct(query.text).text)
    }

    /// The same for a message that was set right already: `meant` is what [`Library::correct`] makes of it.
    pub fn search_as(&self, query: &Query<'_>, meant: &str) -> Vec<Hit> {
        self.search_but(query, meant, |_| HashSet::new())
    }

    /// The same for a customer at a moment: entries that are not for them, or do not hold then, are not found.
    pub fn search_for(&self, query: &Query<'_>, meant: &str, asker: &Asker, now: Timestamp) -> Vec<Hit> {
        self.search_but(query, meant, |snapshot| snapshot.hidden_from(asker, now))
    }

    fn search_but(
        &self,
        query: &Query<'_>,
        meant: &str,
        hidden: impl Fn(&Snapshot) -> HashSet<u32>,
    ) -> Vec<Hit> {
        let snapshot = self.snapshot();
        let hidden = hidden(&snapshot);
        let wide = Query { limit: self.reranking.widened(query.limit), ..*query };
        let search = |text| search::search(&snapshot, &Query { text, ..wide }, &self.model, &hidden);
        let best = |hits: &[Hit]| hits.iter().map(|hit| hit.probability).fold(0.0, f32::max);
        let (mut question, mut hits) = (query.text, search(query.text));
        if meant != query.text {
            let others = search(meant);
            if best(&others) > best(&hits) {
                (question, hits) = (meant, others);
            }
        }
        self.reranked(question, hits, query.limit)
    }

    /// A message as it was meant, by the words that ship and those of all entries.
    pub fn correct(&self, text: &str) -> Corrected {
        self.snapshot().speller.correct(text)
    }

    /// An entry as it is indexed.
    pub fn entry(&self, id: &EntryId) -> Option<Arc<Entry>> {
        self.snapshot().entries.get(id.as_str()).map(|indexed| Arc::clone(&indexed.entry))
    }

    /// All entries as they are indexed, by their ids.
    pub fn entries(&self) -> Vec<Arc<Entry>> {
        self.snapshot().all()
    }

    /// The entries that would answer if one were not there, best first, with the probability that they do.
    pub(crate) fn others(&self, text: &str, lang: Lang, without: &EntryId) -> Vec<(String, f32)> {
        let query = Query { text, lang, limit: 5 };
        let hidden = |id: &str| id == without.as_str();
        search::probable(&self.snapshot(), &query, &self.model, hidden)
    }

    /// A copy in which some entries are written otherwise. This one stays as it is.
    pub(crate) fn as_if(&self, put: &[Entry]) -> Self {
        let snapshot = self.snapshot();
        let copy = Self {
            model: Arc::clone(&self.model),
            current: RwLock::new(Arc::clone(&snapshot)),
            changing: Mutex::default(),
            gathering: Mutex::default(),
            reranking: Reranking::default(),
        };
        copy.change(put, &[], snapshot.version);
        copy
    }

    /// What customers ask, by the group of the entry that answers it; the owner's own examples; and what only other
    /// businesses are asked.
    pub fn examples(&self, own: &[IntentExample]) -> Vec<Example> {
        examples::examples(&self.snapshot().all(), own)
    }

    /// The intents that the entries make, with how many ways of asking each has.
    pub fn intents(&self) -> BTreeMap<String, usize> {
        examples::counted(&self.snapshot().all())
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Default for Library {
    fn default() -> Self {
        Self::new()
    }
}

/// So many entries are taken apart at a time: many more would fill the memory.
const AT_ONCE: usize = 1_024;

fn analysed<'a>(
    entries: &'a [Arc<Entry>],
    taught: &'a Taught,
    embedder: &'a Embedder,
) -> impl Iterator<Item = Analysed> + 'a {
    entries.chunks(AT_ONCE).flat_map(|part| analyse_all(part, taught, embedder))
}

/// Cutting text into terms is most of the work of a change, and each entry's is its own.
fn analyse_all(entries: &[Arc<Entry>], taught: &Taught, embedder: &Embedder) -> Vec<Analysed> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let one = |entry: &Arc<Entry>| passage::analyse(entry, taught.for_entry(&entry.id), embedder);
    let analyse = |part: &[Arc<Entry>]| part.iter().map(one).collect();
    if entries.len() < 64 || workers == 1 {
        return analyse(entries);
    }
    std::thread::scope(|scope| {
        let parts: Vec<_> = entries
            .chunks(entries.len().div_ceil(workers))
            .map(|part| scope.spawn(move || analyse(part)))
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}

#[cfg(test)]
mod tests;
