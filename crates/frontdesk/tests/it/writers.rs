//! Widgets that write without a pause, lose their line whenever the server dies, and come back with what they
//! had not yet heard acknowledged. What was acknowledged is noted here, outside the server.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::{Value, json};
use testkit::{Http, Socket};

use crate::shop::Running;

/// A message that the server said it had kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Acknowledged {
    pub(crate) id: String,
    pub(crate) conversation: String,
    pub(crate) seq: i64,
}

/// What all widgets were told.
#[derive(Debug, Clone, Default)]
pub(crate) struct Journal {
    entries: Arc<Mutex<Vec<Acknowledged>>>,
    count: Arc<AtomicUsize>,
}

impl Journal {
    fn note(&self, entry: Acknowledged) {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
        self.count.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn len(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    pub(crate) fn entries(&self) -> Vec<Acknowledged> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The road that a widget takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Road {
    Socket,
    Poll,
}

/// A widget in somebody's browser.
#[derive(Debug)]
pub(crate) struct Widget {
    pub(crate) token: String,
    pub(crate) shown: Vec<(String, i64)>,
    /// The place of the last message of the customer, acknowledged or not.
    last_said: i64,
    name: usize,
    road: Road,
    sent: usize,
    journal: Journal,
}

impl Widget {
    /// A new visitor.
    pub(crate) async fn open(name: usize, road: Road, address: SocketAddr, journal: Journal) -> Self {
        let kind = ("content-type", "application/json");
        let session = Http(address).request("POST", "/v1/widget/session", &[kind], b"{}").await.unwrap();
        let token = session.json()["visitor"].as_str().unwrap().to_owned();
        Self { token, shown: Vec::new(), last_said: 0, name, road, sent: 0, journal }
    }

    /// Writes until the server is gone.
    pub(crate) async fn write(mut self, address: SocketAddr) -> Self {
        let gone = match self.road {
            Road::Socket => self.by_socket(address).await,
            Road::Poll => self.by_poll(address).await,
        };
        assert!(gone.is_err(), "a widget writes as long as there is a server");
        self
    }

    /// Says no more, and reads to the end.
    pub(crate) async fn hear_out(&mut self, server: &Running) {
        self.fetch(server.address).await.unwrap();
        testkit::eventually("every message is answered", async || {
            let answered = server.answered(&self.conversation()).await?;
            (answered >= self.last_said).then_some(())
        })
        .await;
        self.fetch(server.address).await.unwrap();
    }

    fn conversation(&self) -> String {
        self.shown.last().map(|(conversation, _)| conversation.clone()).unwrap_or_default()
    }

    /// The message that is not yet acknowledged. Its name and words never change.
    pub(crate) fn message(&self, at: usize) -> (String, String) {
        (format!("{}-{at}", self.name), format!("第{at}次问怎么退货"))
    }

    fn acknowledged(&mut self, told: &Value) {
        let (id, _) = self.message(self.sent);
        let entry = Acknowledged {
            id,
            conversation: told["conversation"].as_str().unwrap().to_owned(),
            seq: told["seq"].as_i64().unwrap(),
        };
        self.journal.note(entry);
        self.sent += 1;
    }

    fn show(&mut self, event: &Value) {
        if event["type"] != "message" {
            return;
        }
        let (conversation, seq) =
            (event["conversation"].as_str().unwrap().to_owned(), event["seq"].as_i64().unwrap());
        let follows = match self.shown.last() {
            Some((last, at)) if *last == conversation => seq == at + 1,
            _ => seq == 1,
        };
        assert!(follows, "widget {}: {seq} after {:?}", self.name, self.shown.last());
        if event["author"] == "customer" {
            self.last_said = seq;
        }
        self.shown.push((conversation, seq));
    }

    async fn by_socket(&mut self, address: SocketAddr) -> io::Result<()> {
        let after = self.shown.last().cloned();
        let cursor = after.as_ref().map(|(conversation, seq)| (conversation.as_str(), *seq));
        let mut socket = Socket::hello(address, &self.token, cursor).await?;
        let (id, text) = self.message(self.sent);
        socket.say(&id, &text).await?;
        loop {
            let event = socket.next().await.ok_or(io::ErrorKind::UnexpectedEof)?;
            if event["type"] == "accepted" {
                self.acknowledged(&event);
                let (id, text) = self.message(self.sent);
                socket.say(&id, &text).await?;
            }
            self.show(&event);
        }
    }

    async fn by_poll(&mut self, address: SocketAddr) -> io::Result<()> {
        loop {
            let (id, text) = self.message(self.sent);
            let body = json!({ "id": id, "text": text }).to_string();
            let bearer = format!("Bearer {}", self.token);
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
            let answer =
                Http(address).request("POST", "/v1/widget/messages", &headers, body.as_bytes()).await?;
            // An answer that was cut off is none.
            if answer.status == 200 && answer.json().is_object() {
                self.acknowledged(&answer.json());
            }
            self.fetch(address).await?;
        }
    }

    /// Reads what is new.
    pub(crate) async fn fetch(&mut self, address: SocketAddr) -> io::Result<()> {
        let cursor =
            self.shown.last().map(|(conversation, seq)| format!("?conversation={conversation}&seq={seq}"));
        let path = format!("/v1/widget/messages{}", cursor.unwrap_or_default());
        let bearer = format!("Bearer {}", self.token);
        let answer = Http(address).request("GET", &path, &[("authorization", &bearer)], b"").await?;
        for event in answer.json()["events"].as_array().into_iter().flatten() {
            self.show(event);
        }
        Ok(())
    }
}
