//! An OpenAI-compatible embeddings endpoint on this machine, which misbehaves when told to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::line::{Listening, Request, lock, request, silence};

/// What it does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// None: vectors.
    Works,
    /// Answers with a status.
    Status(u16),
    /// Asks to be left alone for so many seconds.
    Busy(u64),
    /// Reads everything and says nothing, for as long as the other side bears it.
    Hangs,
    /// Vectors of another length.
    OtherSize,
    /// A page that is no answer.
    Rubbish,
    /// One vector fewer than was asked for.
    OneShort,
}

/// A running endpoint. Its vectors are the built-in model's directions.
pub struct EmbeddingsStub {
    listening: Listening,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    next: VecDeque<Fault>,
    always: Option<Fault>,
    asked: Vec<(String, Value)>,
}

impl EmbeddingsStub {
    /// One that works.
    pub async fn open() -> Self {
        let state = Arc::<Mutex<State>>::default();
        Self { listening: Listening::anywhere(state.clone(), answer).await, state }
    }

    /// The address for the configuration.
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.listening.address)
    }

    /// What it does with the next requests; afterwards it works.
    pub fn does(&self, next: &[Fault]) {
        lock(&self.state).next.extend(next);
    }

    /// What it does with all requests, or `None` to work again.
    pub fn always(&self, fault: Option<Fault>) {
        lock(&self.state).always = fault;
    }

    /// What was asked so far: heads in lower case, and bodies.
    pub fn asked(&self) -> Vec<(String, Value)> {
        lock(&self.state).asked.clone()
    }
}

async fn answer(mut line: TcpStream, state: Arc<Mutex<State>>) -> Option<()> {
    let Request { head, body } = request(&mut line).await?;
    let body: Value = serde_json::from_slice(&body).ok()?;
    let fault = {
        let mut state = lock(&state);
        state.asked.push((head.to_lowercase(), body.clone()));
        state.next.pop_front().or(state.always).unwrap_or(Fault::Works)
    };
    let (status, more, told) = match fault {
        Fault::Works => (200, String::new(), vectors(&body, 0, 0)),
        Fault::OtherSize => (200, String::new(), vectors(&body, 3, 0)),
        Fault::OneShort => (200, String::new(), vectors(&body, 0, 1)),
        Fault::Rubbish => (200, String::new(), "<html>welcome</html>".to_owned()),
        Fault::Status(status) => (status, String::new(), json!({ "error": "no" }).to_string()),
        Fault::Busy(seconds) => (429, format!("retry-after: {seconds}\r\n"), String::new()),
        Fault::Hangs => return silence(line).await,
    };
    let length = told.len();
    let answer = format!(
        "HTTP/1.1 {status} Said\r\ncontent-length: {length}\r\n{more}connection: close\r\n\r\n{told}"
    );
    line.write_all(answer.as_bytes()).await.ok()
}

/// Vectors of the input, each so many numbers longer, in reverse: an order is no promise.
fn vectors(body: &Value, longer: usize, fewer: usize) -> String {
    let model = language::embed::shipped();
    let row = |(index, text): (usize, &Value)| {
        let meaning = model.embed(text.as_str().unwrap_or_default());
        let mut numbers = vec![0.0; model.dim()];
        if let Some(meaning) = meaning {
            numbers = meaning.parts().iter().map(|part| f32::from(*part) * meaning.scale()).collect();
        }
        numbers.extend(std::iter::repeat_n(0.5, longer));
        json!({ "object": "embedding", "index": index, "embedding": numbers })
    };
    let input = body["input"].as_array().cloned().unwrap_or_default();
    let rows: Vec<Value> = input.iter().enumerate().skip(fewer).map(row).rev().collect();
    json!({ "object": "list", "data": rows, "model": body["model"] }).to_string()
}
