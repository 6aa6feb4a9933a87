//! Visitors with open sockets who write at set times.

use std::{collections::VecDeque, net::SocketAddr, time::Duration};

use futures_util::{SinkExt, StreamExt};
use hdrhistogram::Histogram;
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    task::JoinSet,
    time::{Instant, sleep_until, timeout},
};
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

use crate::{
    Result,
    client::Client,
    knowledge::{ENTRIES, question},
};

/// What a visitor writes, and when.
pub(crate) type Lines = Vec<(Instant, String)>;

/// A visitor's open socket that has said hello and heard `ready`.
pub(crate) struct Visitor(WebSocketStream<TcpStream>);

impl Visitor {
    pub(crate) async fn arrive(address: SocketAddr, client: &mut Client) -> Result<Self> {
        let session = client.post("/v1/widget/session", &json!({ "visitor": null, "locale": "zh" })).await?;
        let line = TcpStream::connect(address).await?;
        line.set_nodelay(true)?;
        let (mut socket, _) = client_async(format!("ws://{address}/v1/widget/socket"), line).await?;
        let hello = json!({ "type": "hello", "visitor": session["visitor"], "after": null });
        socket.send(Message::text(hello.to_string())).await?;
        let mut visitor = Self(socket);
        while visitor.next().await?["type"] != "ready" {}
        Ok(visitor)
    }

    async fn next(&mut self) -> Result<Value> {
        loop {
            match self.0.next().await.ok_or("the server hung up")?? {
                Message::Text(text) => return Ok(serde_json::from_str(&text)?),
                Message::Close(_) => return Err("the server hung up".into()),
                _ => {}
            }
        }
    }

    /// Asks, and waits for the first words of the answer.
    pub(crate) async fn hears(&mut self, text: &str) -> Result<Instant> {
        let send = json!({ "type": "send", "id": text, "text": text });
        self.0.send(Message::text(send.to_string())).await?;
        loop {
            let event = timeout(Duration::from_secs(10), self.next()).await??;
            if event["type"] == "delta" || (event["type"] == "message" && event["author"] == "assistant") {
                return Ok(Instant::now());
            }
        }
    }

    /// Writes each line at its time; how long each waited for its answer, in microseconds.
    async fn talk(mut self, lines: Lines) -> Result<Vec<u64>> {
        let mut due: VecDeque<(usize, (Instant, String))> = lines.into_iter().enumerate().collect();
        let mut open: VecDeque<Instant> = VecDeque::new();
        let mut waits = Vec::with_capacity(due.len());
        while !due.is_empty() || !open.is_empty() {
            let next =
                due.front().map_or_else(|| Instant::now() + Duration::from_secs(30), |(_, (at, _))| *at);
            tokio::select! {
                () = sleep_until(next) => {
                    let Some((number, (at, text))) = due.pop_front() else { return Err("no answer within 30 s".into()) };
                    let send = json!({ "type": "send", "id": number.to_string(), "text": text });
                    self.0.send(Message::text(send.to_string())).await?;
                    open.push_back(at);
                }
                event = self.next() => {
                    let event = event?;
                    if event["type"] == "refused" {
                        return Err(format!("refused: {event}").into());
                    }
                    if event["type"] == "message" && event["author"] == "assistant" {
                        // One turn answers everything that was said before it.
                        let now = Instant::now();
                        waits.extend(open.drain(..).map(|at| now.duration_since(at).as_micros() as u64));
                    }
                }
            }
        }
        Ok(waits)
    }
}

/// So many visitors with open sockets.
pub(crate) async fn arrive(address: SocketAddr, count: usize) -> Result<Vec<Visitor>> {
    let mut client = Client::connect(address, "").await?;
    let mut visitors = Vec::with_capacity(count);
    for _ in 0..count {
        visitors.push(timeout(Duration::from_secs(10), Visitor::arrive(address, &mut client)).await??);
    }
    Ok(visitors)
}

/// An even stream of messages, the visitors taking turns; how long each waited for its answer.
pub(crate) async fn stream(visitors: Vec<Visitor>, per_second: u32, seconds: u32) -> Result<Histogram<u64>> {
    let begin = Instant::now() + Duration::from_millis(500);
    let gap = Duration::from_secs(1) / per_second;
    let count = visitors.len();
    let lines = (0..count).map(|name| {
        let turns = (name..(per_second * seconds) as usize).step_by(count);
        let asks = |(number, turn)| (begin + gap * turn as u32, question(name * 31 + number, ENTRIES));
        turns.enumerate().map(asks).collect()
    });
    talks(visitors, lines).await
}

/// Each visitor writes their lines; how long each waited for its answer.
pub(crate) async fn talks(
    visitors: Vec<Visitor>,
    lines: impl IntoIterator<Item = Lines>,
) -> Result<Histogram<u64>> {
    let mut talks = JoinSet::new();
    for (visitor, lines) in visitors.into_iter().zip(lines) {
        talks.spawn(visitor.talk(lines));
    }
    let mut histogram = Histogram::new(3)?;
    while let Some(waits) = talks.join_next().await {
        for wait in waits?? {
            histogram.record(wait)?;
        }
    }
    Ok(histogram)
}
