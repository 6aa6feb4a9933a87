//! `frontdesk import`

use std::path::PathBuf;

use domain::Clock;

use super::Place;
use crate::{clock::SystemClock, desk::Desk, say};

/// Read knowledge from files: .jsonl, .jsonl.gz, .csv, .tsv, .xlsx, .md, or folders of them
///
/// Rows of `text` and `intent` are examples of what customers want, learnt from beside the knowledge.
///
/// Rows of `test` and `expect` are test questions, asked before anything is published.
///
/// Example:  frontdesk import faq.xlsx articles/ --dry-run
#[derive(clap::Args)]
pub(crate) struct Import {
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Keep what is new or changed as drafts: somebody checks and publishes them
    #[arg(long, conflicts_with = "dry_run")]
    draft: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Import {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let config = self.place.load()?;
        let harvest = knowledge::import::read(&self.paths, SystemClock.now())?;
        let desk = Desk::open(&config).await?;
        let plan = match (self.dry_run, self.draft) {
            (true, _) => desk.plan(harvest).await?,
            (_, true) => desk.import_as_drafts(harvest).await?,
            _ => desk.import(harvest).await?,
        };
        desk.close().await;
        if self.json {
            let mut told = serde_json::to_value(plan.summary())?;
            told["dry_run"] = self.dry_run.into();
            told["draft"] = self.draft.into();
            return say::line(told);
        }
        say::line(format!("{plan}").trim_end())
    }
}
