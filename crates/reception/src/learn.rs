//! The knowledge changes: entries are written, and the library follows.

use std::time::Duration;

use domain::{Entry, EntryId};
use knowledge::import::{Harvest, Plan};
use store::StoreError;

use crate::Reception;

/// Changes read at a time when following.
const PAGE: u32 = 1_000;
/// Without changes for so long, knowledge counts as quiet.
const QUIET: Duration = Duration::from_secs(3);

impl Reception {
    /// What an import would change.
    pub(crate) fn plan(&self, harvest: Harvest) -> Plan {
        let library = self.parts().assistant.library();
        knowledge::import::plan(harvest, |id| library.entry(id).map(|entry| (*entry).clone()))
    }

    /// Writes what a plan found new or changed, in one transaction, and makes it findable.
    pub(crate) async fn carry_out(&self, plan: Plan, by: &str) -> Result<i64, StoreError> {
        let put: Vec<Entry> = plan.into_entries().collect();
        self.write_entries(&put, &[], by).await
    }

    /// Writes and removes entries; they are findable when this returns.
    pub(crate) async fn write_entries(
        &self,
        put: &[Entry],
        remove: &[EntryId],
        by: &str,
    ) -> Result<i64, StoreError> {
        let version = self.store().write_entries(put, remove, by, self.now()).await?;
        self.catch_up().await?;
        self.inner.events.knowledge_changed();
        Ok(version)
    }

    /// Brings the library to the store's version. The first time it reads everything.
    pub(crate) async fn catch_up(&self) -> Result<(), StoreError> {
        let library = self.parts().assistant.library().clone();
        let target = self.store().knowledge_version().await?;
        if library.version() == 0 && target > 0 {
            return self.load_all(target).await;
        }
        while library.version() < target {
            let changes = self.store().entry_changes(library.version(), PAGE).await?;
            let Some(last) = changes.last().map(|change| change.version) else { return Ok(()) };
            let gone = changes
                .iter()
                .filter(|change| change.entry.is_none())
                .map(|change| change.id.clone())
                .collect::<Vec<_>>();
            let put: Vec<Entry> = changes.into_iter().filter_map(|change| change.entry).collect();
            index(&library, put, gone, last).await;
        }
        Ok(())
    }

    /// Learns what words mean in this knowledge, seconds after it was last changed. Answers go on meanwhile.
    pub(crate) async fn adapt_when_quiet(self) {
        let library = self.parts().assistant.library().clone();
        let mut tick = tokio::time::interval(QUIET);
        let mut seen = library.version();
        loop {
            tick.tick().await;
            let version = library.version();
            if seen == version && library.adapted_to() != version {
                self.adapt().await;
            }
            seen = version;
        }
    }

    /// The same at once, for commands that ask without a server.
    pub async fn adapt(&self) {
        let (library, intents) =
            (self.parts().assistant.library().clone(), self.parts().assistant.intents().clone());
        let begun = std::time::Instant::now();
        let work = move || {
            library.adapt();
            intents.learn(&library.examples());
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(()) => tracing::info!(
                ms = begun.elapsed().as_millis() as u64,
                "learnt what words and customers mean here"
            ),
            Err(error) => tracing::error!(%error, "learning failed; what was learnt before is still used"),
        }
    }

    async fn load_all(&self, version: i64) -> Result<(), StoreError> {
        let library = self.parts().assistant.library().clone();
        let mut all = Vec::new();
        loop {
            let page = self.store().entries_after(all.last().map(|entry: &Entry| &entry.id), PAGE).await?;
            let done = page.len() < PAGE as usize;
            all.extend(page);
            if done {
                break;
            }
        }
        index(&library, all, Vec::new(), version).await;
        Ok(())
    }
}

/// Indexing is work for a thread of its own.
async fn index(
    library: &std::sync::Arc<knowledge::Library>,
    put: Vec<Entry>,
    gone: Vec<EntryId>,
    version: i64,
) {
    let library = library.clone();
    let work = tokio::task::spawn_blocking(move || library.change(&put, &gone, version));
    if let Err(error) = work.await {
        tracing::error!(%error, "indexing failed; the former knowledge is still searched");
    }
}
