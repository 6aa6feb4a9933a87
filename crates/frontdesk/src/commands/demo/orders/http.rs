//! As much HTTP as the sample order service needs.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

/// Nobody talks longer, and nothing is larger.
const PATIENCE: Duration = Duration::from_secs(5);
const HEAD: u64 = 16 * 1024;
const BODY: usize = 16 * 1024;

/// What was asked.
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    headers: BTreeMap<String, String>,
    pub(super) body: Value,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// Reads a request; none if it is no decent one.
pub(super) fn read(line: &TcpStream) -> Option<Request> {
    line.set_read_timeout(Some(PATIENCE)).ok()?;
    line.set_write_timeout(Some(PATIENCE)).ok()?;
    let mut from = BufReader::new(line).take(HEAD + BODY as u64);
    let first = one(&mut from)?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let text = one(&mut from)?;
        if text.is_empty() {
            break;
        }
        let (name, value) = text.split_once(':')?;
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").map_or(Some(0), |length| length.parse::<usize>().ok())?;
    let mut bytes = vec![0; Some(length).filter(|length| *length <= BODY)?];
    from.read_exact(&mut bytes).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let body = serde_json::from_slice(&bytes).unwrap_or_default();
    Some(Request { method, path: path.to_owned(), query: query.to_owned(), headers, body })
}

fn one(from: &mut impl BufRead) -> Option<String> {
    let mut text = String::new();
    (from.read_line(&mut text).ok()? > 0).then(|| text.trim_end().to_owned())
}

/// Answers. Who has gone away misses it.
pub(super) fn write(mut line: TcpStream, status: u16, body: &Value) {
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status} .\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let _ = line.write_all(head.as_bytes()).and_then(|()| line.write_all(body.as_bytes()));
}
