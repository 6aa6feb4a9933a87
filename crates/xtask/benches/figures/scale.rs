//! What more knowledge costs: one curve from a thousand entries to a hundred thousand.

use std::{path::Path, time::Duration};

use tempfile::TempDir;

use crate::{
    Result, knowledge,
    rows::{MB, asked, millis},
    server::{self, Server},
    table::Table,
};

/// Told, without a promise.
const NONE: f64 = f64::INFINITY;
/// How many entries, and what an answer may take at most there: p50 and p99 in ms.
const CURVE: [(usize, f64, f64); 4] =
    [(1_000, 5.0, 20.0), (10_000, 5.0, 20.0), (30_000, NONE, 40.0), (100_000, NONE, 40.0)];
/// What holds for the largest: three minutes, and 600 MB.
const LONGEST: f64 = 180.0;
const MOST_MEMORY: f64 = 600.0;

pub(crate) async fn scale(table: &mut Table, place: &TempDir) -> Result<()> {
    for (entries, usual, rare) in CURVE {
        let data = place.path().join(format!("scale-{entries}"));
        let file = place.path().join("scale.jsonl");
        knowledge::write(&file, entries)?;
        imported(table, &data, &file, entries)?;
        served(table, &data, entries, usual, rare).await?;
    }
    Ok(())
}

fn imported(table: &mut Table, data: &Path, file: &Path, entries: usize) -> Result<()> {
    let (took, most) = server::command_with_peak(data, &["import", &file.to_string_lossy()])?;
    let what = |what: &str| format!("{entries} entries: {what}");
    table.at_most(&what("import and index"), LONGEST, took.as_secs_f64(), "s");
    table.at_most(&what("most memory of the import"), MOST_MEMORY, most / MB, "MB");
    Ok(())
}

async fn served(table: &mut Table, data: &Path, entries: usize, usual: f64, rare: f64) -> Result<()> {
    let server = Server::start(data).await?;
    let what = |what: &str| format!("{entries} entries: {what}");
    table.at_most(&what("start to /readyz"), NONE, server.ready_after.as_secs_f64(), "s");
    tokio::time::sleep(Duration::from_secs(1)).await;
    table.at_most(&what("resident after the start"), MOST_MEMORY, server.memory()?.0 / MB, "MB");
    let took = asked(&server, entries).await?;
    table.at_most(&what("answer, p50"), usual, millis(&took, 50.0), "ms");
    table.at_most(&what("answer, p99"), rare, millis(&took, 99.0), "ms");
    // Learning begins when it is quiet, and is the last that takes memory.
    server.idle().await?;
    table.at_most(&what("most memory ever, learning included"), MOST_MEMORY, server.memory()?.1 / MB, "MB");
    Ok(())
}
