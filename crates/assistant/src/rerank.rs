//! How well texts answer a question, by a reranking endpoint: `POST {url}/rerank`, as Jina, Cohere, Xinference and TEI
//! have it. Customers wait meanwhile: what comes late is not waited for, and who fails often is left alone for a while.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::Timestamp;
use egress::{Bounds, EgressError, Gate, Response};
use serde::{Deserialize, Serialize};

use crate::{embeddings::EndpointSettings, llm::Breaker};

pub use crate::llm::Standing;

/// A number and an index for each of a few documents; some send the documents back too.
const MOST_BYTES: usize = 1024 * 1024;
/// So much of a refusal is told on.
const MOST_TOLD: usize = 200;

/// Why there are no numbers.
#[derive(Debug, thiserror::Error)]
pub enum RerankError {
    /// It failed again and again and is left alone for a while.
    #[error("the reranker failed just now and is left alone for a moment")]
    Resting,
    /// No answer came, or none in time.
    #[error("the reranker did not answer")]
    Unreachable(#[source] EgressError),
    /// It is overloaded or broken for now.
    #[error("the reranker answered {status}: busy or broken for now")]
    Busy {
        /// What it answered.
        status: u16,
        /// How long it wants to be left alone.
        after: Option<Duration>,
    },
    /// It will not do this.
    #[error("the reranker refused with {status}; check url, model and key in [models.rerank]: {told}")]
    Refused {
        /// What it answered.
        status: u16,
        /// The beginning of what it said.
        told: String,
    },
    /// It is no such endpoint.
    #[error("what answered is no reranker: {0}; check url in [models.rerank]")]
    Rubbish(String),
}

impl RerankError {
    /// Whether the same request may succeed later.
    pub const fn may_retry(&self) -> bool {
        matches!(self, Self::Resting | Self::Unreachable(_) | Self::Busy { .. })
    }

    /// A stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Resting => "resting",
            Self::Unreachable(EgressError::InDoubt { .. }) => "late",
            Self::Unreachable(_) => "unreachable",
            Self::Busy { .. } => "busy",
            Self::Refused { .. } => "refused",
            Self::Rubbish(_) => "rubbish",
        }
    }

    fn after(&self) -> Option<i64> {
        let Self::Busy { after, .. } = self else { return None };
        after.map(|after| i64::try_from(after.as_secs()).unwrap_or(i64::MAX))
    }
}

/// An endpoint that says how well texts fit.
pub struct Rerank {
    gate: Gate,
    settings: EndpointSettings,
    address: String,
    breaker: Mutex<Breaker>,
}

#[derive(Serialize)]
struct Asked<'a> {
    model: &'a str,
    query: &'a str,
    documents: &'a [&'a str],
    top_n: usize,
}

/// Most put the rows into an object; TEI's own form is the bare list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Object {
        #[serde(alias = "data")]
        results: Vec<Row>,
    },
    List(Vec<Row>),
}

#[derive(Deserialize)]
struct Row {
    index: usize,
    #[serde(alias = "score")]
    relevance_score: f32,
}

impl Rerank {
    /// Nothing is sent yet. A private address is reached too: the operator wrote it.
    pub fn new(settings: EndpointSettings) -> Self {
        let base = settings.url.trim_end_matches('/');
        let address = if base.ends_with("/rerank") { base.to_owned() } else { format!("{base}/rerank") };
        let gate = Gate::new([address.as_str()]);
        Self { gate, settings, address, breaker: Mutex::default() }
    }

    /// The model, as the endpoint calls it.
    pub fn model(&self) -> &str {
        &self.settings.model
    }

    /// How it stands.
    pub fn standing(&self, now: Timestamp) -> Standing {
        self.breaker().standing(now)
    }

    /// A number for each text, in their order: the greater, the better it answers the question. One request, no second
    /// try. The question must be free of personal data.
    pub async fn scores(
        &self,
        question: &str,
        texts: &[&str],
        patience: Duration,
        now: Timestamp,
    ) -> Result<Vec<f32>, RerankError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        if !self.breaker().allows(now) {
            return Err(RerankError::Resting);
        }
        let told = self.ask(question, texts, patience).await;
        match &told {
            Ok(_) => self.breaker().succeeded(),
            Err(error) => self.breaker().failed(now, !error.may_retry(), error.after()),
        }
        told
    }

    async fn ask(&self, question: &str, texts: &[&str], patience: Duration) -> Result<Vec<f32>, RerankError> {
        let asked =
            Asked { model: &self.settings.model, query: question, documents: texts, top_n: texts.len() };
        let rubbish = |error: serde_json::Error| RerankError::Rubbish(error.to_string());
        let body = serde_json::to_vec(&asked).map_err(rubbish)?;
        let bounds = Bounds { time: patience, body: MOST_BYTES };
        let answer = self.gate.post_within(bounds, &self.address, &self.headers(), body).await;
        let body = accepted(answer.map_err(RerankError::Unreachable)?)?;
        in_order(serde_json::from_slice(&body).map_err(rubbish)?, texts.len())
    }

    fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![("content-type", "application/json".to_owned())];
        if !self.settings.key.is_empty() {
            headers.push(("authorization", format!("Bearer {}", self.settings.key)));
        }
        headers
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Each text has one number.
fn in_order(told: Told, wanted: usize) -> Result<Vec<f32>, RerankError> {
    let (Told::Object { results: rows } | Told::List(rows)) = told;
    let mut scores: Vec<Option<f32>> = vec![None; wanted];
    for Row { index, relevance_score } in &rows {
        if let Some(place) = scores.get_mut(*index) {
            *place = Some(*relevance_score).filter(|score| score.is_finite());
        }
    }
    let all: Option<Vec<f32>> = scores.into_iter().collect();
    let wrong = || RerankError::Rubbish(format!("{wanted} texts were sent, {} numbers came", rows.len()));
    all.filter(|_| rows.len() == wanted).ok_or_else(wrong)
}

fn accepted(answer: Response) -> Result<Vec<u8>, RerankError> {
    match answer.status {
        200..=299 => Ok(answer.body),
        status @ (408 | 425 | 429 | 500..=599) => {
            Err(RerankError::Busy { status, after: answer.retry_after })
        }
        status => {
            let told = String::from_utf8_lossy(&answer.body).chars().take(MOST_TOLD).collect();
            Err(RerankError::Refused { status, told })
        }
    }
}
