//! frontdesk (小二): customer service that knows when it does not know.

mod assemble;
mod clock;
mod commands;
mod config;
mod desk;
mod folder;
mod remote;
mod sample;
mod say;
mod sentences;
mod writers;

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Customer service that knows when it does not know.
///
/// Try it:  frontdesk demo
#[derive(Parser)]
#[command(name = "frontdesk", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(cli.command)),
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::failure(&error);
            ExitCode::from(say::status(&error))
        }
    }
}
