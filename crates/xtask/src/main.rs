//! Chores: `cargo xtask test` and `cargo xtask bench`.

mod bench;
mod checkup;
mod machine;
mod tally;
mod weights;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Chores of the frontdesk repository.
#[derive(Parser)]
#[command(name = "cargo xtask", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    Test(checkup::Test),
    Bench(bench::Bench),
}

fn main() -> ExitCode {
    if let Err(error) = go_home() {
        eprintln!("error: {error:#}");
        return ExitCode::FAILURE;
    }
    let done = match Cli::parse().chore {
        Chore::Test(test) => test.run(),
        Chore::Bench(bench) => bench.run(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Chores work from the root of the repository, wherever they are called.
fn go_home() -> std::io::Result<()> {
    let Some(here) = std::env::var_os("CARGO_MANIFEST_DIR") else { return Ok(()) };
    std::env::set_current_dir(std::path::Path::new(&here).join("../.."))
}
