//! One function a row (or a few that belong together) of the table.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    Result, knowledge,
    server::{Server, built, command},
    table::Table,
    visitors,
};

pub(crate) const MB: f64 = 1024.0 * 1024.0;

/// What the figures are to be read against: how busy the machine is, and what one flush to its disk takes.
pub(crate) fn machine(place: &TempDir) -> Result<String> {
    let mut file = std::fs::File::create(place.path().join("flushed"))?;
    let mut took = Histogram::<u64>::new(3)?;
    for _ in 0..200 {
        let begun = Instant::now();
        file.write_all(&[1; 4096])?;
        file.sync_data()?;
        took.record(begun.elapsed().as_micros() as u64)?;
    }
    let cores = std::thread::available_parallelism()?;
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?");
    let (usual, rare) = (millis(&took, 50.0), millis(&took, 99.0));
    Ok(format!(
        "{cores} cores, load {load}; one flush to disk takes {usual:.2} ms, one in a hundred {rare:.1} ms"
    ))
}

/// Accepted messages a second, against a loop that only inserts and flushes.
pub(crate) fn accept(table: &mut Table, place: &TempDir) -> Result<()> {
    let output = Command::new(built("examples/accept")?).current_dir(place.path()).output()?;
    let measured: Value = serde_json::from_slice(&output.stdout)?;
    let number = |name: &str| measured[name].as_f64().ok_or(format!("accept said {measured}"));
    let share = number("ratio")? * 100.0;
    let what = format!(
        "messages accepted, on disk: {:.0}/s against {:.0}/s by a bare insert-and-flush loop",
        number("accepted_per_s")?,
        number("bare_per_s")?
    );
    table.at_least(&what, 50.0, share, "%");
    Ok(())
}

/// All of understanding a message, on one thread, and learning what there is to understand.
pub(crate) fn understand(table: &mut Table) -> Result<()> {
    let output = Command::new(built("examples/understand")?).output()?;
    let measured: Value = serde_json::from_slice(&output.stdout)?;
    let number = |name: &str| measured[name].as_f64().ok_or(format!("understand said {measured}"));
    table.at_most("understand one message, p50", 0.3, number("p50_us")? / 1e3, "ms");
    table.at_most("understand one message, p99", 1.0, number("p99_us")? / 1e3, "ms");
    table.at_most("resident while understanding, all models", 60.0, number("resident_mb")?, "MB");
    table.at_most("learn 10,000 examples of 77 intents", 10.0, number("train_s")?, "s");
    Ok(())
}

/// Ten thousand entries from a file into an empty folder.
pub(crate) fn index(table: &mut Table, place: &TempDir) -> Result<PathBuf> {
    let (file, data) = (place.path().join("knowledge.jsonl"), place.path().join("data"));
    knowledge::write(&file, knowledge::ENTRIES)?;
    let took = command(&data, &["import", &file.to_string_lossy()])?;
    table.at_most("import and index 10,000 entries", 20.0, took.as_secs_f64(), "s");
    Ok(data)
}

/// Looking through ten thousand entries for what is wrong: in the background, so what it takes of a processor counts.
pub(crate) fn check_up(table: &mut Table, place: &TempDir) -> Result<()> {
    let file = place.path().join("checked.jsonl");
    knowledge::write(&file, knowledge::ENTRIES)?;
    let output = Command::new(built("examples/check_up")?).arg(&file).output()?;
    let measured: Value = serde_json::from_slice(&output.stdout)?;
    let number = |name: &str| measured[name].as_f64().ok_or(format!("check_up said {measured}"));
    let what = "check-up of 10,000 entries made of few templates, on one processor";
    table.at_most(what, 15.0, number("processor_s")?, "s");
    Ok(())
}

/// From the start of the process until messages are accepted; the median of five.
pub(crate) async fn start(table: &mut Table, data: &Path) -> Result<()> {
    let mut times = Vec::new();
    let mut memory = 0.0_f64;
    for _ in 0..5 {
        let server = Server::start(data).await?;
        times.push(server.ready_after);
        tokio::time::sleep(Duration::from_millis(300)).await;
        memory = memory.max(server.memory()?.0);
    }
    times.sort();
    table.at_most("start to /readyz, 10,000 entries", 1.5, times[2].as_secs_f64(), "s");
    table.at_most("resident after the start", 250.0, memory / MB, "MB");
    Ok(())
}

/// From the command that changes an entry until a customer gets the new words.
pub(crate) async fn edit(table: &mut Table, data: &Path) -> Result<()> {
    let server = Server::start(data).await?;
    let mut client = server.client().await?;
    let file = data.join("edit.jsonl");
    let mut worst = Duration::ZERO;
    for round in 0..5 {
        let mark = format!(" Edition {round}.");
        std::fs::write(&file, knowledge::entry(0, &mark))?;
        let begun = Instant::now();
        command(data, &["import", &file.to_string_lossy()])?;
        let question = json!({ "question": "标准款沙发退货运费谁承担？" });
        while !client.post("/v1/ask", &question).await?["text"].as_str().unwrap_or_default().contains(&mark) {
            if begun.elapsed() > Duration::from_secs(20) {
                return Err("the edit was never found".into());
            }
        }
        worst = worst.max(begun.elapsed());
    }
    table.at_most("an edit is found after", 1.0, worst.as_secs_f64(), "s");
    Ok(())
}

/// What the trace says that understanding, finding, deciding and wording took.
pub(crate) async fn knowledge(table: &mut Table, data: &Path) -> Result<()> {
    let server = Server::start(data).await?;
    let took = asked(&server, knowledge::ENTRIES).await?;
    table.at_most("knowledge answer inside the server, p50", 3.0, millis(&took, 50.0), "ms");
    table.at_most("knowledge answer inside the server, p99", 20.0, millis(&took, 99.0), "ms");
    Ok(())
}

/// The times, in microseconds, of three thousand questions about so many entries.
pub(crate) async fn asked(server: &Server, entries: usize) -> Result<Histogram<u64>> {
    let mut client = server.client().await?;
    let mut took = Histogram::<u64>::new(3)?;
    for number in 0..3_000 {
        let question = json!({ "question": knowledge::question(number, entries) });
        let answer = client.post("/v1/ask", &question).await?;
        took.record(answer["latency_us"].as_u64().ok_or("an answer without times")?)?;
    }
    Ok(took)
}

/// From the moment a message is due until its answer is on the socket.
pub(crate) async fn latency(table: &mut Table, data: &Path) -> Result<()> {
    let server = Server::start(data).await?;
    let warm = visitors::arrive(server.address, 20).await?;
    visitors::stream(warm, 50, 2).await?;
    let visitors = visitors::arrive(server.address, 400).await?;
    let waits = visitors::stream(visitors, 200, 20).await?;
    let what = format!(
        "send to reply on the socket, 200 messages/s, p99 (p50 {:.1} ms, most {:.0} ms)",
        millis(&waits, 50.0),
        millis(&waits, 100.0)
    );
    table.at_most(&what, 60.0, millis(&waits, 99.0), "ms");
    Ok(())
}

/// What an open socket costs that nobody writes on.
pub(crate) async fn idle(table: &mut Table, place: &TempDir) -> Result<()> {
    const SOCKETS: usize = 2_000;
    // Without knowledge: what indexing has used and given back would hide what sockets take.
    let data = place.path().join("empty");
    std::fs::create_dir_all(&data)?;
    let server = Server::start(&data).await?;
    // The first sockets load code and grow pools; they are not what one more costs.
    let first = visitors::arrive(server.address, 50).await?;
    // What starting has used is given back in the seconds after it.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let before = server.memory()?.0;
    let visitors = visitors::arrive(server.address, SOCKETS).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let after = server.memory()?.0;
    table.at_least("idle sockets held", SOCKETS as f64, visitors.len() as f64, "");
    table.at_most("memory of an idle socket", 60.0, (after - before) / 1024.0 / visitors.len() as f64, "kB");
    drop(first);
    Ok(())
}

/// The crash test, longer than in the test run.
pub(crate) fn crash(table: &mut Table, cycles: &str) -> Result<()> {
    let done = Command::new(cargo())
        .args(["test", "--package", "frontdesk", "--test", "it", "--", "--nocapture", "crash"])
        .env("FRONTDESK_CRASH_CYCLES", cycles)
        .stdout(std::io::stderr())
        .status()?;
    let broken = if done.success() { 0.0 } else { 1.0 };
    table.at_most(&format!("promises broken in {cycles} kills under load"), 0.0, broken, "");
    Ok(())
}

/// The build that a newcomer waits for.
pub(crate) fn first_build(table: &mut Table, place: &TempDir) -> Result<()> {
    let begun = Instant::now();
    let done = Command::new(cargo())
        .args(["build", "--release", "--target-dir"])
        .arg(place.path().join("first-build"))
        .stdout(std::io::stderr())
        .status()?;
    if !done.success() {
        return Err("the first build failed".into());
    }
    table.at_most(
        "first build for release, nothing built before",
        8.0,
        begun.elapsed().as_secs_f64() / 60.0,
        "min",
    );
    Ok(())
}

pub(crate) fn millis(histogram: &Histogram<u64>, percentile: f64) -> f64 {
    histogram.value_at_percentile(percentile) as f64 / 1000.0
}

fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}
