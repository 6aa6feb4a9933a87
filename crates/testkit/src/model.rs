//! A language model behind an OpenAI-compatible server on this machine: it streams, and misbehaves when told to.

mod obedient;
mod talk;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use serde_json::Value;
use tokio::{
    io::AsyncWriteExt,
    net::TcpStream,
    sync::watch::{self, Receiver, Sender},
};

pub use self::talk::Talk;

use crate::line::{Listening, lock, request, silence};

/// A running server.
pub struct ModelStub {
    listening: Listening,
    state: Arc<Mutex<State>>,
    held: Sender<bool>,
}

struct State {
    next: VecDeque<Talk>,
    always: Option<Talk>,
    asked: Vec<(String, Value)>,
    held: Receiver<bool>,
}

impl ModelStub {
    /// One that says of everything that it does not know.
    pub async fn open() -> Self {
        let (held, watched) = watch::channel(false);
        let state = State { next: VecDeque::new(), always: None, asked: Vec::new(), held: watched };
        let state = Arc::new(Mutex::new(state));
        Self { listening: Listening::anywhere(state.clone(), answer).await, state, held }
    }

    /// The address for the configuration.
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.listening.address)
    }

    /// What it does with the next requests.
    pub fn does(&self, next: impl IntoIterator<Item = Talk>) {
        lock(&self.state).next.extend(next);
    }

    /// What it does with all others.
    pub fn always(&self, talk: Talk) {
        lock(&self.state).always = Some(talk);
    }

    /// From now on it reads what it is asked and says nothing, until it is released.
    pub fn hold(&self) {
        self.held.send_replace(true);
    }

    /// What is held is said.
    pub fn release(&self) {
        self.held.send_replace(false);
    }

    /// What it was asked so far: heads in small letters, and bodies.
    pub fn asked(&self) -> Vec<(String, Value)> {
        lock(&self.state).asked.clone()
    }
}

async fn answer(mut line: TcpStream, state: Arc<Mutex<State>>) -> Option<()> {
    let request = request(&mut line).await?;
    let body: Value = serde_json::from_slice(&request.body).ok()?;
    let (talk, mut held) = {
        let mut state = lock(&state);
        state.asked.push((request.head.to_lowercase(), body.clone()));
        let talk = state.next.pop_front().or_else(|| state.always.clone());
        (talk.unwrap_or_else(|| Talk::says("NO_ANSWER")), state.held.clone())
    };
    held.wait_for(|held| !held).await.ok()?;
    if let Talk::After(wait, _) = &talk {
        tokio::time::sleep(*wait).await;
    }
    for piece in talk.pieces(&body) {
        line.write_all(&piece).await.ok()?;
        line.flush().await.ok()?;
    }
    if talk.goes_silent() { silence(line).await } else { Some(()) }
}
