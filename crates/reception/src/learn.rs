//! The knowledge changes: entries are written, the library follows, and what words and customers mean is learnt anew.

use std::{sync::atomic::Ordering, time::Duration};

use domain::{Entry, EntryId};
use knowledge::import::{Harvest, Plan};
use store::StoreError;

use tokio::time::Instant;

use crate::{ActError, Keep, Reception, kept::at_leisure};

/// Under which what words mean here is kept.
const MEANINGS: &str = "meanings";
/// Under which what customers want is kept.
const INTENTS: &str = "intents";
/// Changes read at a time when following.
const PAGE: u32 = 1_000;
/// Learning is put off for customers who are being served, but for no more looks than this: a minute.
const PATIENCE: u32 = 20;
/// Without changes for so long, knowledge counts as quiet.
const QUIET: Duration = Duration::from_secs(3);

impl Reception {
    /// What an import would change.
    pub(crate) async fn plan(&self, harvest: Harvest) -> Result<Plan, StoreError> {
        let library = self.parts().assistant.library();
        let known = if harvest.examples.is_empty() { Vec::new() } else { self.store().examples().await? };
        let plan = knowledge::import::plan(harvest, |id| library.entry(id).map(|entry| (*entry).clone()));
        Ok(plan.knowing(&known))
    }

    /// Writes what a plan found new or changed and makes it findable: the entries in one transaction, then the
    /// examples and the test questions in others. Cut short between them, it is safe to run again.
    pub(crate) async fn carry_out(&self, mut plan: Plan, by: &str) -> Result<i64, ActError> {
        let (examples, tests) = (std::mem::take(&mut plan.examples.new), std::mem::take(&mut plan.tests));
        let put: Vec<Entry> = plan.into_entries().collect();
        let version = self.store().write_entries(&put, &[], by, self.now()).await?;
        // The library reads them from the store: a great many are not held twice.
        drop(put);
        self.catch_up().await?;
        self.inner.events.knowledge_changed();
        if !examples.is_empty() {
            self.teach(&examples, by).await?;
        }
        self.put_tests(&tests, by).await?;
        Ok(version)
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

    /// Learns what words mean in this knowledge and what customers want, seconds after knowledge or examples were
    /// last changed. Answers go on meanwhile.
    pub(crate) async fn adapt_when_quiet(self) {
        // Whoever starts wants to serve first: learning begins when it has been quiet.
        let mut tick = tokio::time::interval_at(Instant::now() + QUIET, QUIET);
        let (mut seen, mut put_off) = (self.lessons().await.ok(), 0);
        loop {
            tick.tick().await;
            match self.lessons().await {
                Ok(lessons) => {
                    let is_new = seen == Some(lessons) && lessons != self.learnt();
                    if is_new && self.serves() && put_off < PATIENCE {
                        put_off += 1;
                    } else if is_new {
                        self.adapt().await;
                        put_off = 0;
                    }
                    seen = Some(lessons);
                }
                Err(error) => tracing::warn!(%error, "cannot follow the examples; trying again"),
            }
        }
    }

    /// Whether somebody is being answered at this moment.
    pub(crate) fn serves(&self) -> bool {
        self.inner.turns.available_permits() < self.parts().settings.limits.turns_at_once
    }

    /// What there is to learn: the version of the knowledge and the revision of the owner's examples.
    async fn lessons(&self) -> Result<(i64, i64), StoreError> {
        let revision = self.store().examples_revision().await?;
        Ok((self.parts().assistant.library().version(), revision))
    }

    /// What was learnt of it.
    fn learnt(&self) -> (i64, i64) {
        (self.parts().assistant.library().adapted_to(), self.inner.learnt.load(Ordering::Relaxed))
    }

    /// The same at once, for commands that ask without a server.
    pub async fn adapt(&self) {
        if let Err(error) = self.learn().await {
            tracing::error!(%error, "learning failed; what was learnt before is still used");
        }
    }

    /// Meanings are learnt from the knowledge alone: examples of intents leave them as they are.
    async fn learn(&self) -> Result<(), StoreError> {
        let (library, intents) =
            (self.parts().assistant.library().clone(), self.parts().assistant.intents().clone());
        // The number first: what is added meanwhile is learnt the next time.
        let revision = self.store().examples_revision().await?;
        let own = self.store().examples().await?;
        let begun = std::time::Instant::now();
        let kept = self.parts().kept.clone();
        let work = move || {
            if library.adapted_to() != library.version() {
                library.adapt();
                keep(&*kept, MEANINGS, library.learnt());
            }
            let examples = library.examples(&own);
            if !kept.recall(INTENTS).is_some_and(|learnt| intents.recall(&examples, &learnt)) {
                intents.learn(&examples);
                keep(&*kept, INTENTS, intents.learnt(&examples));
            }
        };
        if at_leisure(work).await.is_some() {
            self.inner.learnt.store(revision, Ordering::Relaxed);
            let ms = begun.elapsed().as_millis() as u64;
            tracing::info!(ms, "learnt what words and customers mean here");
        } else {
            tracing::error!("learning broke off; what was learnt before is still used");
        }
        Ok(())
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
        let kept = self.parts().kept.clone();
        let load = move || library.load(all, version, kept.recall(MEANINGS).as_deref());
        if let Err(error) = tokio::task::spawn_blocking(load).await {
            tracing::error!(%error, "the knowledge could not be indexed; nothing is found");
        }
        Ok(())
    }
}

/// What cannot be kept is learnt again.
fn keep(kept: &dyn Keep, name: &str, learnt: Option<Vec<u8>>) {
    let Some(learnt) = learnt else { return };
    if let Err(error) = kept.keep(name, &learnt) {
        tracing::warn!(%error, name, "what was learnt cannot be kept; it is learnt again after the next start");
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
