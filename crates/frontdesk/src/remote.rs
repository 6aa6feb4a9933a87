//! A server that already runs on the data: commands go through it.

use anyhow::{Context, bail};
use egress::{Bounds, Gate, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::folder::Running;

/// The running server's API.
pub(crate) struct Remote {
    gate: Gate,
    base: String,
    token: String,
}

impl Remote {
    pub(crate) fn new(running: &Running) -> Self {
        let base = format!("http://{}", running.address);
        Self { gate: Gate::new([base.as_str()]), base, token: running.token.clone() }
    }

    /// Where it is.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        let answer = self.gate.get(&format!("{}{path}", self.base), &self.headers()).await?;
        read(&answer, path)
    }

    /// What lies there as it is; `None` if nothing does.
    pub(crate) async fn bytes(&self, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let bounds = Bounds { body: domain::picture::LARGEST, ..Bounds::default() };
        let answer = self.gate.get_within(bounds, &format!("{}{path}", self.base), &self.headers()).await?;
        match answer.status {
            200 => Ok(Some(answer.body)),
            404 => Ok(None),
            status => bail!("the running server refused {path} ({status})"),
        }
    }

    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl serde::Serialize,
    ) -> anyhow::Result<T> {
        let body = serde_json::to_vec(body)?;
        let answer = self.gate.post(&format!("{}{path}", self.base), &self.headers(), body).await?;
        read(&answer, path)
    }

    fn headers(&self) -> [(&'static str, String); 2] {
        [("authorization", format!("Bearer {}", self.token)), ("content-type", "application/json".to_owned())]
    }
}

fn read<T: DeserializeOwned>(answer: &Response, path: &str) -> anyhow::Result<T> {
    if !(200..300).contains(&answer.status) {
        let problem: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let detail = problem["detail"].as_str().unwrap_or("no reason given");
        bail!("the running server refused {path} ({}): {detail}", answer.status);
    }
    serde_json::from_slice(&answer.body)
        .with_context(|| format!("the running server's answer to {path} is not understood"))
}
