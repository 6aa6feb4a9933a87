//! An answer that is read while it comes, as from a model that writes.

use std::time::Duration;

use crate::{EgressError, Gate, failure, retry_after};

/// The head of an answer, and its body piece by piece. Dropped, the connection is closed.
#[derive(Debug)]
pub struct Arriving {
    /// The HTTP status.
    pub status: u16,
    /// How long the other side wants to be left alone, if it said so in seconds.
    pub retry_after: Option<Duration>,
    /// The kind of the body; empty if it was not said.
    pub content_type: String,
    url: reqwest::Url,
    answer: reqwest::Response,
}

impl Arriving {
    /// The next piece of the body as it came from the line; `None` at its end. Nothing limits how long it takes or how
    /// much comes in all: whoever reads does.
    pub async fn piece(&mut self) -> Result<Option<Vec<u8>>, EgressError> {
        let piece = self.answer.chunk().await.map_err(|error| failure(&self.url, &error))?;
        Ok(piece.map(|bytes| bytes.to_vec()))
    }
}

impl Gate {
    /// Sends a body and returns with the head of the answer. How long that may take is for the caller to say.
    pub async fn post_arriving(
        &self,
        url: &str,
        headers: &[(&str, String)],
        body: Vec<u8>,
    ) -> Result<Arriving, EgressError> {
        let (client, url) = self.client_for(url)?;
        let mut request = client.post(url.clone()).body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let answer = request.send().await.map_err(|error| failure(&url, &error))?;
        let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        Ok(Arriving {
            status: answer.status().as_u16(),
            retry_after: retry_after(answer.headers()),
            content_type: kind.unwrap_or_default().to_owned(),
            url,
            answer,
        })
    }
}
