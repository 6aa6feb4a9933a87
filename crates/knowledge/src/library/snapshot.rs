//! One state of the index: passages, and for each term the passages that hold it.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use domain::{Asker, Entry, EntryId, Lesson, Timestamp};
use language::{
    embed::{Embedder, Meaning},
    spelling::Speller,
};

use super::{
    background,
    candidates::held_against,
    categories::Categories,
    meaning::{self, Directions, Meanings},
    passage::{self, Analysed, Draft, Passage},
    postings::{Posting, Postings},
    sentences::Plugged,
    taught::{Questions, Taught},
    words::Key,
};

/// After so many entries the lists of terms are brought up to date: what waits for it takes memory.
const SETTLED_AT_ONCE: usize = 8_192;

/// A term.
#[derive(Clone)]
pub(super) struct Term {
    pub(super) postings: Postings,
    /// How many of them have it in the question.
    pub(super) asked_in: u32,
    /// The share of texts anywhere that hold this word.
    pub(super) usual: f32,
    /// What the word means, if a phrasing holds it.
    pub(super) meaning: Option<Meaning>,
}

#[derive(Clone)]
pub(crate) struct Indexed {
    pub(crate) entry: Arc<Entry>,
    /// What customers had taught when it was indexed.
    taught: Questions,
    passages: Vec<u32>,
}

/// What every search and every change starts from. Cloning copies tables of pointers, not postings.
#[derive(Clone)]
pub(crate) struct Snapshot {
    /// What tells meanings: all directions below are its own.
    pub(super) embedder: Arc<Embedder>,
    pub(super) version: i64,
    /// The version that the embedder has learnt from.
    pub(super) adapted_to: i64,
    /// What it has learnt from customers.
    pub(super) lessons: Arc<Vec<Lesson>>,
    /// A name for them; 0 for none.
    pub(super) lessons_name: u32,
    /// The same by entry: ways to ask.
    pub(super) taught: Taught,
    pub(super) entries: HashMap<Arc<str>, Indexed>,
    pub(super) passages: Vec<Option<Arc<Passage>>>,
    /// By place, what the texts of the passage mean.
    pub(super) meanings: Vec<Option<Arc<Meanings>>>,
    free: Vec<u32>,
    /// The passages that are not for everyone at all times.
    limited: Vec<u32>,
    /// Numbers are given once and kept: a term that nobody holds any more has an empty list.
    numbers: HashMap<Key, u32>,
    pub(super) terms: Vec<Term>,
    /// How much each term says.
    pub(super) weights: Vec<f32>,
    pub(super) totals: Totals,
    /// By place, what the lengths of its questions and of its answer hold against a passage: in one table, since a
    /// search looks at those of very many.
    pub(super) lengths: Vec<[f32; 2]>,
    pub(super) directions: Directions,
    /// Where questions for other kinds of business point.
    pub(super) strangers: Arc<Directions>,
    /// Sets messages right; knows the words of all entries.
    pub(super) speller: Arc<Speller>,
    /// A plugged model's, beside our own.
    pub(super) plugged: Option<Plugged>,
    /// Made when first asked for, once for all that share these entries.
    pub(super) categories: Arc<OnceLock<Categories>>,
}

/// Sums over passages, as integers: sums of floats would depend on the order of changes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Totals {
    pub(super) passages: u64,
    pub(super) with_question: u64,
    pub(super) question_words: u64,
    pub(super) with_answer: u64,
    pub(super) answer_words: u64,
}

#[derive(Default)]
struct Change {
    gone: Vec<u32>,
    new: Vec<Posting>,
}

impl Snapshot {
    /// Holds what customers taught.
    pub(super) fn hold_lessons(&mut self, lessons: Vec<Lesson>) {
        self.lessons_name = super::adapt::name_of_lessons(&lessons);
        self.lessons = Arc::new(lessons);
    }

    pub(super) fn empty(embedder: Arc<Embedder>) -> Self {
        Self {
            directions: Directions::new(embedder.dim()),
            strangers: Arc::new(Directions::new(embedder.dim())),
            embedder,
            version: 0,
            adapted_to: 0,
            lessons: Arc::default(),
            lessons_name: 0,
            taught: Taught::default(),
            entries: HashMap::new(),
            passages: Vec::new(),
            meanings: Vec::new(),
            free: Vec::new(),
            limited: Vec::new(),
            numbers: HashMap::new(),
            terms: Vec::new(),
            weights: Vec::new(),
            totals: Totals::default(),
            lengths: Vec::new(),
            speller: Arc::default(),
            plugged: None,
            categories: Arc::default(),
        }
    }

    /// Room for so many entries: tables that grow step by step are twice in memory at each step.
    pub(super) fn make_room(&mut self, entries: usize) {
        self.entries.reserve(entries);
        self.passages.reserve_exact(entries);
        self.meanings.reserve_exact(entries);
        self.directions.make_room(entries);
    }

    /// All entries, by their ids.
    pub(super) fn all(&self) -> Vec<Arc<Entry>> {
        let mut all: Vec<Arc<Entry>> = self.entries.values().map(|known| Arc::clone(&known.entry)).collect();
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    /// What has been written and what has been removed since an earlier state.
    pub(super) fn since(&self, before: &Self) -> (Vec<Arc<Entry>>, Vec<EntryId>) {
        let is_new = |entry: &Arc<Entry>| {
            before.entries.get(entry.id.as_str()).is_none_or(|known| !Arc::ptr_eq(&known.entry, entry))
        };
        let put = self.all().into_iter().filter(is_new).collect();
        let is_gone = |entry: &Arc<Entry>| !self.entries.contains_key(entry.id.as_str());
        (put, before.all().iter().filter(|entry| is_gone(entry)).map(|entry| entry.id.clone()).collect())
    }

    /// The passages of an entry.
    pub(super) fn passages_of(&self, id: &EntryId) -> impl Iterator<Item = &Passage> {
        let places = self.entries.get(id.as_str()).map_or(&[][..], |known| &known.passages);
        places.iter().filter_map(|&place| self.passages[place as usize].as_deref())
    }

    /// The passages that this customer must not find at this moment.
    pub(super) fn hidden_from(&self, asker: &Asker, now: Timestamp) -> HashSet<u32> {
        let is_hidden = |place: &u32| {
            let passage = self.passages[*place as usize].as_deref();
            passage.is_some_and(|passage| !passage.entry.is_for(asker, now))
        };
        self.limited.iter().copied().filter(is_hidden).collect()
    }

    pub(super) fn number(&self, key: Key) -> Option<u32> {
        self.numbers.get(&key).copied()
    }

    /// Entries come one by one, so that only few lie about taken apart.
    pub(super) fn apply(&mut self, put: impl Iterator<Item = Analysed>, remove: &[EntryId], version: i64) {
        self.version = version;
        self.categories = Arc::default();
        let mut changes: BTreeMap<u32, Change> = BTreeMap::new();
        // Places that this change frees still have postings to lose: only earlier ones are taken again.
        let mut reusable = std::mem::take(&mut self.free);
        for id in remove {
            self.take_out(id, &mut changes);
        }
        for (at, analysed) in put.enumerate() {
            self.take_out(&analysed.entry.id, &mut changes);
            self.put_in(analysed, &mut reusable, &mut changes);
            if at % SETTLED_AT_ONCE == SETTLED_AT_ONCE - 1 {
                self.settle(std::mem::take(&mut changes));
            }
        }
        self.free.append(&mut reusable);
        self.settle(changes);
        self.measure();
        self.weigh();
    }

    /// The same knowledge as another model reads it: words and places stay where they are, and are shared.
    pub(super) fn meaning_anew(
        &self,
        embedder: &Arc<Embedder>,
        read: impl Iterator<Item = Analysed>,
    ) -> Self {
        let mut next = Self {
            embedder: Arc::clone(embedder),
            directions: Directions::new(embedder.dim()),
            plugged: None,
            ..self.clone()
        };
        next.terms.iter_mut().for_each(|term| term.meaning = None);
        next.directions.make_room(self.passages.len());
        for Analysed { entry, drafts, .. } in read {
            let places = self.entries.get(entry.id.as_str()).map_or(&[][..], |known| &known.passages);
            for (&place, draft) in places.iter().zip(drafts) {
                next.understand(&draft);
                next.directions.set(place, draft.direction().as_ref());
                next.meanings[place as usize] = Some(Arc::new(draft.meanings()));
            }
        }
        next
    }

    /// What nobody says any more is as strange as if nobody ever had.
    pub(super) fn forget_the_unsaid(&mut self) {
        let terms = &self.terms;
        self.numbers.retain(|_, number| !terms[*number as usize].postings.is_empty());
    }

    /// Brings the lists of terms up to date.
    fn settle(&mut self, changes: BTreeMap<u32, Change>) {
        for (number, mut change) in changes {
            let term = &mut self.terms[number as usize];
            change.gone.sort_unstable();
            let stays = |posting: &Posting| change.gone.binary_search(&posting.passage).is_err();
            let mut postings: Vec<Posting> = term.postings.iter().filter(stays).collect();
            postings.extend(change.new);
            postings.sort_unstable_by_key(|posting| posting.passage);
            term.asked_in = postings.iter().filter(|posting| posting.counts.question > 0).count() as u32;
            term.postings = Postings::of(&postings);
        }
    }

    /// Measures all passages anew, after a change.
    fn measure(&mut self) {
        let Totals { question_words, with_question, answer_words, with_answer, .. } = self.totals;
        let mean = |words: u64, passages: u64| (words as f32 / passages.max(1) as f32).max(1.0);
        let usual = [mean(question_words, with_question), mean(answer_words, with_answer)];
        let held = |passage: &Passage| {
            let lengths = [passage.question_length, passage.answer_length];
            [0, 1].map(|at| held_against(lengths[at] as f32 / usual[at]))
        };
        self.lengths =
            self.passages.iter().map(|passage| passage.as_deref().map_or([0.0; 2], held)).collect();
    }

    fn take_out(&mut self, id: &EntryId, changes: &mut BTreeMap<u32, Change>) {
        let Some(indexed) = self.entries.remove(id.as_str()) else { return };
        // Taking the old text apart again is cheaper than remembering its terms for ever.
        let Analysed { drafts, vocabulary, .. } =
            passage::analyse(&indexed.entry, indexed.taught, &self.embedder);
        Arc::make_mut(&mut self.speller).forget(vocabulary.iter().map(|word| &**word));
        for (&place, draft) in indexed.passages.iter().zip(&drafts) {
            for &(key, _) in &draft.counts {
                if let Some(number) = self.number(key) {
                    changes.entry(number).or_default().gone.push(place);
                }
            }
            self.meanings[place as usize] = None;
            if let Some(passage) = self.passages[place as usize].take() {
                self.totals.count(&passage, u64::wrapping_sub);
            }
            self.directions.set(place, None);
            if let Some(plugged) = &mut self.plugged {
                plugged.put(place, None);
            }
            self.limited.retain(|limited| *limited != place);
            self.free.push(place);
        }
    }

    fn put_in(&mut self, analysed: Analysed, reusable: &mut Vec<u32>, changes: &mut BTreeMap<u32, Change>) {
        Arc::make_mut(&mut self.speller).learn(analysed.vocabulary.iter().map(|word| &**word));
        let mut places = Vec::with_capacity(analysed.drafts.len());
        for (ordinal, draft) in analysed.drafts.into_iter().enumerate() {
            let place = reusable.pop().unwrap_or_else(|| {
                self.passages.push(None);
                self.meanings.push(None);
                self.passages.len() as u32 - 1
            });
            for &(key, counts) in &draft.counts {
                let number = self.number_or_new(key);
                changes.entry(number).or_default().new.push(Posting { passage: place, counts });
            }
            self.understand(&draft);
            let direction = draft.direction();
            self.meanings[place as usize] = Some(Arc::new(draft.meanings()));
            let passage = draft.finish(Arc::clone(&analysed.entry), ordinal as u32, place, |key| {
                self.numbers.get(&key).copied().unwrap_or(u32::MAX)
            });
            self.totals.count(&passage, u64::wrapping_add);
            self.directions.set(place, direction.as_ref());
            if let Some(plugged) = &mut self.plugged {
                plugged.put(place, Some(&passage));
            }
            if analysed.entry.is_limited() {
                self.limited.push(place);
            }
            self.passages[place as usize] = Some(Arc::new(passage));
            places.push(place);
        }
        let Analysed { entry, taught, .. } = analysed;
        let id = entry.id.as_str().into();
        self.entries.insert(id, Indexed { entry, taught, passages: places });
    }

    /// What the words of phrasings mean, for those that are new.
    fn understand(&mut self, draft: &Draft) {
        let embedder = Arc::clone(&self.embedder);
        for way in &draft.ways {
            for (word, &key) in way.apart.terms.iter().zip(&way.apart.single) {
                let term = self.number(key).map(|number| &mut self.terms[number as usize]);
                if let Some(term) = term.filter(|term| term.meaning.is_none()) {
                    term.meaning = meaning::of_word(&embedder, word);
                }
            }
        }
    }

    fn number_or_new(&mut self, key: Key) -> u32 {
        *self.numbers.entry(key).or_insert_with(|| {
            self.terms.push(Term {
                postings: Postings::default(),
                asked_in: 0,
                usual: background::share(key),
                meaning: None,
            });
            self.terms.len() as u32 - 1
        })
    }
}

impl Totals {
    fn count(&mut self, passage: &Passage, step: fn(u64, u64) -> u64) {
        self.passages = step(self.passages, 1);
        self.with_question = step(self.with_question, u64::from(passage.question_length > 0));
        self.question_words = step(self.question_words, u64::from(passage.question_length));
        self.with_answer = step(self.with_answer, u64::from(passage.answer_length > 0));
        self.answer_words = step(self.answer_words, u64::from(passage.answer_length));
    }
}
