//! `frontdesk backup`

use std::path::PathBuf;

use super::Place;
use crate::{desk::Desk, say};

/// Copy everything into one new file, while work goes on
///
/// Example:  frontdesk backup frontdesk-2026-11-22.db
#[derive(clap::Args)]
pub(crate) struct Backup {
    /// The file to write; it must not exist
    path: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Backup {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        anyhow::ensure!(!self.path.exists(), "{} exists already; choose another name", self.path.display());
        let desk = Desk::open(&self.place.load()?).await?;
        desk.backup(&self.path).await?;
        desk.close().await;
        say::line(format_args!("everything is in {}", self.path.display()))
    }
}
