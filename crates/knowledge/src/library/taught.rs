//! What customers taught counts as ways to ask for an entry, beside those of its owner.

use std::{collections::HashMap, sync::Arc};

use domain::{Entry, EntryId, Lang, Lesson};
use language::detect::detect;

/// Customers' questions for one entry.
pub(super) type Questions = Arc<[Box<str>]>;

/// By entry, what customers asked for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Taught(Arc<HashMap<EntryId, Questions>>);

impl Taught {
    pub(super) fn of(lessons: &[Lesson]) -> Self {
        let mut questions: HashMap<EntryId, Vec<Box<str>>> = HashMap::new();
        for lesson in lessons {
            questions.entry(lesson.entry.clone()).or_default().push(lesson.question.as_str().into());
        }
        // In an order of their own, in which nothing depends on who came first.
        for asked in questions.values_mut() {
            asked.sort_unstable();
        }
        Self(Arc::new(questions.into_iter().map(|(entry, asked)| (entry, asked.into())).collect()))
    }

    /// Those for one entry.
    pub(super) fn for_entry(&self, id: &EntryId) -> Questions {
        self.0.get(id).cloned().unwrap_or_default()
    }

    /// The entries for which the two do not say the same.
    pub(super) fn differing<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a EntryId> {
        let of_other = |id: &&EntryId| !self.0.contains_key(*id);
        let all = self.0.keys().chain(other.0.keys().filter(of_other));
        all.filter(|id| self.for_entry(id) != other.for_entry(id))
    }
}

/// The text of an entry in which a question is matched: that of its language, or else the first.
pub(super) fn text_for(entry: &Entry, question: &str) -> Option<Lang> {
    let first = entry.texts.keys().next().copied()?;
    let asked = detect(question).pick(Lang::Zh, Lang::En, first);
    Some(if entry.texts.contains_key(&asked) { asked } else { first })
}
