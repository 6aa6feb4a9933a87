//! A plugged reranker is tried in the background, and heard when it was: until then, and whenever it fails, the
//! built-in order stands.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use domain::Reranked;
use knowledge::library::{NoScores, Reranker, Tried};
use tokio::sync::Notify;

use crate::Reception;

/// Waits between trials grow from this up to five minutes.
const FIRST_WAIT: Duration = Duration::from_secs(2);
const LONGEST_WAIT: Duration = Duration::from_mins(5);

/// Who is wanted, and how the trial went.
#[derive(Default)]
pub(crate) struct Hearing {
    wanted: RwLock<Wanted>,
    changed: Notify,
}

#[derive(Clone, Default)]
struct Wanted {
    model: Option<Arc<dyn Reranker>>,
    host: String,
    trouble: Option<NoScores>,
}

/// How a reranker stands, for the desk.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RerankerStanding {
    /// Its name.
    pub model: String,
    /// The host and port that it is asked at.
    pub host: String,
    /// `serves`, `rests` (it failed often), `untold` (it tells nothing on questions of ours, in no language), `trying`
    /// (it was not tried yet) or `fails` (its trial failed).
    pub stands: &'static str,
    /// What to do, where its trial failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

impl Reception {
    /// From now on this reranker is wanted; `None` for none. It has a say when it was tried. `url`: where it is asked.
    pub fn hear(&self, model: Option<Arc<dyn Reranker>>, url: &str) {
        let host = crate::write::host(url).to_owned();
        self.parts().assistant.library().hear(None);
        *self.wanted_mut() = Wanted { model, host, trouble: None };
        self.inner.hearing.changed.notify_one();
    }

    /// Tries whoever is wanted and not tried yet, until that succeeds.
    pub(crate) async fn try_rerankers(self) {
        let mut wait = FIRST_WAIT;
        loop {
            match self.try_reranker().await {
                Ok(()) => {
                    self.inner.hearing.changed.notified().await;
                    wait = FIRST_WAIT;
                }
                Err(error) => {
                    tracing::warn!(%error, retry_s = wait.as_secs(), "the reranker has no say yet; the built-in order stands");
                    if tokio::time::timeout(wait, self.inner.hearing.changed.notified()).await.is_ok() {
                        wait = FIRST_WAIT;
                    } else {
                        wait = (wait * 2).min(LONGEST_WAIT);
                    }
                }
            }
        }
    }

    /// The same once, for commands that ask without a server.
    pub async fn hear_now(&self) {
        if let Err(error) = self.try_reranker().await {
            tracing::warn!(%error, "the reranker has no say; the built-in order stands");
        }
    }

    async fn try_reranker(&self) -> Result<(), NoScores> {
        let Some(model) = self.wanted().model else { return Ok(()) };
        let tried = Arc::clone(&model);
        let broke = |_| NoScores { code: "broke", reason: "the trial broke off".to_owned(), may_retry: true };
        let done = tokio::task::spawn_blocking(move || Tried::on_our_questions(tried)).await.map_err(broke);
        let mut wanted = self.wanted_mut();
        // Another may be wanted meanwhile: that one is tried next.
        if !wanted.model.as_ref().is_some_and(|now| Arc::ptr_eq(now, &model)) {
            return Ok(());
        }
        match done.and_then(|done| done) {
            Ok(tried) => {
                let [zh, en, across] = tried.knows();
                tracing::info!(model = tried.name(), zh, en, across, "a reranker has a say now");
                wanted.trouble = None;
                self.parts().assistant.library().hear(Some(tried));
                Ok(())
            }
            Err(error) => {
                wanted.trouble = Some(error.clone());
                Err(error)
            }
        }
    }

    /// How the reranker stands; `None` without one.
    pub(crate) fn reranker(&self) -> Option<RerankerStanding> {
        let Wanted { model, host, trouble } = self.wanted();
        let model = model?;
        let tried = self.parts().assistant.library().reranker();
        let stands = match (&tried, &trouble) {
            (None, Some(_)) => "fails",
            (None, None) => "trying",
            (Some(tried), _) if tried.rests() => "rests",
            (Some(tried), _) if tried.knows() == [false; 3] => "untold",
            (Some(_), _) => "serves",
        };
        let trouble = trouble.filter(|_| tried.is_none()).map(|trouble| trouble.reason);
        Some(RerankerStanding { model: model.name().to_owned(), host, stands, trouble })
    }

    fn wanted(&self) -> Wanted {
        self.inner.hearing.wanted.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn wanted_mut(&self) -> std::sync::RwLockWriteGuard<'_, Wanted> {
        self.inner.hearing.wanted.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts what was heard.
pub(crate) fn measure(said: &[Reranked]) {
    for Reranked { model, failed, .. } in said {
        let outcome = failed.clone().unwrap_or_else(|| "answered".to_owned());
        metrics::counter!("rerank_calls_total", "model" => model.clone(), "outcome" => outcome).increment(1);
    }
}
