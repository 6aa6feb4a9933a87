//! Sources are read again: what changed there comes in, what people did here stays, and every document's
//! standing is told.
//!
//! A run reads first and writes afterwards, so a run that fails changes nothing; the same run again finds
//! nothing to change.

mod compare;
mod diff;
mod once;

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use domain::{Said, Timestamp, said};
use knowledge::import::Plan;
use serde::Serialize;
use store::{DocumentRow, Job, JobKind, Lease, NewJob, Page, SourceOutcome, SourceRun, StoreError};

pub use self::once::harvest_site;
use crate::{ActError, Reception, crawl::CrawlError, source::Source};

/// A crawl may take this long; after a crash the next start ends its lease.
const LEASE: jiff::SignedDuration = jiff::SignedDuration::from_hours(12);
/// After a failure a source is tried again after so long, unless it is due sooner.
const AGAIN: jiff::SignedDuration = jiff::SignedDuration::from_mins(30);
/// A missed signal costs at most this long.
const POLL: Duration = Duration::from_secs(5);

/// Why a source was not read. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The site.
    #[error(transparent)]
    Crawl(#[from] CrawlError),
    /// Our own data.
    #[error(transparent)]
    Act(#[from] ActError),
    /// No such source.
    #[error("{}", self.said().en)]
    NotFound,
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        Self::Act(error.into())
    }
}

impl SyncError {
    /// In both languages.
    pub fn said(&self) -> Said {
        match self {
            Self::Crawl(error) => error.said(),
            Self::Act(error) => error.said(),
            Self::NotFound => said!(
                "没有这个名称的来源；来源写在 frontdesk.toml 的 [[sources]] 里",
                "there is no source of that name; sources stand in frontdesk.toml under [[sources]]"
            ),
        }
    }

    /// Whether the same may succeed later by itself.
    pub fn may_retry(&self) -> bool {
        match self {
            Self::Crawl(error) => error.may_retry(),
            Self::Act(error) => error.may_retry(),
            Self::NotFound => false,
        }
    }
}

/// How many of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SyncCounts {
    /// Documents of the source.
    pub documents: usize,
    /// Documents that could not be read, wholly or in part.
    pub unread: usize,
    /// Entries that are new here.
    pub new: usize,
    /// Entries that say something new.
    pub changed: usize,
    /// Entries that say the same.
    pub unchanged: usize,
    /// Entries removed because their document is gone.
    pub removed: usize,
    /// Entries that would be, but too many documents are gone at once for that to be meant.
    pub held_back: usize,
    /// Documents beyond the limit, if there are any: 1.
    pub cut: usize,
}

/// What a source is and what it did.
#[derive(Debug, Clone, Serialize)]
pub struct SourceState {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// How often it is read.
    pub every: String,
    /// What it did last.
    pub run: Option<SourceRun>,
    /// Documents by status.
    pub documents: BTreeMap<String, u64>,
    /// While it is being read: documents visited, and of how many.
    pub progress: Option<(usize, usize)>,
}

impl Reception {
    /// All sources.
    pub(crate) async fn sources(&self) -> Result<Vec<SourceState>, StoreError> {
        let mut states = Vec::new();
        for source in &self.settings().sources {
            states.push(SourceState {
                name: source.name.clone(),
                url: source.url.clone(),
                every: source.every.to_string(),
                run: self.store().source_run(&source.name).await?,
                documents: self.store().count_documents(&source.name).await?.into_iter().collect(),
                progress: self.progress().get(&source.name).copied(),
            });
        }
        Ok(states)
    }

    /// How documents of a source stand; those with a problem first.
    pub(crate) async fn documents_of(
        &self,
        source: &str,
        page: &Page,
    ) -> Result<Vec<DocumentRow>, StoreError> {
        self.store().document_rows(source, page).await
    }

    /// Has a source read as soon as possible.
    pub(crate) async fn sync_soon(&self, name: &str) -> Result<(), SyncError> {
        self.source(name).ok_or(SyncError::NotFound)?;
        let job = NewJob { kind: JobKind::Sync, key: name.to_owned(), due: self.now() };
        self.store().enqueue(job).await?;
        self.inner.syncs.notify_one();
        Ok(())
    }

    fn source(&self, name: &str) -> Option<&Source> {
        self.settings().sources.iter().find(|source| source.name == name)
    }

    fn progress(&self) -> std::sync::MutexGuard<'_, HashMap<String, (usize, usize)>> {
        self.inner.syncing.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Reads sources when they are due, one at a time.
    pub(crate) async fn sync_when_due(self) {
        if let Err(error) = self.schedule().await {
            tracing::warn!(%error, "the sources of knowledge cannot be scheduled; they are at the next start");
        }
        loop {
            let now = self.now();
            let lease = Lease { until: now.checked_add(LEASE).unwrap_or(now) };
            match self.store().claim(JobKind::Sync, now, lease, 1).await {
                Ok(jobs) if jobs.is_empty() => {}
                Ok(jobs) => {
                    for job in jobs {
                        self.run_sync(job).await;
                    }
                    continue;
                }
                Err(error) => tracing::warn!(%error, "cannot claim the reading of sources; trying again"),
            }
            tokio::select! {
                () = self.inner.syncs.notified() => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    async fn run_sync(&self, job: Job) {
        if let Err(error) = self.sync_job(&job).await {
            self.put_off(JobKind::Sync, &job.key, job.fence, &error).await;
        }
    }

    /// Every source has its job: due when it was last read and its interval has passed.
    async fn schedule(&self) -> Result<(), StoreError> {
        for source in &self.settings().sources {
            let run = self.store().source_run(&source.name).await?;
            let due = run.and_then(|run| run.ended_at.checked_add(source.every.length()).ok());
            let due = due.unwrap_or_else(|| self.now());
            self.store().enqueue(NewJob { kind: JobKind::Sync, key: source.name.clone(), due }).await?;
        }
        Ok(())
    }

    /// Reads the source of a job and puts the job off until the next time. Safe to run twice.
    pub(crate) async fn sync_job(&self, job: &Job) -> Result<(), StoreError> {
        let Some(source) = self.source(&job.key) else {
            // It was taken out of the configuration.
            self.store().finish(JobKind::Sync, &job.key, job.fence).await?;
            return Ok(());
        };
        let began = self.now();
        let wait = match self.sync(source, began).await {
            Ok(counts) => {
                tracing::info!(source = source.name, ?counts, "a source of knowledge was read");
                source.every.length()
            }
            Err(SyncError::Act(ActError::Store(error))) => return Err(error),
            Err(error) => {
                tracing::warn!(%error, source = source.name, "a source of knowledge was not read; nothing was changed");
                let run = self.ended(began, Some(error.said()), SyncCounts::default());
                let outcome = SourceOutcome { put: Vec::new(), gone: Vec::new(), run };
                self.store().put_source_outcome(&source.name, outcome).await?;
                if error.may_retry() { source.every.length().min(AGAIN) } else { source.every.length() }
            }
        };
        let now = self.now();
        let due = now.checked_add(wait).unwrap_or(now);
        self.store().retry(JobKind::Sync, &job.key, job.fence, due, "").await?;
        Ok(())
    }

    fn ended(&self, began_at: Timestamp, problem: Option<Said>, counts: SyncCounts) -> SourceRun {
        SourceRun { began_at, ended_at: self.now(), problem, counts: serde_json::json!(counts) }
    }

    async fn sync(&self, source: &Source, began: Timestamp) -> Result<SyncCounts, SyncError> {
        let _shown = Shown { reception: self, name: &source.name };
        let (diff, counts) = self.compare(source).await?;
        let by = format!("source:{}", source.name);
        let plan =
            Plan { new: diff.new, changed: diff.changed, unchanged: diff.unchanged, ..Plan::default() };
        if !plan.new.is_empty() || !plan.changed.is_empty() {
            self.carry_out(plan, &by).await?;
        }
        if !diff.remove.is_empty() {
            self.write_entries(&[], &diff.remove, &by).await?;
        }
        let run = self.ended(began, None, counts);
        let outcome = SourceOutcome { put: diff.documents, gone: diff.gone, run };
        self.store().put_source_outcome(&source.name, outcome).await?;
        Ok(counts)
    }
}

/// While a source is read, its progress is shown.
struct Shown<'a> {
    reception: &'a Reception,
    name: &'a str,
}

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        self.reception.progress().remove(self.name);
    }
}
