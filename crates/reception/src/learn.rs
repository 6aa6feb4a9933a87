//! The knowledge changes: entries are written, the library follows, and what words and customers mean is learnt anew.

mod intents;
mod patience;

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use domain::{Entry, EntryId};
use knowledge::import::{Harvest, Plan};
use store::StoreError;

use tokio::time::Instant;

use crate::{ActError, Keep, Reception, encode::EncodeError, kept::at_leisure};
pub(crate) use patience::Patience;

/// The version of the knowledge and the revision of the examples; the revision of the lessons.
type Material = ((i64, i64), i64);

/// Under which what words mean here is kept.
pub(crate) const MEANINGS: &str = "meanings";
/// Changes read at a time when following.
const PAGE: u32 = 1_000;
/// Learning is put off for customers who are being served, but for no more looks than this: a minute.
const PATIENCE: u32 = 20;
/// So many turns begun since the last look are a rush.
const RUSH: u64 = 400;
/// Without changes for so long, knowledge counts as quiet.
const QUIET: Duration = Duration::from_secs(3);
/// Customers teach all day: after learning from them there is a rest, so many times as long.
const REST: u32 = 10;

/// Changes of the knowledge, and the version that they lead to.
pub(crate) struct Step {
    pub(crate) put: Vec<Entry>,
    pub(crate) gone: Vec<EntryId>,
    pub(crate) version: i64,
}

/// Why something was not learnt.
#[derive(Debug, thiserror::Error)]
enum LearnError {
    /// All else was learnt. To be tried again.
    #[error(transparent)]
    Helper(EncodeError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the work broke off")]
    BrokeOff,
}

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
        // Before the texts that show them; what nothing shows in the end is swept.
        self.keep_pictures(std::mem::take(&mut plan.pictures)).await?;
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
            let Some(step) = self.step_after(library.version()).await? else { return Ok(()) };
            index(&library, step.put, step.gone, step.version).await;
        }
        self.full_text_follows();
        Ok(())
    }

    /// The next changes of the knowledge after a version; `None` if there are none.
    pub(crate) async fn step_after(&self, version: i64) -> Result<Option<Step>, StoreError> {
        let changes = self.store().entry_changes(version, PAGE).await?;
        let Some(version) = changes.last().map(|change| change.version) else { return Ok(None) };
        let gone = changes.iter().filter(|change| change.entry.is_none());
        let gone = gone.map(|change| change.id.clone()).collect();
        let put = changes.into_iter().filter_map(|change| change.entry).collect();
        Ok(Some(Step { put, gone, version }))
    }

    /// Learns what words mean in this knowledge and what customers want, seconds after knowledge, examples or the
    /// plugged model were last changed. Answers go on meanwhile.
    pub(crate) async fn adapt_when_quiet(self) {
        // Whoever starts wants to serve first: learning begins when it has been quiet.
        let mut tick = tokio::time::interval_at(Instant::now() + QUIET, QUIET);
        let (mut seen, mut put_off) = (self.to_learn().await.ok(), 0);
        let mut begun = 0;
        let mut patience = Patience::default();
        let mut rests_until = Instant::now();
        loop {
            tick.tick().await;
            let before = std::mem::replace(&mut begun, self.inner.begun.load(Ordering::Relaxed));
            let busy = self.serves() || begun - before > RUSH;
            match self.to_learn().await {
                Ok(material) => {
                    let tired = Instant::now() < rests_until && material.0 == self.learnt().0;
                    let helps = !self.is_helped() && patience.is_over();
                    let is_new = seen == Some(material) && ((material != self.learnt() && !tired) || helps);
                    if is_new && busy && put_off < PATIENCE {
                        put_off += 1;
                    } else if is_new {
                        let begun = Instant::now();
                        self.learn_or_tell(&mut patience).await;
                        rests_until = Instant::now() + begun.elapsed() * REST;
                        put_off = 0;
                    }
                    seen = Some(material);
                }
                Err(error) => tracing::warn!(%error, "cannot follow what is to be learnt; trying again"),
            }
        }
    }

    /// Whether somebody is being answered at this moment.
    pub(crate) fn serves(&self) -> bool {
        self.inner.turns.available_permits() < self.parts().settings.limits.turns_at_once
    }

    /// What there is to learn: the version of the knowledge and the revision of the owner's examples; and the
    /// revision of what customers taught, which waits until there was a rest.
    async fn to_learn(&self) -> Result<Material, StoreError> {
        let (examples, lessons) =
            (self.store().examples_revision().await?, self.store().lessons_revision().await?);
        Ok(((self.parts().assistant.library().version(), examples), lessons))
    }

    /// What was learnt of it.
    fn learnt(&self) -> Material {
        let [examples, lessons] =
            [&self.inner.learnt, &self.inner.heeded].map(|revision| revision.load(Ordering::Relaxed));
        ((self.parts().assistant.library().adapted_to(), examples), lessons)
    }

    /// The same at once, for commands that ask without a server.
    pub async fn adapt(&self) {
        self.learn_or_tell(&mut Patience::default()).await;
    }

    async fn learn_or_tell(&self, patience: &mut Patience) {
        match self.learn(patience.is_over()).await {
            Ok(()) => *patience = Patience::default(),
            Err(LearnError::Helper(error)) => {
                metrics::counter!("sentence_model_failures_total").increment(1);
                let wait = patience.grows(&error, self.chance().bits());
                tracing::warn!(%error, retry_s = wait.as_secs(), "the sentence model does not help to tell intents apart yet; what served before, or the built-in model, does without");
            }
            Err(error) => tracing::error!(%error, "learning failed; what was learnt before is still used"),
        }
    }

    /// Meanings are learnt from the knowledge and its customers: examples of intents leave them as they are.
    async fn learn(&self, with_helper: bool) -> Result<(), LearnError> {
        let before = self.learnt().0;
        self.learn_meanings().await?;
        let library = self.parts().assistant.library().clone();
        // The number first: what is added meanwhile is learnt the next time.
        let revision = self.store().examples_revision().await?;
        let own = self.store().examples().await?;
        let is_new = (library.version(), revision) != before;
        let begun = std::time::Instant::now();
        let examples = at_leisure(move || library.examples(&own)).await.ok_or(LearnError::BrokeOff)?;
        let helped = self.learn_intents(examples.into(), is_new, with_helper).await;
        if !matches!(helped, Err(LearnError::BrokeOff)) {
            self.inner.learnt.store(revision, Ordering::Relaxed);
            let ms = begun.elapsed().as_millis() as u64;
            tracing::info!(ms, "learnt what customers want here");
        }
        helped
    }

    async fn load_all(&self, version: i64) -> Result<(), StoreError> {
        let library = self.parts().assistant.library().clone();
        let mut all: Vec<Arc<Entry>> = Vec::new();
        loop {
            let page = self.store().entries_after(all.last().map(|entry| &entry.id), PAGE).await?;
            let done = page.len() < PAGE as usize;
            all.extend(page.into_iter().map(Arc::new));
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
pub(crate) fn keep(kept: &dyn Keep, name: &str, learnt: Option<Vec<u8>>) {
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
