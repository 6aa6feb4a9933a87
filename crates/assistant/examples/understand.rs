//! How long it takes to understand a message, all of it on one thread, how much memory that needs, and how long
//! 10,000 examples of 77 intents take to learn.
//!
//! Prints one line of JSON: `cargo run --release -p assistant --example understand`, in the repository's root.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use assistant::{Assistant, Phrases, Policy};
use domain::{Lang, Timestamp};
use knowledge::Library;
use language::{
    embed,
    train::intent::{Example, Settings, train},
};

/// Each message is understood so often; the first round warms up and is not counted.
const ROUNDS: usize = 6;
const EXAMPLES: usize = 10_000;
const INTENTS: usize = 77;

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let assistant = shop()?;
    let messages = messages()?;
    let mut took = Vec::new();
    for round in 0..ROUNDS {
        for message in &messages {
            let begun = Instant::now();
            let reading = assistant.read(message, Lang::Zh, Timestamp::UNIX_EPOCH);
            std::hint::black_box(assistant.intents().read(&reading.meant));
            if round > 0 {
                took.push(begun.elapsed());
            }
        }
    }
    took.sort_unstable();
    let at = |percent: usize| micros(took[(took.len() - 1) * percent / 100]);
    let resident = resident_mb();
    let learning = learning(&messages);
    println!(
        "{{\"p50_us\": {:.1}, \"p99_us\": {:.1}, \"resident_mb\": {resident:.1}, \"train_s\": {:.2}}}",
        at(50),
        at(99),
        learning.as_secs_f64()
    );
    Ok(())
}

/// An assistant that learnt what the sample shop's customers want.
fn shop() -> Result<Assistant, Error> {
    let files =
        ["knowledge.zh.jsonl", "knowledge.en.jsonl"].map(|name| PathBuf::from("examples/shop").join(name));
    let harvest = knowledge::import::read(&files, Timestamp::UNIX_EPOCH)?;
    let library = Library::new();
    library.change(&harvest.entries, &[], 1);
    let examples = library.examples(&[]);
    let phrases = Phrases { shop: ("小店".to_owned(), "the shop".to_owned()) };
    let assistant = Assistant::new(Arc::new(Library::new()), Policy::shipped(), phrases);
    assistant.intents().learn(&examples);
    Ok(assistant)
}

/// What customers of the sample shop ask, in both languages.
fn messages() -> Result<Vec<String>, Error> {
    let mut messages = Vec::new();
    for name in ["questions.zh.jsonl", "questions.en.jsonl"] {
        for line in std::fs::read_to_string(PathBuf::from("examples/shop").join(name))?.lines() {
            let row: serde_json::Value = serde_json::from_str(line)?;
            messages.extend(row["query"].as_str().map(str::to_owned));
        }
    }
    Ok(messages)
}

fn learning(messages: &[String]) -> Duration {
    let example = |at: usize| {
        let (one, other) = (&messages[at % messages.len()], &messages[(at * 7 + at / 97) % messages.len()]);
        Example { text: format!("{one} {other}"), intent: format!("intent-{}", at % INTENTS) }
    };
    let examples: Vec<Example> = (0..EXAMPLES).map(example).collect();
    let begun = Instant::now();
    std::hint::black_box(train(&embed::shipped(), &examples, &Settings::default()));
    begun.elapsed()
}

fn micros(took: Duration) -> f64 {
    took.as_secs_f64() * 1e6
}

/// Memory held now, in MB; 0 where the system does not say.
fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}
