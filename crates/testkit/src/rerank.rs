//! A reranking endpoint on this machine, which misbehaves when told to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::line::{Listening, Request, lock, request, silence};

/// What it does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RerankFault {
    /// None: numbers.
    Works,
    /// Answers with a status.
    Status(u16),
    /// Reads everything and says nothing, for as long as the other side bears it.
    Hangs,
    /// A page that is no answer.
    Rubbish,
    /// One number fewer than there are documents.
    OneShort,
    /// An index beyond the documents.
    OutOfRange,
    /// The same index twice.
    Twice,
    /// What is no number.
    NotANumber,
}

/// A running endpoint. It finds documents that lie close in the built-in meaning the fittest, and above all those that
/// hold the words that it was told to like.
pub struct RerankStub {
    listening: Listening,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    next: VecDeque<RerankFault>,
    always: Option<RerankFault>,
    likes: Option<String>,
    asked: Vec<(String, Value)>,
}

impl RerankStub {
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
    pub fn does(&self, next: &[RerankFault]) {
        lock(&self.state).next.extend(next);
    }

    /// What it does with all requests, or `None` to work again.
    pub fn always(&self, fault: Option<RerankFault>) {
        lock(&self.state).always = fault;
    }

    /// From now on documents with these words come first.
    pub fn likes(&self, words: &str) {
        lock(&self.state).likes = Some(words.to_owned());
    }

    /// What was asked so far: heads in lower case, and bodies.
    pub fn asked(&self) -> Vec<(String, Value)> {
        lock(&self.state).asked.clone()
    }
}

async fn answer(mut line: TcpStream, state: Arc<Mutex<State>>) -> Option<()> {
    let Request { head, body } = request(&mut line).await?;
    let body: Value = serde_json::from_slice(&body).ok()?;
    let (fault, likes) = {
        let mut state = lock(&state);
        state.asked.push((head.to_lowercase(), body.clone()));
        (state.next.pop_front().or(state.always).unwrap_or(RerankFault::Works), state.likes.clone())
    };
    let (status, told) = match fault {
        RerankFault::Status(status) => (status, json!({ "error": "no" }).to_string()),
        RerankFault::Rubbish => (200, "<html>welcome</html>".to_owned()),
        RerankFault::Hangs => return silence(line).await,
        fault => (200, numbers(&body, likes.as_deref(), fault)),
    };
    let length = told.len();
    let answer =
        format!("HTTP/1.1 {status} Said\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{told}");
    line.write_all(answer.as_bytes()).await.ok()
}

/// Numbers of the documents, best first as these endpoints do.
fn numbers(body: &Value, likes: Option<&str>, fault: RerankFault) -> String {
    let model = language::embed::shipped();
    let asked = model.embed(body["query"].as_str().unwrap_or_default());
    let score = |text: &Value| {
        let text = text.as_str().unwrap_or_default();
        let close = asked.as_ref().zip(model.embed(text)).map_or(0.0, |(a, b)| f64::from(a.closeness(&b)));
        if likes.is_some_and(|likes| text.contains(likes)) { 2.0 } else { close }
    };
    let documents = body["documents"].as_array().cloned().unwrap_or_default();
    let mut scores: Vec<(usize, f64)> = documents.iter().map(score).enumerate().collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut rows: Vec<Value> =
        scores.iter().map(|(index, score)| json!({ "index": index, "relevance_score": score })).collect();
    match fault {
        RerankFault::OneShort => drop(rows.pop()),
        RerankFault::OutOfRange => rows[0]["index"] = json!(documents.len()),
        RerankFault::Twice => rows[0]["index"] = rows[1]["index"].clone(),
        // JSON knows no such number: a careless server writes it all the same.
        RerankFault::NotANumber => {
            rows[0]["relevance_score"] = json!("NaN");
            return json!({ "results": rows }).to_string().replace("\"NaN\"", "NaN");
        }
        _ => {}
    }
    json!({ "model": body["model"], "results": rows }).to_string()
}
