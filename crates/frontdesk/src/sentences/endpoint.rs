//! An embeddings endpoint as a sentence model: the work that reads the knowledge waits for it patiently, a question
//! briefly, and after a failure questions do without it for a while.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use assistant::{
    embeddings::{Embeddings, EmbeddingsError, EndpointSettings},
    masked,
};
use language::sentences::{NoVectors, Sentences};
use tokio::{runtime::Handle, time::Instant};

use super::waiting::wait_for;

/// So long may an answer for many texts take …
const PATIENT: Duration = Duration::from_mins(1);
/// … and one for a question, for whose answer a customer waits.
const BRIEF: Duration = Duration::from_secs(1);
/// The request has its own time limit; a runtime that is busy gets so much more.
const GRACE: Duration = Duration::from_secs(1);
/// After a failure questions are not put to it for so long.
const REST: Duration = Duration::from_secs(20);

/// An endpoint.
pub(crate) struct Endpoint {
    name: String,
    client: Arc<Embeddings>,
    runtime: Handle,
    rests_until: Mutex<Option<Instant>>,
}

impl Endpoint {
    /// Must be called on the runtime that shall do the work.
    pub(crate) fn new(settings: EndpointSettings) -> Self {
        let client = Arc::new(Embeddings::new(settings));
        let (name, runtime) = (client.name(), Handle::current());
        Self { name, client, runtime, rests_until: Mutex::default() }
    }

    fn wait(&self, texts: Vec<String>, patience: Duration) -> Result<Vec<Vec<f32>>, NoVectors> {
        let client = Arc::clone(&self.client);
        let work = async move {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            client.vectors(&texts, patience).await
        };
        let vectors = wait_for(&self.runtime, patience + GRACE, work);
        vectors.ok_or_else(|| later("the embeddings endpoint took too long"))?.map_err(no_vectors)
    }

    fn rests(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.rests_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sentences for Endpoint {
    fn name(&self) -> &str {
        &self.name
    }

    fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, NoVectors> {
        self.wait(texts.iter().map(|&text| text.to_owned()).collect(), PATIENT)
    }

    fn ask(&self, text: &str) -> Result<Vec<f32>, NoVectors> {
        Ok(self.ask_all(&[text])?.pop().unwrap_or_default())
    }

    /// In one request.
    fn ask_all(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, NoVectors> {
        if self.rests().is_some_and(|until| Instant::now() < until) {
            return Err(later("the embeddings endpoint failed just now and is left alone for a moment"));
        }
        // What customers write leaves the house without what is personal.
        let told = self.wait(texts.iter().map(|text| masked(text)).collect(), BRIEF);
        *self.rests() = told.as_ref().err().map(|_| Instant::now() + REST);
        told
    }
}

fn later(reason: &str) -> NoVectors {
    NoVectors { reason: reason.to_owned(), may_retry: true, after: None }
}

fn no_vectors(error: EmbeddingsError) -> NoVectors {
    let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
    NoVectors { reason: format!("{error}{cause}"), may_retry: error.may_retry(), after: error.after() }
}
