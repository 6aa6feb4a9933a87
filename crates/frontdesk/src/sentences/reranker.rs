//! A reranking endpoint as a reranker: whoever asks is no task and waits on its own thread.

use std::{sync::Arc, time::Duration};

use assistant::{
    embeddings::EndpointSettings,
    rerank::{Rerank, RerankError, Standing},
};
use domain::Clock;
use knowledge::library::{NoScores, Reranker};
use tokio::runtime::Handle;

use super::waiting::wait_for;
use crate::clock::SystemClock;

/// The request has its own time limit; a runtime that is busy gets so much more.
const GRACE: Duration = Duration::from_millis(100);

/// So long has it where nobody waits.
const UNHURRIED: Duration = Duration::from_secs(10);

/// An endpoint.
pub(crate) struct Endpoint {
    client: Arc<Rerank>,
    runtime: Handle,
    /// It has at least so long, whoever waits.
    least: Duration,
}

impl Endpoint {
    /// Must be called on the runtime that shall do the work.
    pub(crate) fn new(settings: EndpointSettings) -> Self {
        Self { client: Arc::new(Rerank::new(settings)), runtime: Handle::current(), least: Duration::ZERO }
    }

    /// The same for measuring what it knows rather than how fast it is here.
    pub(crate) fn unhurried(settings: EndpointSettings) -> Self {
        Self { least: UNHURRIED, ..Self::new(settings) }
    }
}

impl Reranker for Endpoint {
    fn name(&self) -> &str {
        self.client.model()
    }

    fn scores(&self, question: &str, texts: &[&str], patience: Duration) -> Result<Vec<f32>, NoScores> {
        let patience = patience.max(self.least);
        let (client, question) = (Arc::clone(&self.client), question.to_owned());
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        let work = async move {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            client.scores(&question, &texts, patience, SystemClock.now()).await
        };
        let late =
            || NoScores { code: "late", reason: "the reranker took too long".to_owned(), may_retry: true };
        wait_for(&self.runtime, patience + GRACE, work).ok_or_else(late)?.map_err(|error| no_scores(&error))
    }

    fn rests(&self) -> bool {
        self.client.standing(SystemClock.now()) != Standing::Closed
    }
}

fn no_scores(error: &RerankError) -> NoScores {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    NoScores { code: error.code(), reason: format!("{error}{cause}"), may_retry: error.may_retry() }
}
