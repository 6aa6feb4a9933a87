//! Who does the work: tasks that claim jobs. The rows in the store are the truth; a signal only wakes
//! a worker sooner.

use std::{sync::Mutex, time::Duration};

use domain::ConversationId;
use store::{Claimed, Job, JobKind, StoreError};
use tokio::task::{JoinHandle, JoinSet};

use crate::{
    Reception,
    receive::{LEASE_SECONDS, lease},
};

/// The running loops, ended by [`Reception::stop`].
#[derive(Default)]
pub(crate) struct Tasks(Mutex<Vec<JoinHandle<()>>>);

/// A missed signal costs at most this long.
const POLL: Duration = Duration::from_millis(500);
/// Between tries of giving a job back.
const PAUSE: Duration = Duration::from_secs(1);
/// What models cost is remembered for so many days: longer than a month.
const PURSE_DAYS: i64 = 62;
/// Jobs of a kind worked on at a time.
const AT_ONCE: usize = 32;

impl Reception {
    /// Starts the workers.
    pub fn start(&self) {
        let loops = [
            tokio::spawn(self.clone().work(JobKind::Answer)),
            tokio::spawn(self.clone().work(JobKind::Deliver)),
            tokio::spawn(self.clone().work(JobKind::Notice)),
            tokio::spawn(self.clone().work(JobKind::Call)),
            tokio::spawn(self.clone().tidy()),
            tokio::spawn(self.clone().fill_full_text()),
            tokio::spawn(self.clone().adapt_when_quiet()),
            tokio::spawn(self.clone().encode_when_lacking()),
            tokio::spawn(self.clone().try_rerankers()),
            tokio::spawn(self.clone().sync_when_due()),
            tokio::spawn(self.clone().check_up_when_changed()),
        ];
        self.inner.tasks.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(loops);
    }

    /// Stops the workers. What they were doing is done again after the next start.
    pub async fn stop(&self) {
        let tasks = std::mem::take(
            &mut *self.inner.tasks.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        );
        for task in tasks {
            task.abort();
            let _ = task.await;
        }
        self.store().close().await;
    }

    /// Works on a conversation whose job was claimed while receiving.
    pub(crate) fn take_turn(&self, id: ConversationId, claimed: Claimed) {
        let reception = self.clone();
        tokio::spawn(async move {
            if let Err(error) = reception.answer(&id, claimed).await {
                reception.put_off(JobKind::Answer, id.as_str(), claimed.fence, &error).await;
            }
        });
    }

    /// Claims and works, several jobs at a time: a slow one holds up no other.
    async fn work(self, kind: JobKind) {
        let mut running = JoinSet::new();
        loop {
            let room = self.room(kind, running.len());
            for job in self.claim(kind, room).await {
                let reception = self.clone();
                running.spawn(async move { reception.run(job).await });
            }
            tokio::select! {
                Some(_) = running.join_next() => {}
                () = self.inner.answers.notified(), if kind == JobKind::Answer => {}
                () = self.inner.deliveries.notified(), if kind == JobKind::Deliver => {}
                () = self.inner.calls.notified(), if kind == JobKind::Call => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    /// Turns take a place of their own when they begin, and give it up while they wait for a model: those that wait hold
    /// up no other.
    fn room(&self, kind: JobKind, running: usize) -> usize {
        match kind {
            JobKind::Answer => AT_ONCE.min(self.inner.turns.available_permits()),
            _ => AT_ONCE - running,
        }
    }

    /// Does what is due of a kind now and returns how much that was: for a desk that was not started, so that
    /// a test decides when work is done.
    pub async fn work_off(&self, kind: JobKind) -> usize {
        let jobs = self.claim(kind, AT_ONCE).await;
        let count = jobs.len();
        let run = |job| {
            let reception = self.clone();
            async move { reception.run(job).await }
        };
        let mut running: JoinSet<()> = jobs.into_iter().map(run).collect();
        while running.join_next().await.is_some() {}
        count
    }

    async fn claim(&self, kind: JobKind, room: usize) -> Vec<Job> {
        if room == 0 {
            return Vec::new();
        }
        let now = self.now();
        let claimed =
            self.store().claim(kind, now, lease(now), u32::try_from(room).unwrap_or(u32::MAX)).await;
        claimed.unwrap_or_else(|error| {
            tracing::warn!(%error, kind = kind.name(), "cannot claim work; trying again");
            Vec::new()
        })
    }

    async fn run(&self, job: Job) {
        let done = match job.kind {
            JobKind::Answer => {
                let claimed = Claimed { fence: job.fence, seq: job.seq };
                self.answer(&job.key.as_str().into(), claimed).await
            }
            JobKind::Deliver => self.deliver(&job).await,
            JobKind::Notice => self.look_after(&job).await,
            JobKind::Sync => self.sync_job(&job).await,
            JobKind::Call => self.perform(&job).await,
        };
        if let Err(error) = done {
            self.put_off(job.kind, &job.key, job.fence, &error).await;
        }
    }

    pub(crate) async fn put_off(&self, kind: JobKind, key: &str, fence: store::Fence, error: &StoreError) {
        tracing::warn!(%error, kind = kind.name(), key, "a job failed; it will be tried again");
        // While even this cannot be written (a full disk) it is tried again, so that work goes on as soon as
        // there is room; after so long the lease has run out and the job is claimed again anyway.
        for _ in 0..LEASE_SECONDS {
            let now = self.now();
            let due = now.checked_add(jiff::SignedDuration::from_secs(1)).unwrap_or(now);
            match self.store().retry(kind, key, fence, due, &error.to_string()).await {
                Err(refused) if refused.may_retry() => tokio::time::sleep(PAUSE).await,
                _ => return,
            }
        }
    }

    /// Housekeeping: forgets unwatched threads, follows the knowledge, counts violations, closes what is over.
    async fn tidy(self) {
        let mut tick = tokio::time::interval(Duration::from_secs(1));
        let mut turns = 0u64;
        loop {
            tick.tick().await;
            if let Err(error) = self.catch_up().await {
                tracing::warn!(%error, "cannot follow the knowledge; trying again");
            }
            if turns.is_multiple_of(10) {
                self.inner.events.sweep();
                self.gauge().await;
            }
            if turns.is_multiple_of(3_600) {
                self.sweep().await;
                self.forget_purses().await;
            }
            if turns.is_multiple_of(60)
                && let Err(error) = self.close_the_quiet_ones().await
            {
                tracing::warn!(%error, "cannot close quiet conversations; trying again");
            }
            turns += 1;
        }
    }

    /// Pictures that nothing shows.
    async fn sweep(&self) {
        match self.sweep_pictures().await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "pictures that nothing shows were removed"),
            Err(error) => {
                tracing::warn!(%error, "cannot look for pictures that nothing shows; trying again in an hour");
            }
        }
    }

    /// Budgets of days and conversations that are long over.
    async fn forget_purses(&self) {
        let before = self.now().checked_sub(jiff::SignedDuration::from_hours(24 * PURSE_DAYS));
        if let Ok(before) = before
            && let Err(error) = self.store().forget_purses(before).await
        {
            tracing::warn!(%error, "cannot forget old budgets; trying again in an hour");
        }
    }

    async fn gauge(&self) {
        if let Ok(violations) = self.store().count_violations().await {
            metrics::gauge!("handoff_invariant_violations_total").set(violations as f64);
        }
        for (kind, waiting) in self.store().backlog().await.unwrap_or_default() {
            metrics::gauge!("queue_depth", "queue" => kind.name()).set(waiting as f64);
        }
    }
}
