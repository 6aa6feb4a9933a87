//! What a check-up of knowledge costs and finds: `cargo run --release -p knowledge --example check_up -- FILES`.
//!
//! Prints one line of JSON; with the word `list` in front of the files, first every finding. The processor's time is
//! told beside the clock's, which other processes lengthen.

use std::{env, path::PathBuf, sync::Arc, time::Instant};

use domain::{Entry, Timestamp};
use jiff::civil::date;
use knowledge::{
    Library, import,
    lint::{Asked, Effort, Finding, Report, check_up},
};

/// As in the product.
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Prints every finding, too.
const LIST: &str = "list";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (words, files): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|word| word == LIST);
    let changed: Timestamp = "2026-10-15T08:00:00Z".parse()?;
    let paths: Vec<PathBuf> = files.into_iter().map(PathBuf::from).collect();
    let entries: Vec<Arc<Entry>> = import::read(&paths, changed)?.entries.into_iter().map(Arc::new).collect();
    let library = Library::new();
    library.load(entries, 1, None);
    let (begun, spent) = (Instant::now(), processor_s());
    let Report { findings, effort } = check_up(&library, date(2026, 11, 20), &Asked::default(), &|| ());
    let (clock, spent) = (begun.elapsed().as_secs_f64(), processor_s() - spent);
    if !words.is_empty() {
        findings.iter().map(line).for_each(|line| println!("{line}"));
    }
    let Effort { compared, asked, crowded, unasked } = effort;
    let (entries, found, most) = (library.len(), findings.len(), most_mb());
    println!(
        "{{\"entries\": {entries}, \"findings\": {found}, \"compared\": {compared}, \"asked\": {asked}, \"crowded\": {crowded}, \"unasked\": {unasked}, \"processor_s\": {spent:.2}, \"clock_s\": {clock:.2}, \"most_mb\": {most:.0}}}"
    );
    Ok(())
}

fn line(finding: &Finding) -> String {
    let other = finding.other.as_ref().map(|other| format!(" | {}: {}", other.entry, other.quote));
    let Finding { kind, entry, lang, quote, key, problem, .. } = finding;
    format!("{kind:?} {entry} {lang:?} {key}: {quote}{} | {}", other.unwrap_or_default(), problem.en)
}

/// What this thread has had of a processor, in seconds; 0 where the system does not say.
fn processor_s() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|number| number.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e9
}

/// The most memory that this process ever had, in MB.
fn most_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}
