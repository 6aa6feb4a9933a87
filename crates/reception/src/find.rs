//! Lists of knowledge by the words that entries hold. The index follows the library; while it is behind, and should it
//! fail, all texts are looked through.

mod scan;

use std::sync::Arc;

use domain::Entry;
use knowledge::{FullText, FullTextError, Library, Sought};
use store::{EntryFilter, EntryRow, Page, StoreError};

use crate::{Reception, kept::at_leisure};

/// All words of the knowledge, for people who look for some.
pub(crate) struct Finder {
    index: Option<Arc<FullText>>,
    /// Held while changes are read and written: an older one must not come after a newer one.
    following: tokio::sync::Mutex<()>,
}

impl Finder {
    pub(crate) fn new() -> Self {
        let index = FullText::new()
            .inspect_err(|error| tracing::error!(%error, "without it all texts are looked through"));
        Self { index: index.ok().map(Arc::new), following: tokio::sync::Mutex::default() }
    }
}

#[derive(Debug, thiserror::Error)]
enum FollowError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Index(#[from] FullTextError),
    #[error("the work broke off")]
    BrokeOff,
}

impl Reception {
    /// Fills the index, after a start.
    pub(crate) async fn fill_full_text(self) {
        let Some(index) = self.inner.finder.index.clone() else { return };
        let library = self.parts().assistant.library().clone();
        let following = self.inner.finder.following.lock().await;
        let begun = std::time::Instant::now();
        match at_leisure(move || fill(&index, &library)).await {
            Some(Ok(())) => {
                let ms = begun.elapsed().as_millis() as u64;
                tracing::info!(ms, "all words of the knowledge can be looked for");
            }
            Some(Err(error)) => {
                tracing::error!(%error, "the full-text index failed; all texts are looked through");
            }
            None => tracing::error!("the full-text index broke off; all texts are looked through"),
        }
        drop(following);
        self.full_text_follows();
    }

    /// Brings the index to the library's version, if it was filled before; soon.
    pub(crate) fn full_text_follows(&self) {
        let reception = self.clone();
        tokio::spawn(async move {
            if let Err(error) = reception.index_follows().await {
                tracing::warn!(%error, "the full-text index is behind the knowledge until its next change");
            }
        });
    }

    async fn index_follows(&self) -> Result<(), FollowError> {
        let Some(index) = &self.inner.finder.index else { return Ok(()) };
        let _one_at_a_time = self.inner.finder.following.lock().await;
        let library = self.parts().assistant.library();
        while let Some(version) = index.version().filter(|version| *version < library.version()) {
            let Some(step) = self.step_after(version).await? else { return Ok(()) };
            let index = Arc::clone(index);
            let work = tokio::task::spawn_blocking(move || index.change(&step.put, &step.gone, step.version));
            work.await.map_err(|_| FollowError::BrokeOff)??;
        }
        Ok(())
    }

    /// A page of the entries that fit.
    pub(crate) async fn list_entries(
        &self,
        filter: &EntryFilter,
        page: &Page,
    ) -> Result<Vec<EntryRow>, StoreError> {
        match self.find_entries(filter, page) {
            Some((found, _)) => Ok(found),
            None => self.store().entries(filter, page).await,
        }
    }

    /// How many fit.
    pub(crate) async fn entries_listed(&self, filter: &EntryFilter) -> Result<u64, StoreError> {
        match self.find_entries(filter, &Page { after: None, limit: 0 }) {
            Some((_, count)) => Ok(count),
            None => self.store().count_entries(filter).await,
        }
    }

    /// The entries that hold the words of the filter, and how many there are in all; `None` if there are no words.
    fn find_entries(&self, filter: &EntryFilter, page: &Page) -> Option<(Vec<EntryRow>, u64)> {
        let words = filter.text.as_deref()?;
        let library = self.parts().assistant.library();
        let skip = page.after.as_deref().and_then(|after| after.parse().ok()).unwrap_or(0);
        let ready =
            self.inner.finder.index.as_ref().filter(|index| index.version() == Some(library.version()));
        let found = ready.and_then(|index| self.look_up(index, filter, words, (skip, page.limit as usize)));
        Some(found.unwrap_or_else(|| scan::scan(library, filter, words, (skip, page.limit as usize))))
    }

    fn look_up(
        &self,
        index: &FullText,
        filter: &EntryFilter,
        words: &str,
        (skip, limit): (usize, usize),
    ) -> Option<(Vec<EntryRow>, u64)> {
        let library = self.parts().assistant.library();
        let sought = Sought { words, category: filter.category.as_deref(), kind: filter.kind };
        let found = index.find(&sought, skip, limit);
        let (ids, count) =
            found.inspect_err(|error| tracing::error!(%error, "all texts are looked through")).ok()?;
        let rows = (skip + 1..).zip(ids).filter_map(|(at, id)| Some(row(&*library.entry(&id)?, at)));
        Some((rows.collect(), count as u64))
    }
}

fn fill(index: &FullText, library: &Library) -> Result<(), FullTextError> {
    // One state of it: what changes meanwhile is followed afterwards.
    let library = library.fork();
    let entries = library.entries();
    index.change(entries.iter().map(|entry| &**entry), &[], library.version())
}

fn row(entry: &Entry, at: usize) -> EntryRow {
    EntryRow {
        id: entry.id.clone(),
        titles: entry.texts.iter().map(|(lang, text)| (*lang, text.title.clone())).collect(),
        kind: entry.kind,
        category: entry.category.clone(),
        updated_at: entry.updated_at,
        cursor: at.to_string(),
    }
}
