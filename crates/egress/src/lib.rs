//! The only way out: one HTTP client that checks and pins every address.
//!
//! Two kinds of addresses. Those that the operator wrote into the configuration (a model server, a
//! channel's callback) are reached wherever they are, by exact host and port. All others come from
//! content and never reach a private, loopback or link-local network: the name is resolved once,
//! every address it resolves to is judged, and the connection goes to the judged address. Redirects
//! are not followed.

mod address;

use std::{collections::HashSet, net::IpAddr, time::Duration};

pub use address::is_public;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body, cut at the limit.
    pub body: Vec<u8>,
    /// How long the other side wants to be left alone, if it said so in seconds.
    pub retry_after: Option<Duration>,
}

/// How long an answer may take, and how large it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// From the first byte out to the last byte in.
    pub time: Duration,
    /// Bytes of the answer; what is beyond is cut off.
    pub body: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { time: Duration::from_secs(15), body: 1024 * 1024 }
    }
}

/// A request that did not get an answer.
#[derive(Debug, thiserror::Error)]
pub enum EgressError {
    /// Not an http(s) address.
    #[error("{0} is not an http or https address")]
    BadAddress(String),
    /// The address leads into a private network and nobody configured it.
    #[error("{0} leads into a private network; only endpoints from the configuration may do that")]
    Forbidden(String),
    /// No connection was made: the other side certainly got nothing.
    #[error("{host} cannot be reached: {reason}")]
    NotSent {
        /// Where to.
        host: String,
        /// What the network said.
        reason: String,
    },
    /// The connection broke or ran out of time after the request had begun: it may have arrived.
    #[error("{host} did not answer: {reason}")]
    InDoubt {
        /// Where to.
        host: String,
        /// What the network said.
        reason: String,
    },
}

/// The way out.
#[derive(Debug, Clone)]
pub struct Gate {
    configured: HashSet<(String, u16)>,
    open: reqwest::Client,
    guarded: reqwest::Client,
}

impl Gate {
    /// A gate that lets the configured endpoints through.
    ///
    /// # Panics
    /// Never in practice: the client is built from constants.
    pub fn new<'a>(configured: impl IntoIterator<Item = &'a str>) -> Self {
        let configured = configured.into_iter().filter_map(endpoint).collect();
        Self { configured, open: client(None), guarded: client(Some(address::Judge)) }
    }

    /// Sends a body and waits for the answer, 15 seconds at most.
    pub async fn post(
        &self,
        url: &str,
        headers: &[(&str, String)],
        body: Vec<u8>,
    ) -> Result<Response, EgressError> {
        self.post_within(Bounds::default(), url, headers, body).await
    }

    /// Sends a body and waits for the answer within other bounds.
    pub async fn post_within(
        &self,
        bounds: Bounds,
        url: &str,
        headers: &[(&str, String)],
        body: Vec<u8>,
    ) -> Result<Response, EgressError> {
        let (client, url) = self.client_for(url)?;
        let mut request = client.post(url.clone()).body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        self.finish(request, &url, bounds).await
    }

    /// Fetches an address.
    pub async fn get(&self, url: &str, headers: &[(&str, String)]) -> Result<Response, EgressError> {
        let (client, url) = self.client_for(url)?;
        let mut request = client.get(url.clone());
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        self.finish(request, &url, Bounds::default()).await
    }

    async fn finish(
        &self,
        request: reqwest::RequestBuilder,
        url: &reqwest::Url,
        bounds: Bounds,
    ) -> Result<Response, EgressError> {
        let mut answer = request.timeout(bounds.time).send().await.map_err(|error| failure(url, &error))?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| failure(url, &error))? {
            let room = bounds.body - body.len();
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if body.len() == bounds.body {
                break;
            }
        }
        let wait =
            answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let retry_after = wait.map(Duration::from_secs);
        Ok(Response { status: answer.status().as_u16(), body, retry_after })
    }

    fn client_for(&self, url: &str) -> Result<(&reqwest::Client, reqwest::Url), EgressError> {
        let bad = || EgressError::BadAddress(url.to_owned());
        let parsed = reqwest::Url::parse(url).map_err(|_| bad())?;
        if !matches!(parsed.scheme(), "http" | "https") {
            return Err(bad());
        }
        if endpoint(url).is_some_and(|place| self.configured.contains(&place)) {
            return Ok((&self.open, parsed));
        }
        let literal = parsed.host_str().and_then(|host| host.trim_matches(['[', ']']).parse::<IpAddr>().ok());
        match literal {
            Some(ip) if !is_public(ip) => {
                Err(EgressError::Forbidden(parsed.host_str().unwrap_or_default().to_owned()))
            }
            _ => Ok((&self.guarded, parsed)),
        }
    }
}

fn endpoint(url: &str) -> Option<(String, u16)> {
    let url = reqwest::Url::parse(url).ok()?;
    Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
}

fn failure(url: &reqwest::Url, error: &reqwest::Error) -> EgressError {
    let host = url.host_str().unwrap_or_default().to_owned();
    if let Some(forbidden) = address::forbidden(error) {
        return EgressError::Forbidden(forbidden);
    }
    let reason = if error.is_timeout() { "it took too long".to_owned() } else { innermost(error) };
    if error.is_connect() {
        EgressError::NotSent { host, reason }
    } else {
        EgressError::InDoubt { host, reason }
    }
}

fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

#[allow(clippy::disallowed_methods, reason = "this is the one way out")]
fn client(judge: Option<address::Judge>) -> reqwest::Client {
    // The provider is process-wide; a second call is told that it is there already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .user_agent("frontdesk");
    if let Some(judge) = judge {
        builder = builder.dns_resolver(judge);
    }
    builder.build().expect("a client from constants builds")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_private_address_from_content_is_refused_before_any_connection() {
        let gate = Gate::new([]);
        for url in ["http://127.0.0.1:1/", "http://[::1]:1/", "http://localhost:1/", "http://2130706433/"] {
            assert!(matches!(gate.get(url, &[]).await, Err(EgressError::Forbidden(_))), "{url}");
        }
        assert!(matches!(gate.get("file:///etc/passwd", &[]).await, Err(EgressError::BadAddress(_))));
    }

    #[tokio::test]
    async fn a_configured_endpoint_is_reached_by_exact_port_only() {
        let gate = Gate::new(["http://127.0.0.1:1/hook"]);
        assert!(matches!(gate.get("http://127.0.0.1:1/other", &[]).await, Err(EgressError::NotSent { .. })));
        assert!(matches!(gate.get("http://127.0.0.1:2/", &[]).await, Err(EgressError::Forbidden(_))));
    }
}
