//! How long it takes to understand a message, all of it on one thread, how much memory that needs, and how long
//! 10,000 examples of 77 intents take to learn.
//!
//! Who learns holds memory that understanding does not need. So one process learns, and starts itself again: the second
//! one recalls what was learnt, as a server does after a start, and holds nothing else.
//!
//! What recalling let go of is given back to the system by the allocator a second later, when something else is let go
//! of, as happens all the time in a server: `resident_mb` is the memory after that, `resident_at_start_mb` before.
//!
//! Prints one line of JSON: `cargo run --release -p assistant --example understand`, in the repository's root.

use std::{
    path::PathBuf,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use assistant::{
    Assistant, Phrases, Policy,
    satisfaction::{self, Role, Turn},
};
use domain::{Lang, Timestamp};
use knowledge::Library;
use language::{
    embed,
    train::intent::{Example, Settings, train},
};

/// As in the product.
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Each message is understood so often; the first round warms up and is not counted.
const ROUNDS: usize = 6;
/// For so long the allocator keeps what was let go of.
const A_SECOND: Duration = Duration::from_millis(1_200);
const EXAMPLES: usize = 10_000;
const INTENTS: usize = 77;
/// Says that this process is the one that understands.
const UNDERSTAND: &str = "understand";

/// The files by which the first process tells the second what was learnt, of which examples, and the messages.
const LEARNT: &str = "learnt";
const OF: &str = "of";
const MESSAGES: &str = "messages";

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    if std::env::args().any(|word| word == UNDERSTAND) {
        return understand();
    }
    let messages = messages()?;
    let understood = understood_elsewhere(&messages)?;
    let train_s = learning(&messages).as_secs_f64();
    println!("{{{understood}, \"train_s\": {train_s:.2}}}");
    Ok(())
}

/// What the second process measures.
fn understood_elsewhere(messages: &[String]) -> Result<String, Error> {
    let examples = shop_examples()?;
    let assistant = assistant();
    assistant.intents().learn(&examples);
    let learnt = assistant.intents().learnt(&examples).ok_or("the shop has intents")?;
    let place = std::env::temp_dir().join(format!("understand-{}", std::process::id()));
    std::fs::create_dir_all(&place)?;
    std::fs::write(place.join(LEARNT), learnt)?;
    let rows = examples.iter().map(|row| format!("{}\t{}\n", row.intent, row.text));
    std::fs::write(place.join(OF), rows.collect::<String>())?;
    std::fs::write(place.join(MESSAGES), messages.join("\n"))?;
    let output = Command::new(std::env::current_exe()?).arg(UNDERSTAND).arg(&place).output();
    std::fs::remove_dir_all(&place)?;
    let output = output?;
    if !output.status.success() {
        return Err("the process that understands failed".into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Understands all messages and says how long it took and how much memory is held.
fn understand() -> Result<(), Error> {
    let (assistant, messages) = told()?;
    let mut took = Vec::new();
    for round in 0..ROUNDS {
        for message in &messages {
            let begun = Instant::now();
            let reading = assistant.read(message, Lang::Zh, Timestamp::UNIX_EPOCH);
            std::hint::black_box(assistant.intents().read(&reading.meant));
            std::hint::black_box(satisfaction::satisfaction(&[Turn { role: Role::Customer, text: message }]));
            if round > 0 {
                took.push(begun.elapsed());
            }
        }
    }
    let at_start = resident_mb("VmRSS:");
    let_go();
    took.sort_unstable();
    let at = |percent: usize| took[(took.len() - 1) * percent / 100].as_secs_f64() * 1e6;
    let (resident, of_the_program) = (resident_mb("VmRSS:"), resident_mb("RssFile:"));
    print!(
        "\"p50_us\": {:.1}, \"p99_us\": {:.1}, \"resident_at_start_mb\": {at_start:.1}, \"resident_mb\": {resident:.1}, \"of_it_program_mb\": {of_the_program:.1}",
        at(50),
        at(99),
    );
    Ok(())
}

/// Waits until the allocator may give back what was let go of, and lets go of a little more, in a thread that ends.
fn let_go() {
    std::thread::sleep(A_SECOND);
    drop(std::thread::spawn(|| drop(std::hint::black_box(vec![1_u8; 300_000]))).join());
}

/// An assistant that recalls what the sample shop's customers want, and their messages.
fn told() -> Result<(Assistant, Vec<String>), Error> {
    let place = PathBuf::from(std::env::args().next_back().ok_or("it says where")?);
    let rows = std::fs::read_to_string(place.join(OF))?;
    let example = |(intent, text): (&str, &str)| Example { text: text.to_owned(), intent: intent.to_owned() };
    let examples: Vec<Example> = rows.lines().filter_map(|line| line.split_once('\t')).map(example).collect();
    let learnt = std::fs::read(place.join(LEARNT))?;
    let messages = std::fs::read_to_string(place.join(MESSAGES))?.lines().map(str::to_owned).collect();
    let assistant = assistant();
    if !assistant.intents().recall(&examples, &learnt) {
        return Err("what was learnt is recalled".into());
    }
    Ok((assistant, messages))
}

fn assistant() -> Assistant {
    let phrases = Phrases { shop: ("小店".to_owned(), "the shop".to_owned()) };
    Assistant::new(Arc::new(Library::new()), Policy::shipped(), phrases)
}

/// Ways of asking in the sample shop's knowledge.
fn shop_examples() -> Result<Vec<Example>, Error> {
    let files =
        ["knowledge.zh.jsonl", "knowledge.en.jsonl"].map(|name| PathBuf::from("examples/shop").join(name));
    let harvest = knowledge::import::read(&files, Timestamp::UNIX_EPOCH)?;
    let library = Library::new();
    library.change(&harvest.entries, &[], 1);
    Ok(library.examples(&[]))
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

/// Memory held now, in MB, by this line of what the system says; 0 where it says nothing.
fn resident_mb(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}
