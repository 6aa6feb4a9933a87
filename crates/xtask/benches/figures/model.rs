//! Beside a model that takes its time: whom it holds up, and how soon its words are heard.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::Instant,
};

use crate::{
    Result,
    knowledge::{ENTRIES, question},
    server::Server,
    table::Table,
    visitors::{self, Lines},
};

/// So long does a slow model take.
const SLOW: Duration = Duration::from_secs(2);
/// So many conversations wait for it.
const WAITING: usize = 1_000;
/// They begin within this time: as fast as two cores can serve them.
const RUSH: Duration = Duration::from_secs(4);
/// So many others go on meanwhile, each writing so often.
const OTHERS: usize = 60;
const LINES: usize = 8;

/// A model server on this machine that says the first sentence of the first passage.
struct Model {
    takes: Arc<Mutex<Duration>>,
    said: Arc<Mutex<Instant>>,
}

impl Model {
    /// Listens, and writes where into the configuration of the server to come.
    async fn open(data: &Path) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let settings = format!(
            "[[models.chat]]\nurl = \"http://{}/v1\"\nmodel = \"stub\"\n\n[models.budget]\nday = {{ tokens = 100000000, money = 0.0 }}\n",
            listener.local_addr()?
        );
        std::fs::write(data.join("frontdesk.toml"), settings)?;
        let model =
            Self { takes: Arc::new(Mutex::new(Duration::ZERO)), said: Arc::new(Mutex::new(Instant::now())) };
        let (takes, said) = (Arc::clone(&model.takes), Arc::clone(&model.said));
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                let takes = *takes.lock().unwrap_or_else(PoisonError::into_inner);
                tokio::spawn(answer(line, takes, Arc::clone(&said)));
            }
        });
        Ok(model)
    }

    fn takes(&self, time: Duration) {
        *self.takes.lock().unwrap_or_else(PoisonError::into_inner) = time;
    }

    fn said(&self) -> Instant {
        *self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(line: TcpStream, takes: Duration, said: Arc<Mutex<Instant>>) -> Result<()> {
    let mut line = BufReader::new(line);
    let asked = read(&mut line).await?;
    tokio::time::sleep(takes).await;
    let piece = json!({ "choices": [{ "index": 0, "delta": { "content": sentence(&asked) } }] });
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
    line.write_all(format!("{head}data: {piece}\n\n").as_bytes()).await?;
    *said.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    // It thinks about a second sentence, and leaves it.
    tokio::time::sleep(Duration::from_millis(200)).await;
    line.write_all(b"data: [DONE]\n\n").await?;
    Ok(())
}

async fn read(line: &mut BufReader<TcpStream>) -> Result<Value> {
    let (mut head, mut length) = (String::new(), 0);
    while line.read_line(&mut head).await? > 2 {
        let header = head.lines().last().unwrap_or_default().to_ascii_lowercase();
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    line.read_exact(&mut body).await?;
    Ok(serde_json::from_slice(&body)?)
}

/// The first sentence of the first passage, cited.
fn sentence(asked: &Value) -> String {
    let told = asked["messages"][1]["content"].as_str().unwrap_or_default();
    let told: Value = serde_json::from_str(told).unwrap_or_default();
    let text = told["passages"][0]["text"].as_str().unwrap_or_default();
    text.strip_suffix('。')
        .map_or_else(|| format!("{} [1].\n", text.trim_end_matches('.')), |text| format!("{text}[1]。\n"))
}

/// Questions that the knowledge answers itself, and such that a model is asked about.
async fn questions(data: &Path) -> Result<(Vec<String>, Vec<String>)> {
    let server = Server::start(data).await?;
    let mut client = server.client().await?;
    let (mut sure, mut open) = (Vec::new(), Vec::new());
    for number in 0..400 {
        let text = question(number, ENTRIES);
        let answer = client.post("/v1/ask", &json!({ "question": &text })).await?;
        match answer["rung"].as_str() {
            Some("exact") => sure.push(text),
            Some("suggest") => open.push(text),
            _ => {}
        }
    }
    if sure.is_empty() || open.is_empty() {
        return Err("no question for a model, or none without".into());
    }
    Ok((sure, open))
}

/// How long others wait while a great many conversations wait for a model of 2 seconds, against the same with a model
/// that takes no time; and how soon a model's first words are heard.
pub(crate) async fn model(table: &mut Table, data: &Path) -> Result<()> {
    let (sure, open) = questions(data).await?;
    let model = Model::open(data).await?;
    let server = Server::start(data).await?;
    let first = first_words(&server, &model, &open).await?;
    let mut waits = Vec::new();
    for takes in [Duration::ZERO, Duration::ZERO, SLOW] {
        model.takes(takes);
        waits.push(others(&server, &sure, &open).await?);
        // Whoever still waits is answered before the next begin.
        tokio::time::sleep(SLOW).await;
    }
    std::fs::remove_file(data.join("frontdesk.toml"))?;
    let millis = |at: usize, share| waits[at].value_at_percentile(share) as f64 / 1e3;
    let what = format!(
        "others' wait beside {WAITING} conversations with a model of 2 s, against one that takes no time, p50 (p99 {:.0} and {:.0} ms)",
        millis(2, 99.0),
        millis(1, 99.0)
    );
    table.at_most(&what, 110.0, 100.0 * millis(2, 50.0) / millis(1, 50.0), "%");
    table.at_most("a model's first words after it said them", 50.0, first, "ms");
    Ok(())
}

/// In milliseconds, the ninth of ten.
async fn first_words(server: &Server, model: &Model, open: &[String]) -> Result<f64> {
    let mut waits = Vec::new();
    for (visitor, text) in visitors::arrive(server.address, 30).await?.iter_mut().zip(open.iter().cycle()) {
        let heard = visitor.hears(text).await?;
        waits.push(heard.saturating_duration_since(model.said()));
    }
    waits.sort();
    Ok(waits[waits.len() * 9 / 10].as_secs_f64() * 1e3)
}

/// How long others wait for answers that need no model, while so many conversations begin that do.
async fn others(server: &Server, sure: &[String], open: &[String]) -> Result<hdrhistogram::Histogram<u64>> {
    let (waiting, others) =
        (visitors::arrive(server.address, WAITING).await?, visitors::arrive(server.address, OTHERS).await?);
    let begin = Instant::now() + Duration::from_millis(500);
    let evenly = |count: usize, at: usize| begin + RUSH.mul_f64(at as f64 / count as f64);
    let asks = (0..WAITING).map(|at| vec![(evenly(WAITING, at), open[at % open.len()].clone())]);
    let asks: Vec<Lines> = asks.collect();
    let rush = tokio::spawn(async move { visitors::talks(waiting, asks).await });
    let lines = (0..OTHERS).map(|name| {
        let turns = (0..LINES).map(|turn| turn * OTHERS + name);
        turns.map(|turn| (evenly(OTHERS * LINES, turn), sure[turn % sure.len()].clone())).collect::<Lines>()
    });
    let waits = visitors::talks(others, lines.collect::<Vec<_>>()).await?;
    rush.await??;
    Ok(waits)
}
