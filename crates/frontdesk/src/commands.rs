//! The commands. A doc comment is the help text; the work happens below.

mod ask;
mod backup;
mod check;
mod demo;
mod dialogues;
mod doctor;
mod eval;
mod export;
mod files;
mod import;
mod lint;
mod products;
mod publish;
mod replay;
mod restore;
mod serve;
mod sign_in;
mod train;
pub(crate) mod versions;

use std::path::PathBuf;

use crate::config::Config;

/// What frontdesk can do.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Import(import::Import),
    Products(products::Products),
    #[command(hide = true)]
    ImportProducts(products::Import),
    Lint(lint::Lint),
    Export(export::Export),
    Check(check::Check),
    Publish(publish::Publish),
    Versions(versions::Versions),
    Rollback(versions::Rollback),
    Ask(ask::Ask),
    Replay(replay::Replay),
    #[command(name = "shadow")]
    Shadow(replay::Compare),
    Eval(eval::Eval),
    Train(train::Train),
    SignIn(sign_in::SignIn),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Doctor(doctor::Doctor),
}

/// Which shop's data.
#[derive(clap::Args)]
pub(crate) struct Place {
    /// The folder that holds the data
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The configuration file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Place {
    pub(crate) fn load(&self) -> anyhow::Result<Config> {
        let mut config = Config::load(self.config.as_deref())?;
        if let Some(data) = &self.data {
            config.data.clone_from(data);
        }
        Ok(config)
    }
}

pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Demo(demo) => demo.run().await,
        Command::Serve(serve) => serve.run().await,
        Command::Import(import) => import.run().await,
        Command::Products(products) => products.run().await,
        Command::ImportProducts(import) => import.run().await,
        Command::Lint(lint) => lint.run().await,
        Command::Export(export) => export.run().await,
        Command::Check(check) => check.run().await,
        Command::Publish(publish) => publish.run().await,
        Command::Versions(versions) => versions.run().await,
        Command::Rollback(rollback) => rollback.run().await,
        Command::Ask(ask) => ask.run().await,
        Command::Replay(replay) => replay.run().await,
        Command::Shadow(compare) => compare.run().await,
        Command::Eval(eval) => eval.run(),
        Command::Train(train) => train.run(),
        Command::SignIn(sign_in) => sign_in.run().await,
        Command::Backup(backup) => backup.run().await,
        Command::Restore(restore) => restore.run(),
        Command::Doctor(doctor) => doctor.run().await,
    }
}
