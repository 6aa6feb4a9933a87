//! Measures the figures that the project promises. Run by `cargo xtask bench`; nothing here is asserted,
//! a figure that is missed is said and makes the run fail.
//!
//! Load is open-loop: a message is due at its time whatever became of the ones before, and its delay is
//! counted from then on, so that a server that stalls cannot hide it.

mod client;
mod knowledge;
mod model;
mod rows;
mod scale;
mod server;
mod table;
mod visitors;

use std::process::ExitCode;

use table::Table;

pub(crate) type Error = Box<dyn std::error::Error + Send + Sync>;
pub(crate) type Result<T> = std::result::Result<T, Error>;

#[tokio::main]
async fn main() -> ExitCode {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    std::env::set_current_dir(root).expect("the repository is where it was built");
    // `cargo bench` adds `--bench`.
    let wishes: Vec<String> = std::env::args().skip(1).filter(|wish| wish != "--bench").collect();
    match measure(&wishes).await {
        Ok(table) => {
            table.print(wishes.iter().any(|wish| wish == "json"));
            if table.all_met() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(wishes: &[String]) -> Result<Table> {
    const MODES: [&str; 3] = ["json", "first-build", "crash="];
    let rows: Vec<&str> = wishes
        .iter()
        .map(String::as_str)
        .filter(|wish| !MODES.iter().any(|mode| wish.starts_with(mode)))
        .collect();
    let wanted = |row: &str| rows.is_empty() || rows.contains(&row);
    let place = server::place()?;
    let mut table = Table::on(rows::machine(&place)?);
    if wanted("accept") {
        rows::accept(&mut table, &place)?;
    }
    if wanted("understand") {
        rows::understand(&mut table)?;
    }
    if ["index", "start", "knowledge", "latency", "model"].into_iter().any(wanted) {
        let data = rows::index(&mut table, &place)?;
        if wanted("start") {
            rows::start(&mut table, &data).await?;
        }
        if wanted("index") {
            rows::edit(&mut table, &data).await?;
        }
        if wanted("knowledge") {
            rows::knowledge(&mut table, &data).await?;
        }
        if wanted("latency") {
            rows::latency(&mut table, &data).await?;
        }
        if wanted("model") {
            model::model(&mut table, &data).await?;
        }
    }
    if wanted("check-up") {
        rows::check_up(&mut table, &place)?;
    }
    if wanted("idle") {
        rows::idle(&mut table, &place).await?;
    }
    // Takes minutes: only on request.
    if rows.contains(&"scale") {
        scale::scale(&mut table, &place).await?;
    }
    if let Some(cycles) = wishes.iter().find_map(|wish| wish.strip_prefix("crash=")) {
        rows::crash(&mut table, cycles)?;
    }
    if wishes.iter().any(|wish| wish == "first-build") {
        rows::first_build(&mut table, &place)?;
    }
    Ok(table)
}
