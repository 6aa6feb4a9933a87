//! What the small servers of tests share: taking calls, and reading a request whole.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A server that takes calls until it is dropped.
pub(crate) struct Listening {
    pub(crate) address: SocketAddr,
    serving: JoinHandle<()>,
}

/// What came in whole.
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A header by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let fields = head.lines().filter_map(|line| line.split_once(':'));
    let mut fields = fields.map(|(known, value)| (known.trim(), value.trim()));
    fields.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

impl Listening {
    /// Takes calls at an address that is free; `answer` deals with each, beside the others.
    pub(crate) async fn at<S, F>(
        address: SocketAddr,
        state: Arc<Mutex<S>>,
        answer: fn(TcpStream, Arc<Mutex<S>>) -> F,
    ) -> Self
    where
        S: Send + 'static,
        F: Future<Output = Option<()>> + Send + 'static,
    {
        let listener = TcpListener::bind(address).await.expect("the address is free");
        let address = listener.local_addr().expect("a listener has an address");
        let serving = tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(answer(line, state.clone()));
            }
        });
        Self { address, serving }
    }

    /// The same at any free port of this machine.
    pub(crate) async fn anywhere<S, F>(
        state: Arc<Mutex<S>>,
        answer: fn(TcpStream, Arc<Mutex<S>>) -> F,
    ) -> Self
    where
        S: Send + 'static,
        F: Future<Output = Option<()>> + Send + 'static,
    {
        Self::at(SocketAddr::from(([127, 0, 0, 1], 0)), state, answer).await
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The state, also after a test that failed while it held it.
pub(crate) fn lock<S>(state: &Mutex<S>) -> MutexGuard<'_, S> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads until head and body are whole; `None` if the other side hangs up before.
pub(crate) async fn request(line: &mut TcpStream) -> Option<Request> {
    let mut said = Vec::new();
    loop {
        if line.read_buf(&mut said).await.ok()? == 0 {
            return None;
        }
        if let Some(request) = whole(&said) {
            return Some(request);
        }
    }
}

fn whole(said: &[u8]) -> Option<Request> {
    let end = said.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&said[..end]).into_owned();
    let length: usize = header(&head, "content-length").map_or(Some(0), |length| length.parse().ok())?;
    let body = said.get(end + 4..end + 4 + length)?.to_vec();
    Some(Request { head, body })
}

/// Bears silence until the other side hangs up.
pub(crate) async fn silence(mut line: TcpStream) -> Option<()> {
    let _ = line.read_buf(&mut Vec::new()).await;
    None
}
