//! A website on this machine: pages that change, move, vanish, and lead astray.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::line::{Listening, lock, request};

/// A running website.
pub struct Site {
    listening: Listening,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    pages: HashMap<String, Served>,
    asked: Vec<String>,
}

/// What a path answers.
#[derive(Clone)]
struct Served {
    status: u16,
    headers: String,
    body: Vec<u8>,
    etag: Option<String>,
}

impl Site {
    /// One without pages.
    pub async fn open() -> Self {
        let state = Arc::<Mutex<State>>::default();
        Self { listening: Listening::anywhere(state.clone(), answer).await, state }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.listening.address)
    }

    /// A page in HTML, with an ETag that changes with it.
    pub fn page(&self, path: &str, html: &str) {
        let etag = format!(
            "\"{:x}\"",
            html.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
        );
        let headers = "content-type: text/html; charset=utf-8\r\n".to_owned();
        self.put(path, Served { status: 200, headers, body: html.as_bytes().to_vec(), etag: Some(etag) });
    }

    /// A file of this kind, without an ETag.
    pub fn file(&self, path: &str, content_type: &str, body: &[u8]) {
        let headers = format!("content-type: {content_type}\r\n");
        self.put(path, Served { status: 200, headers, body: body.to_vec(), etag: None });
    }

    /// A sitemap of these paths or addresses.
    pub fn sitemap(&self, path: &str, pages: &[&str]) {
        let url = |page: &&str| {
            let address = if page.contains("://") { (*page).to_owned() } else { self.url(page) };
            format!("<url><loc>{address}</loc></url>")
        };
        let body = format!("<urlset>{}</urlset>", pages.iter().map(url).collect::<String>());
        self.file(path, "application/xml", body.as_bytes());
    }

    /// A path that leads elsewhere.
    pub fn redirect(&self, path: &str, to: &str) {
        let headers = format!("location: {to}\r\n");
        self.put(path, Served { status: 302, headers, body: Vec::new(), etag: None });
    }

    /// A path that answers with a status.
    pub fn status(&self, path: &str, status: u16) {
        self.put(path, Served { status, headers: String::new(), body: Vec::new(), etag: None });
    }

    /// A path that is no more.
    pub fn vanish(&self, path: &str) {
        lock(&self.state).pages.remove(path);
    }

    /// The paths asked for since this was last called, those answered with 304 marked so.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.state).asked)
    }

    fn put(&self, path: &str, served: Served) {
        lock(&self.state).pages.insert(path.to_owned(), served);
    }
}

async fn answer(mut line: TcpStream, state: Arc<Mutex<State>>) -> Option<()> {
    let asked = request(&mut line).await?;
    let path = asked.head.split(' ').nth(1)?.to_owned();
    let known = asked.header("if-none-match");
    let mut served = lock(&state).pages.get(&path).cloned().unwrap_or(Served {
        status: 404,
        headers: String::new(),
        body: Vec::new(),
        etag: None,
    });
    if served.etag.is_some() && served.etag.as_deref() == known {
        (served.status, served.body) = (304, Vec::new());
    }
    let mark = if served.status == 304 { format!("{path} 304") } else { path };
    lock(&state).asked.push(mark);
    let etag = served.etag.map(|etag| format!("etag: {etag}\r\n")).unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {} Said\r\n{}{etag}content-length: {}\r\nconnection: close\r\n\r\n",
        served.status,
        served.headers,
        served.body.len()
    );
    line.write_all(head.as_bytes()).await.ok()?;
    line.write_all(&served.body).await.ok()
}
