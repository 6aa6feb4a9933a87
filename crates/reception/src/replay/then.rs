//! The knowledge as it was.

use std::{collections::BTreeMap, sync::Arc};

use domain::{Entry, EntryId};
use knowledge::Library;
use store::StoreError;

use super::ReplayError;
use crate::{Reception, publish::run::split};

/// Changes read at a time.
const PAGE: u32 = 1_000;

impl Reception {
    /// The library at a version, with what words meant to it then. What serves now is taken if it is the same; else it
    /// is made from the history, which takes seconds.
    pub(super) async fn library_then(
        &self,
        version: i64,
        meanings: i64,
    ) -> Result<Arc<Library>, ReplayError> {
        let now = self.parts().assistant.library();
        if (now.version(), now.adapted_to()) == (version, meanings) {
            return Ok(Arc::new(now.fork()));
        }
        let lessons = now.lessons();
        let learnt_from = self.entries_at(meanings).await?;
        let stood = if version == meanings { learnt_from.clone() } else { self.entries_at(version).await? };
        let make = move || {
            let library = Library::new();
            let gone: Vec<EntryId> =
                learnt_from.keys().filter(|id| !stood.contains_key(*id)).cloned().collect();
            library.load(learnt_from.into_values().collect(), meanings, None);
            if meanings > 0 {
                library.take(&library.learn_apart(&lessons));
            }
            let put: Vec<Entry> = stood.into_values().collect();
            library.change(&put, &gone, version);
            library
        };
        let library = tokio::task::spawn_blocking(make).await.map_err(|_| ReplayError::BrokeOff)?;
        Ok(Arc::new(library))
    }

    /// The entries at a version, from the history.
    async fn entries_at(&self, version: i64) -> Result<BTreeMap<EntryId, Entry>, StoreError> {
        let (mut entries, mut after) = (BTreeMap::new(), 0);
        while after < version {
            let changes = self.store().entry_changes(after, PAGE).await?;
            let Some(last) = changes.last() else { break };
            after = last.version;
            for change in changes.into_iter().filter(|change| change.version <= version) {
                match change.entry {
                    Some(entry) => entries.insert(change.id, entry),
                    None => entries.remove(&change.id),
                };
            }
        }
        Ok(entries)
    }

    /// The knowledge as it is with all drafts.
    pub(super) async fn library_with_drafts(&self) -> Result<Arc<Library>, ReplayError> {
        let (put, gone) = split(&self.all_drafts().await?);
        let library = self.parts().assistant.library().fork();
        let make = move || {
            library.change(&put, &gone, library.version());
            library
        };
        Ok(Arc::new(tokio::task::spawn_blocking(make).await.map_err(|_| ReplayError::BrokeOff)?))
    }
}
