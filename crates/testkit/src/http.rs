//! A small HTTP client. It speaks HTTP/1.0, so an answer ends where the connection ends and nothing is hidden:
//! a test can send what no decent client would.

use std::{io, net::SocketAddr};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines as IoLines},
    net::{TcpStream, tcp::OwnedReadHalf},
    time::timeout,
};

use crate::wait::DEADLINE;

/// What a server said.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Header names in small letters, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header, if it was sent.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Status and stable code of a refusal, which must be worded as all refusals are.
    ///
    /// # Panics
    /// If it is worded otherwise.
    pub fn refusal(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let body = self.json();
        assert_eq!(body["status"], self.status, "{body}");
        assert!(body["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{body}");
        (self.status, body["code"].as_str().expect("a refusal has a code").to_owned())
    }
}

/// A client of one server.
#[derive(Debug, Clone, Copy)]
pub struct Http(pub SocketAddr);

impl Http {
    /// Sends a request and reads the whole answer.
    pub async fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        let length = body.len().to_string();
        let length = matches!(method, "POST" | "PUT").then_some(("content-length", length.as_str()));
        let head = self.head(method, path, headers.iter().copied().chain(length));
        self.raw(&[head.as_bytes(), body].concat()).await
    }

    /// Sends bytes as they are and reads the answer.
    pub async fn raw(&self, bytes: &[u8]) -> io::Result<Answer> {
        timeout(DEADLINE, async {
            let (mut from, mut to) = TcpStream::connect(self.0).await?.into_split();
            let mut said = Vec::new();
            // Who is refused early may find the line closed while still sending.
            let (_, heard) = tokio::join!(to.write_all(bytes), from.read_to_end(&mut said));
            match parse(&said) {
                Some(answer) => Ok(answer),
                None => Err(heard.err().unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into())),
            }
        })
        .await?
    }

    fn head<'a>(
        &self,
        method: &str,
        path: &str,
        headers: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> String {
        let first = format!("{method} {path} HTTP/1.0\r\nhost: {}\r\n", self.0);
        let head = headers.fold(first, |head, (name, value)| head + name + ": " + value + "\r\n");
        head + "\r\n"
    }

    /// Opens a stream of server-sent events.
    pub async fn stream(&self, path: &str, headers: &[(&str, &str)]) -> io::Result<Lines> {
        let (from, mut to) = TcpStream::connect(self.0).await?.into_split();
        let head = self.head("GET", path, headers.iter().copied());
        to.write_all(head.as_bytes()).await?;
        Ok(Lines { lines: BufReader::new(from).lines(), _to: to })
    }
}

fn parse(said: &[u8]) -> Option<Answer> {
    let end = said.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&said[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
    };
    Some(Answer { status, headers: lines.filter_map(header).collect(), body: said[end + 4..].to_vec() })
}

/// Server-sent events.
#[derive(Debug)]
pub struct Lines {
    lines: IoLines<BufReader<OwnedReadHalf>>,
    _to: tokio::net::tcp::OwnedWriteHalf,
}

impl Lines {
    /// The next event.
    pub async fn next(&mut self) -> io::Result<Value> {
        timeout(DEADLINE, async {
            loop {
                let line = self.lines.next_line().await?.ok_or(io::ErrorKind::UnexpectedEof)?;
                if let Some(data) = line.strip_prefix("data:") {
                    return Ok(serde_json::from_str(data)?);
                }
            }
        })
        .await?
    }

    /// Events up to and with the first that is wanted.
    pub async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> io::Result<Vec<Value>> {
        let mut seen = Vec::new();
        loop {
            let event = self.next().await?;
            let done = wanted(&event);
            seen.push(event);
            if done {
                return Ok(seen);
            }
        }
    }
}
