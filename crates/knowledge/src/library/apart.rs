//! Meanings are learnt apart from what is searched: they can be looked at before they are taken.

use std::sync::{Arc, PoisonError};

use domain::{Entry, Lesson};
use language::embed::{Embedder, Meaning};

use super::{
    Library, adapt, adapt::Strangers, analysed, sentences::Plugged, snapshot::Snapshot, taught::Taught,
};

/// Of an answer so much is compared, in characters.
const OPENING: usize = 200;
/// Texts that are compared with a phrasing, at most.
const MOST_TEXTS: usize = 4_000;

/// A library whose words mean what was learnt, not searched by anybody yet.
pub struct Apart {
    /// What it was learnt from.
    before: Arc<Snapshot>,
    library: Arc<Library>,
}

impl Apart {
    /// The library as it would be.
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }
}

/// Questions for other kinds of business that training leaves out.
pub fn later_strangers() -> impl Iterator<Item = &'static str> {
    adapt::LATER.lines()
}

impl Library {
    /// Learns what words mean in this knowledge and to its customers: seconds of work. Nobody is answered from it
    /// until it is taken. The same entries and lessons give the same meanings, whatever was learnt before.
    pub fn learn_apart(&self, lessons: &[Lesson]) -> Apart {
        self.learn_among(Strangers::All, lessons)
    }

    /// Learns as training needs it: from the same strangers each time, so that the same weights come out, and without
    /// [`later_strangers`], so that some are left whom nobody knows.
    pub fn adapt_for_training(&self) {
        self.take(&self.learn_among(Strangers::First, &[]));
    }

    fn learn_among(&self, who: Strangers, lessons: &[Lesson]) -> Apart {
        let before = self.snapshot();
        let entries = before.all();
        let embedder = Arc::new(adapt::adapted(&entries, lessons, who));
        let mut next = before.meaning_anew(&embedder, analysed(&entries, &before.taught, &embedder));
        next.strangers = Arc::new(adapt::strange(&entries, &embedder, who));
        next.adapted_to = before.version;
        next.hold_lessons(lessons.to_vec());
        teach(&mut next, Taught::of(lessons));
        next.forget_the_unsaid();
        plug(&mut next, &before);
        let library = self.fork();
        library.publish(next);
        Apart { before, library: Arc::new(library) }
    }

    /// Searches with what was learnt from now on. What has been changed meanwhile is not lost.
    pub fn take(&self, learnt: &Apart) {
        let mut next = Snapshot::clone(&learnt.library.snapshot());
        let (embedder, taught) = (Arc::clone(&next.embedder), next.taught.clone());
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.snapshot();
        let (put, gone) = now.since(&learnt.before);
        next.apply(analysed(&put, &taught, &embedder), &gone, now.version);
        plug(&mut next, &now);
        self.publish(next);
    }

    /// Of how many of the shop's own phrasings the nearest other text, by meaning, is of the same entry; and how many
    /// were looked at, `most` of them at most.
    pub fn own_found(&self, most: usize) -> (usize, usize) {
        let snapshot = self.snapshot();
        let texts = own_texts(&snapshot.all(), &snapshot.embedder);
        let every = texts.len().div_ceil(most.max(1)).max(1);
        let asked = texts.iter().enumerate().step_by(every);
        let found = asked.clone().filter(|(at, text)| nearest(&texts, *at) == Some(text.0)).count();
        (found, asked.count())
    }
}

/// From now on these count as ways to ask.
fn teach(next: &mut Snapshot, taught: Taught) {
    let (embedder, before) =
        (Arc::clone(&next.embedder), std::mem::replace(&mut next.taught, taught.clone()));
    let known = |id| next.entries.get(id).map(|known| Arc::clone(&known.entry));
    let mut changed: Vec<_> = taught.differing(&before).filter_map(|id| known(id.as_str())).collect();
    if changed.is_empty() {
        // Most knowledge was taught nothing new: then there is nothing to weigh anew.
        return;
    }
    changed.sort_by(|a, b| a.id.cmp(&b.id));
    next.apply(analysed(&changed, &taught, &embedder), &[], next.version);
}

/// Our own directions have moved: the plugged model's are brought to their new scale.
fn plug(next: &mut Snapshot, now: &Snapshot) {
    next.plugged = now
        .plugged
        .as_ref()
        .map(|plugged| Plugged::new(Arc::clone(&plugged.model), Arc::clone(&plugged.vectors), next));
}

/// What the entries say, by the number of the entry.
fn own_texts(entries: &[Arc<Entry>], embedder: &Embedder) -> Vec<(usize, Meaning)> {
    let of = |(at, entry): (usize, &Arc<Entry>)| {
        let opening = |text: &domain::EntryText| text.answer.chars().take(OPENING).collect::<String>();
        let mut said: Vec<String> = entry.texts.values().flat_map(adapt::ways).map(str::to_owned).collect();
        said.extend(entry.texts.values().map(opening));
        said.into_iter().filter_map(|text| Some((at, embedder.embed(&text)?))).collect::<Vec<_>>()
    };
    let mut texts: Vec<_> = entries.iter().enumerate().flat_map(of).collect();
    let every = texts.len().div_ceil(MOST_TEXTS).max(1);
    texts = texts.into_iter().step_by(every).collect();
    texts
}

fn nearest(texts: &[(usize, Meaning)], of: usize) -> Option<usize> {
    let others = texts.iter().enumerate().filter(|(at, _)| *at != of);
    let near = others.map(|(_, (entry, meaning))| (meaning.closeness(&texts[of].1), *entry));
    near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, entry)| entry)
}
