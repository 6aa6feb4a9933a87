//! The index of all entries and how a question is put to it.

use domain::{Entry, EntryId, Kind, Lang};

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
    /// The order of the list: greater is better. Comparable within one list only.
    pub rank: f32,
    /// The probability that this entry answers the question; calibrated, comparable everywhere.
    pub probability: f32,
    /// Whether the question is, but for punctuation, width, case and filler words, the title or a phrasing.
    pub near_exact: bool,
    /// What the probability was made of: name and value.
    pub because: Vec<(&'static str, f32)>,
}

/// All entries, indexed. Searching and changing may happen at the same time.
pub struct Library {}

impl Library {
    /// An empty library at version 0.
    pub fn new() -> Self {
        Self {}
    }

    /// Writes and removes entries; they are found when this returns. Many at once are cheaper than one by one.
    pub fn change(&self, _put: &[Entry], _remove: &[EntryId], _version: i64) {}

    /// The version of the knowledge that is searched.
    pub fn version(&self) -> i64 {
        0
    }

    /// How many entries it holds.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries that may answer, best first.
    pub fn search(&self, _query: &Query<'_>) -> Vec<Hit> {
        Vec::new()
    }

    /// An entry as it is indexed.
    pub fn entry(&self, _id: &EntryId) -> Option<std::sync::Arc<Entry>> {
        None
    }
}

impl Default for Library {
    fn default() -> Self {
        Self::new()
    }
}
