//! `frontdesk train`: builds a built-in model from data.

use std::path::PathBuf;

/// Build a built-in model from data, reproducibly
///
/// Example:  frontdesk train rank --data ../shared/data --out crates/knowledge/models
#[derive(clap::Args)]
pub(crate) struct Train {
    #[command(subcommand)]
    model: Model,
}

#[derive(clap::Subcommand)]
enum Model {
    /// The weights of ranking and the calibration of probabilities
    Rank(Folders),
}

#[derive(clap::Args)]
struct Folders {
    /// The folder with the data sets
    #[arg(long)]
    data: PathBuf,
    /// Where the model goes
    #[arg(long)]
    out: PathBuf,
}

impl Train {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let Model::Rank(folders) = self.model;
        anyhow::ensure!(folders.data.is_dir(), "{}: no such folder", folders.data.display());
        anyhow::bail!("{}", folders.out.display())
    }
}
