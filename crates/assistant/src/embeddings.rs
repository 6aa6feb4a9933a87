//! Vectors of sentences from an OpenAI-compatible endpoint: `POST {url}/embeddings`.

use std::{collections::BTreeMap, fmt, sync::OnceLock, time::Duration};

use egress::{Bounds, EgressError, Gate, Response};
use serde::{Deserialize, Serialize};

/// An answer is larger than usual: numbers are written in letters.
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// Of a longer text no more characters are sent: endpoints refuse what their model cannot read.
const MOST_CHARS: usize = 4_000;
/// So much of a refusal is told on.
const MOST_TOLD: usize = 200;

/// Where the endpoint is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointSettings {
    /// The address before `/embeddings`, `https://…/v1` mostly. A private one is reached too: the operator wrote it.
    pub url: String,
    /// The name of the model, as the endpoint calls it.
    pub model: String,
    /// The key, if it asks for one.
    #[serde(default)]
    pub key: String,
}

impl fmt::Debug for EndpointSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}, key withheld", self.model, self.url)
    }
}

/// Why there are no vectors.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddingsError {
    /// No answer came.
    #[error("the embeddings endpoint did not answer")]
    Unreachable(#[source] EgressError),
    /// It is overloaded or broken for now.
    #[error("the embeddings endpoint answered {status}: busy or broken for now")]
    Busy {
        /// What it answered.
        status: u16,
        /// How long it wants to be left alone.
        after: Option<Duration>,
    },
    /// It will not do this.
    #[error(
        "the embeddings endpoint refused with {status}; check url, model and key in [models.embedding]: {told}"
    )]
    Refused {
        /// What it answered.
        status: u16,
        /// The beginning of what it said.
        told: String,
    },
    /// It is no such endpoint.
    #[error("what answered is no embeddings endpoint: {0}; check url in [models.embedding]")]
    Rubbish(String),
    /// The model was exchanged behind our back.
    #[error(
        "the endpoint's vectors had {before} numbers and now have {now}: another model answers; restart to take it"
    )]
    OtherSize {
        /// Before.
        before: usize,
        /// Now.
        now: usize,
    },
}

impl EmbeddingsError {
    /// Whether the same request may succeed later.
    pub const fn may_retry(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Busy { .. })
    }

    /// Not before this time has passed.
    pub const fn after(&self) -> Option<Duration> {
        match self {
            Self::Busy { after, .. } => *after,
            _ => None,
        }
    }
}

/// An endpoint that tells vectors.
pub struct Embeddings {
    gate: Gate,
    settings: EndpointSettings,
    address: String,
    /// Numbers per vector, once one came.
    size: OnceLock<usize>,
}

#[derive(Serialize)]
struct Asked<'a> {
    model: &'a str,
    input: Vec<&'a str>,
    encoding_format: &'static str,
}

#[derive(Deserialize)]
struct Told {
    data: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    index: usize,
    embedding: Vec<f32>,
}

impl Embeddings {
    /// Nothing is sent yet.
    pub fn new(settings: EndpointSettings) -> Self {
        let base = settings.url.trim_end_matches('/');
        let address =
            if base.ends_with("/embeddings") { base.to_owned() } else { format!("{base}/embeddings") };
        let gate = Gate::new([address.as_str()]);
        Self { gate, settings, address, size: OnceLock::new() }
    }

    /// Which model it is: vectors of another are never compared with its own.
    pub fn name(&self) -> String {
        format!("{}@{}", self.settings.model, self.settings.url)
    }

    /// A vector for each text, in their order, all of one length. One request, no second try.
    pub async fn vectors(
        &self,
        texts: &[&str],
        patience: Duration,
    ) -> Result<Vec<Vec<f32>>, EmbeddingsError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let asked = Asked {
            model: &self.settings.model,
            input: texts.iter().map(|text| head(text)).collect(),
            encoding_format: "float",
        };
        let rubbish = |error: serde_json::Error| EmbeddingsError::Rubbish(error.to_string());
        let body = serde_json::to_vec(&asked).map_err(rubbish)?;
        let bounds = Bounds { time: patience, body: MOST_BYTES };
        let answer = self.gate.post_within(bounds, &self.address, &self.headers(), body).await;
        let body = accepted(answer.map_err(EmbeddingsError::Unreachable)?)?;
        let told: Told = serde_json::from_slice(&body).map_err(rubbish)?;
        self.checked(told, texts.len())
    }

    fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![("content-type", "application/json".to_owned())];
        if !self.settings.key.is_empty() {
            headers.push(("authorization", format!("Bearer {}", self.settings.key)));
        }
        headers
    }

    fn checked(&self, told: Told, wanted: usize) -> Result<Vec<Vec<f32>>, EmbeddingsError> {
        let rows: BTreeMap<usize, Vec<f32>> =
            told.data.into_iter().map(|row| (row.index, row.embedding)).collect();
        if !rows.keys().copied().eq(0..wanted) {
            return Err(EmbeddingsError::Rubbish(format!(
                "{wanted} vectors were asked for, {} came",
                rows.len()
            )));
        }
        if rows.values().flatten().any(|number| !number.is_finite()) {
            return Err(EmbeddingsError::Rubbish("a vector holds what is no number".to_owned()));
        }
        for vector in rows.values() {
            let before = *self.size.get_or_init(|| vector.len());
            if vector.len() != before || before == 0 {
                return Err(EmbeddingsError::OtherSize { before, now: vector.len() });
            }
        }
        Ok(rows.into_values().collect())
    }
}

fn accepted(answer: Response) -> Result<Vec<u8>, EmbeddingsError> {
    match answer.status {
        200..=299 => Ok(answer.body),
        status @ (408 | 425 | 429 | 500..=599) => {
            Err(EmbeddingsError::Busy { status, after: answer.retry_after })
        }
        status => {
            let told = String::from_utf8_lossy(&answer.body).chars().take(MOST_TOLD).collect();
            Err(EmbeddingsError::Refused { status, told })
        }
    }
}

fn head(text: &str) -> &str {
    text.char_indices().nth(MOST_CHARS).map_or(text, |(end, _)| &text[..end])
}
