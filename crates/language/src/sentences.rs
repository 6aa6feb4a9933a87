//! Sentence models that plug in beside the built-in meaning: in the process, or behind an endpoint.

use std::time::Duration;

/// Tells sentences' vectors.
pub trait Sentences: Send + Sync {
    /// Which model: vectors of models with different names are never compared.
    fn name(&self) -> &str;

    /// A vector for each text, in their order, all of one length. May take seconds.
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, NoVectors>;

    /// The vector of a question for whose answer somebody waits: what cannot be had soon is not waited for.
    fn ask(&self, text: &str) -> Result<Vec<f32>, NoVectors> {
        Ok(self.encode(&[text])?.pop().unwrap_or_default())
    }

    /// The same for a question and its parts, as cheaply as for one where that can be.
    fn ask_all(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, NoVectors> {
        texts.iter().map(|text| self.ask(text)).collect()
    }
}

/// Why there are no vectors.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct NoVectors {
    /// What happened, and what to do.
    pub reason: String,
    /// Whether the same texts may be encoded later.
    pub may_retry: bool,
    /// Not before this time has passed, as the other side asks.
    pub after: Option<Duration>,
}

#[cfg(feature = "neural")]
impl From<crate::neural::EncodeError> for NoVectors {
    fn from(error: crate::neural::EncodeError) -> Self {
        Self { reason: error.to_string(), may_retry: false, after: None }
    }
}
