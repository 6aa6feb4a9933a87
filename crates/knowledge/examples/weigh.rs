//! How much memory knowledge takes: the process after each step, and the most that it ever had, in MB.
//! `cargo run --release -p knowledge --example weigh -- knowledge.jsonl`

use std::{env, path::PathBuf, sync::Arc, thread::sleep, time::Duration};

use domain::{Entry, Timestamp};
use knowledge::{FullText, Library, import};

/// As in the product.
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The allocator keeps what was let go of for a second.
fn step(what: &str) {
    sleep(Duration::from_millis(1_500));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let [now, most] = ["VmRSS:", "VmHWM:"].map(|name| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
        kb.unwrap_or_default() * 1_024 / 1_000_000
    });
    println!("{what:<28} {now:>5} MB, at most {most:>5}");
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = PathBuf::from(env::args().nth(1).ok_or("which file of knowledge?")?);
    let now: Timestamp = "2026-01-01T00:00:00Z".parse()?;
    language::embed::shipped();
    let library = Library::new();
    step("models");
    let harvest = import::read(&[path], now)?;
    step("the file, read");
    let entries: Vec<Arc<Entry>> = harvest.entries.into_iter().map(Arc::new).collect();
    step("entries");
    library.load(entries, 1, None);
    step("and indexed");
    for (what, bytes) in library.holds() {
        println!("    {what:<24} {:>5} MB", bytes / 1_000_000);
    }
    let words = FullText::new()?;
    words.change(library.entries().iter().map(|entry| &**entry), &[], 1)?;
    step("and every word");
    library.adapt();
    step("and meanings learnt");
    Ok(())
}
