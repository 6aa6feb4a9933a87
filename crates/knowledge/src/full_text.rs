//! Full-text search for people: every word of titles, phrasings, answers and labels, for lists and help pages.
//!
//! Answers come from [`crate::Library`], which weighs whether an entry answers a question. Here somebody looks for
//! words and wants all entries that hold them, those that hold them in the title first.

mod cut;
mod fields;
mod query;
mod writing;

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

use domain::{Entry, EntryId, Kind};
use tantivy::{
    Index, IndexReader, Order, ReloadPolicy, Searcher,
    collector::{
        Count, TopDocs,
        sort_key::{SortBySimilarityScore, SortByString},
    },
};

use fields::Fields;

/// Why full-text search failed. Lists can still be had without it, so nothing needs to be tried again.
#[derive(Debug, thiserror::Error)]
#[error("full-text search failed: {0}; lists work without it, by looking through all texts")]
pub struct FullTextError(#[from] tantivy::TantivyError);

/// Which entries are wanted.
#[derive(Debug, Clone, Default)]
pub struct Sought<'a> {
    /// The words, as somebody types them.
    pub words: &'a str,
    /// Only of this category and those below it; empty for entries without any.
    pub category: Option<&'a str>,
    /// Only of this kind.
    pub kind: Option<Kind>,
}

/// All entries by their words. Lives in memory, is derived from the entries alone, and is followed change by change.
pub struct FullText {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    version: AtomicI64,
    /// Held while entries are written: changes come one after the other.
    writing: Mutex<()>,
}

/// The version before the first.
const NONE: i64 = -1;

impl FullText {
    /// An empty index that no knowledge was written to yet.
    pub fn new() -> Result<Self, FullTextError> {
        let (schema, fields) = fields::schema();
        let index = Index::create_in_ram(schema);
        cut::register(index.tokenizers());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader, fields, version: AtomicI64::new(NONE), writing: Mutex::default() })
    }

    /// The version of the knowledge that is searched; `None` before any was written.
    pub fn version(&self) -> Option<i64> {
        Some(self.version.load(Ordering::Acquire)).filter(|version| *version != NONE)
    }

    /// Writes and removes entries; they are found when this returns. Safe to repeat.
    pub fn change<'a>(
        &self,
        put: impl IntoIterator<Item = &'a Entry>,
        remove: &[EntryId],
        version: i64,
    ) -> Result<(), FullTextError> {
        let _one_at_a_time = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        writing::write(&self.index, &self.fields, put, remove)?;
        self.reader.reload()?;
        self.version.store(version, Ordering::Release);
        Ok(())
    }

    /// The entries that hold all words, the fittest first, then by id; without any, those that hold some. With how
    /// many there are in all.
    pub fn find(
        &self,
        sought: &Sought<'_>,
        skip: usize,
        limit: usize,
    ) -> Result<(Vec<EntryId>, usize), FullTextError> {
        let searcher = self.reader.searcher();
        let all = self.found(&searcher, sought, query::Match::All, skip, limit)?;
        if all.1 > 0 { Ok(all) } else { self.found(&searcher, sought, query::Match::Some, skip, limit) }
    }

    fn found(
        &self,
        searcher: &Searcher,
        sought: &Sought<'_>,
        how: query::Match,
        skip: usize,
        limit: usize,
    ) -> Result<(Vec<EntryId>, usize), FullTextError> {
        let Some(query) = query::query(&self.fields, sought, how) else { return Ok((Vec::new(), 0)) };
        // Which of two equals comes first would else depend on the order in which they were written.
        let order = ((SortBySimilarityScore, Order::Desc), (SortByString::for_field("id"), Order::Asc));
        let best = TopDocs::with_limit(limit.max(1)).and_offset(skip).order_by(order);
        let (best, count) = searcher.search(&query, &(best, Count))?;
        let ids = best.into_iter().filter_map(|((_, id), _)| id).take(limit);
        Ok((ids.map(EntryId::from).collect(), count))
    }
}
