//! The only way out: one HTTP client that checks and pins every address.
//!
//! Two kinds of addresses. Those that the operator wrote into the configuration (a model server, a
//! channel's callback) are reached wherever they are, by exact host and port. All others come from
//! content and never reach a private, loopback or link-local network: the name is resolved once,
//! every address it resolves to is judged, and the connection goes to the judged address. Redirects
//! are not followed.

mod address;
mod arriving;

use std::{collections::HashSet, net::IpAddr, time::Duration};

pub use address::is_public;
pub use arriving::Arriving;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body, cut at the limit.
    pub body: Vec<u8>,
    /// Whether there was more than the limit lets in.
    pub cut: bool,
    /// How long the other side wants to be left alone, if it said so in seconds.
    pub retry_after: Option<Duration>,
    /// What the other side says of the body: those of [`HEADERS`] that it sent.
    pub headers: Vec<(&'static str, String)>,
}

/// The headers that are kept.
pub const HEADERS: [&str; 4] = ["content-type", "etag", "last-modified", "location"];

impl Response {
    /// One of [`HEADERS`], if it was sent and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(each, _)| *each == name).map(|(_, value)| value.as_str())
    }
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

    /// Fetches an address, 15 seconds and a mebibyte at most.
    pub async fn get(&self, url: &str, headers: &[(&str, String)]) -> Result<Response, EgressError> {
        self.get_within(Bounds::default(), url, headers).await
    }

    /// Fetches an address within other bounds.
    pub async fn get_within(
        &self,
        bounds: Bounds,
        url: &str,
        headers: &[(&str, String)],
    ) -> Result<Response, EgressError> {
        let (client, url) = self.client_for(url)?;
        let mut request = client.get(url.clone());
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        self.finish(request, &url, bounds).await
    }

    /// Sends a request of any method and waits for the answer within bounds. An empty body is none.
    pub async fn send_within(
        &self,
        bounds: Bounds,
        method: &str,
        url: &str,
        headers: &[(&str, String)],
        body: Vec<u8>,
    ) -> Result<Response, EgressError> {
        let (client, url) = self.client_for(url)?;
        let method = method.parse().map_err(|_| EgressError::BadAddress(format!("{method} {url}")))?;
        let mut request = client.request(method, url.clone());
        if !body.is_empty() {
            request = request.body(body);
        }
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        self.finish(request, &url, bounds).await
    }

    async fn finish(
        &self,
        request: reqwest::RequestBuilder,
        url: &reqwest::Url,
        bounds: Bounds,
    ) -> Result<Response, EgressError> {
        let mut answer = request.timeout(bounds.time).send().await.map_err(|error| failure(url, &error))?;
        let (mut body, mut cut) = (Vec::new(), false);
        while let Some(chunk) = answer.chunk().await.map_err(|error| failure(url, &error))? {
            let room = bounds.body - body.len();
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                cut = true;
                break;
            }
        }
        let retry_after = retry_after(answer.headers());
        let said =
            |name: &&'static str| Some((*name, answer.headers().get(*name)?.to_str().ok()?.to_owned()));
        let headers = HEADERS.iter().filter_map(said).collect();
        Ok(Response { status: answer.status().as_u16(), body, cut, retry_after, headers })
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

/// The address that a link on a page leads to, without its fragment. `None` unless that is http or https.
pub fn join(page: &str, link: &str) -> Option<String> {
    let mut url = reqwest::Url::parse(page).ok()?.join(link.trim()).ok()?;
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// Whether two addresses belong to one site: the same host, with or without `www.`, and the same port unless both
/// are the usual ones of http and https.
pub fn same_site(a: &str, b: &str) -> bool {
    let site = |url: &str| {
        let (host, port) = endpoint(url)?;
        let port = if matches!(port, 80 | 443) { 443 } else { port };
        Some((host.trim_start_matches("www.").to_owned(), port))
    };
    site(a).is_some() && site(a) == site(b)
}

fn retry_after(headers: &reqwest::header::HeaderMap) -> Option<Duration> {
    headers.get("retry-after")?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
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

    #[test]
    fn a_site_is_its_host_and_port() {
        assert!(same_site("https://shop.example/a", "http://www.shop.example/b"));
        for other in
            ["https://shop.example:8443/", "https://evil.example/", "https://shop.example.evil.example/", "x"]
        {
            assert!(!same_site("https://shop.example/", other), "{other}");
        }
        assert!(!same_site("x", "y"));
        assert_eq!(join("https://a.example/b/c", "../d?x=1#y").as_deref(), Some("https://a.example/d?x=1"));
        assert_eq!(join("https://a.example/", "javascript:alert(1)"), None);
    }

    #[tokio::test]
    async fn a_configured_endpoint_is_reached_by_exact_port_only() {
        let gate = Gate::new(["http://127.0.0.1:1/hook"]);
        assert!(matches!(gate.get("http://127.0.0.1:1/other", &[]).await, Err(EgressError::NotSent { .. })));
        assert!(matches!(gate.get("http://127.0.0.1:2/", &[]).await, Err(EgressError::Forbidden(_))));
    }
}
