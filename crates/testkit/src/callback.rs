//! A foreign platform that misbehaves: where replies of an echo channel go.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use channels::Secret;
use domain::Timestamp;
use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::line::{Listening, Request, lock, request, silence};

/// The secret of every echo channel in tests.
pub const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// What it does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Answers with a status.
    Answers(u16),
    /// Reads everything and hangs up.
    HangsUp,
    /// Reads everything and says nothing, for as long as the other side bears it.
    Nothing,
}

/// A request that came in whole.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The `webhook-id`.
    pub id: String,
    /// The body.
    pub body: Value,
}

/// A running callback.
pub struct Callback {
    /// Where it listens.
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    _listening: Listening,
}

#[derive(Default)]
struct State {
    next: VecDeque<Does>,
    taken: Vec<Taken>,
}

impl Callback {
    /// One that takes everything.
    pub async fn open() -> Self {
        Self::open_at(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// One at an address that was free.
    pub async fn open_at(address: SocketAddr) -> Self {
        let state = Arc::<Mutex<State>>::default();
        let listening = Listening::at(address, state.clone(), answer).await;
        Self { address: listening.address, state, _listening: listening }
    }

    /// The address for the configuration.
    pub fn url(&self) -> String {
        format!("http://{}/replies", self.address)
    }

    /// What it does with the next requests; afterwards it takes everything.
    pub fn does(&self, next: &[Does]) {
        lock(&self.state).next.extend(next);
    }

    /// What came in so far.
    pub fn taken(&self) -> Vec<Taken> {
        lock(&self.state).taken.clone()
    }

    /// A webhook of this platform: headers and body, signed.
    pub fn knock(
        id: &str,
        sender: &str,
        text: &str,
        now: Timestamp,
    ) -> (Vec<(&'static str, String)>, Vec<u8>) {
        let body = json!({ "sender": sender, "text": text }).to_string().into_bytes();
        (Self::signed(id, &body, now), body)
    }

    /// The headers that sign any body: name, time and signature, in this order.
    pub fn signed(id: &str, body: &[u8], now: Timestamp) -> Vec<(&'static str, String)> {
        let (secret, seconds) = (Secret::parse(SECRET).expect("the test's secret is good"), now.as_second());
        vec![
            ("webhook-id", id.to_owned()),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", secret.sign(id, seconds, body)),
        ]
    }
}

async fn answer(mut line: TcpStream, state: Arc<Mutex<State>>) -> Option<()> {
    let taken = taken(request(&mut line).await?)?;
    let does = {
        let mut state = lock(&state);
        state.taken.push(taken);
        state.next.pop_front().unwrap_or(Does::Answers(200))
    };
    match does {
        Does::Answers(status) => {
            let answer = format!("HTTP/1.1 {status} Said\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            line.write_all(answer.as_bytes()).await.ok()
        }
        Does::HangsUp => None,
        Does::Nothing => silence(line).await,
    }
}

fn taken(request: Request) -> Option<Taken> {
    let id = request.header("webhook-id")?.to_owned();
    Some(Taken { id, body: serde_json::from_slice(&request.body).ok()? })
}
